"""One text message taken up: what `plan` makes of it, stored in one transaction with the end of its waiting."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from candidacy.casework.custody import PERSON
from candidacy.casework.turn_marks import TurnMarks
from candidacy.frontdesk.sms import responses
from candidacy.frontdesk.sms.breaker import is_tripped
from candidacy.frontdesk.sms.plan import Plan, Quiet, Said, plan
from candidacy.frontdesk.sms.text_desk import TextDesk
from candidacy.language.red_flag import RedFlag
from candidacy.records.buttons import live_buttons
from candidacy.records.consents import record_consent
from candidacy.records.console.claims import handed_back_since
from candidacy.records.console.marks import leave_marks
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.messages import receive, say
from candidacy.records.sms.inbox import WaitingText, take_text
from candidacy.records.sms.link_codes import StoredCode, find_code, use_code
from candidacy.records.sms.outgoing import release_held
from candidacy.records.sms.texters import (
    CHANNEL,
    Texter,
    continue_conversation,
    ensure_conversation_of,
    find_texter,
    last_topic,
    note_code_try,
    set_consent_state,
    start_texts,
    stop_texts,
    was_said,
)
from candidacy.sms.choices import offered
from candidacy.sms.consent import AGAIN, WORDING_VERSION, ConsentState
from candidacy.sms.incoming import Content
from candidacy.sms.linking import LIFE, IssuedCode, LinkOutcome, code_in, outcome

TOO_MANY_AGAIN = timedelta(minutes=1)
"""After how long somebody who sends too many is told so again: the time that the limits count in."""


@dataclass(frozen=True)
class TakenUp:
    """A message that was taken up: where it belongs, and whether the assistant answers it."""

    conversation_id: str
    turn: bool


@dataclass(frozen=True)
class _LinkTry:
    """A link code in a message, and what it does."""

    code: str
    stored: StoredCode | None
    outcome: LinkOutcome


def take_up(
    session: Session, *, text: WaitingText, red_flag: RedFlag | None, too_many: bool, desk: TextDesk
) -> TakenUp | None:
    """Do all that follows from a message; None when another process did.

    Args:
        session: the transaction.
        text: the message.
        red_flag: the danger that it speaks of.
        too_many: whether it is beyond the limits.
        desk: what the parts for text messages share.
    """
    if not take_text(session, text_id=text.id):
        return None
    now = desk.now()
    texter = find_texter(session, sender_key=text.sender_key)
    link = _link_try(session, text=text, texter=texter, now=now)
    conversation_id = ensure_conversation_of(session, texter=texter, now=now)
    state = lock_conversation(session, conversation_id=conversation_id).state
    said = Said(
        content=Content(text.content),
        text=text.text,
        opt_out_type=text.opt_out_type,
        red_flag=red_flag,
        stopped=texter.stopped,
        consent=ConsentState(texter.consent),
        last_topic=last_topic(session, conversation_id=conversation_id),
        screening_waits=was_said(session, conversation_id=conversation_id, topic=responses.topic_of(AGAIN)),
        offered=offered(live_buttons(session, conversation_id=conversation_id), desk.rules.words.keywords),
        link=link.outcome if link else None,
        with_person=state == PERSON
        or handed_back_since(session, conversation_id=conversation_id, since=text.received_at),
        told_too_many=was_said(
            session,
            conversation_id=conversation_id,
            topic=responses.topic_of(responses.TOO_MANY),
            since=now - TOO_MANY_AGAIN,
        ),
        quiet=_quiet(session, texter=texter, too_many=too_many, now=now),
    )
    planned = plan(said, words=desk.rules.words)
    if link is not None:
        conversation_id = _linked(session, texter=texter, link=link, planned=planned, now=now) or conversation_id
    received = _carry_out(session, planned, text=text, keep=link is None, conversation_id=conversation_id, desk=desk)
    if red_flag is not None:
        marks = TurnMarks(red_flag=red_flag.level, category=red_flag.category)
        leave_marks(session, conversation_id=conversation_id, message_id=received, marks=marks, now=now)
    return TakenUp(conversation_id=conversation_id, turn=planned.turn)


def _quiet(session: Session, *, texter: Texter, too_many: bool, now: datetime) -> Quiet:
    if too_many:
        return Quiet.TOO_MANY
    if ConsentState(texter.consent) is ConsentState.NEW and is_tripped(session, now=now):
        return Quiet.PUMPING
    return Quiet.NOT


def _link_try(session: Session, *, text: WaitingText, texter: Texter, now: datetime) -> _LinkTry | None:
    code = code_in(text.text)
    if code is None:
        return None
    stored = find_code(session, code=code)
    issued = None if stored is None else IssuedCode(issued_at=stored.issued_at, used=stored.used)
    return _LinkTry(code=code, stored=stored, outcome=outcome(issued, tries=_tries(texter, now), at=now))


def _tries(texter: Texter, now: datetime) -> int:
    recent = texter.code_tried_at is not None and now - texter.code_tried_at < LIFE
    return texter.code_tries if recent else 0


def _linked(session: Session, *, texter: Texter, link: _LinkTry, planned: Plan, now: datetime) -> str | None:
    """Take the texter over to the conversation of the code, or count a wrong one; returns that conversation."""
    if planned.link and link.stored is not None and use_code(session, code=link.code, now=now):
        lock_conversation(session, conversation_id=link.stored.conversation_id)
        continue_conversation(session, sender_key=texter.sender_key, conversation_id=link.stored.conversation_id)
        return link.stored.conversation_id
    if link.outcome is not LinkOutcome.TOO_MANY_TRIES:
        tries = _tries(texter, now)
        first_at = texter.code_tried_at if tries and texter.code_tried_at else now
        note_code_try(session, sender_key=texter.sender_key, tries=tries + 1, first_at=first_at)
    return None


def _carry_out(
    session: Session, planned: Plan, *, text: WaitingText, keep: bool, conversation_id: str, desk: TextDesk
) -> int | None:
    """Store what is planned; returns the message's id in the database, or None where it is not kept."""
    now = desk.now()
    received = None
    if keep and text.text:
        received = receive(
            session,
            conversation_id=conversation_id,
            client_id=None,
            text=planned.words or text.text,
            payload=planned.payload,
            source_id=text.message_sid,
            channel=CHANNEL,
            said_after=planned.said_after,
            answered=not planned.turn,
            now=now,
        ).id
    if planned.stop:
        stop_texts(session, sender_key=text.sender_key, now=now)
    if planned.start:
        start_texts(session, sender_key=text.sender_key)
    set_consent_state(session, sender_key=text.sender_key, consent=planned.consent.value)
    if planned.record is not None:
        record_consent(
            session,
            conversation_id=conversation_id,
            purpose="texting",
            given=planned.record,
            wording_version=WORDING_VERSION,
            message_id=received,
            now=now,
        )
    say(
        session,
        conversation_id=conversation_id,
        replies=[desk.words(name) for name in planned.say],
        in_reply_to=received,
        delivery_state="queued",
        at_any_hour=True,
        now=now,
    )
    release_held(session, conversation_id=conversation_id, now=now)
    return received
