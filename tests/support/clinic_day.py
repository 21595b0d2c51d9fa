"""A day at a clinic that is under way: visitors write to the running product, and staff have begun their work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import select

from candidacy.casework.inbox_filter import InboxFilter
from candidacy.console.addresses import enrol_url
from candidacy.console.administration import add_staff
from candidacy.console.casework_rules import CaseworkRules
from candidacy.records.console.call_backs import call_backs_of, claim_call_back, record_attempt
from candidacy.records.console.claims import claim, close
from candidacy.records.console.corrections import decide_correction, propose_correction
from candidacy.records.console.legal_holds import place_hold
from candidacy.records.console.notes import add_note
from candidacy.records.console.red_flags import acknowledge
from candidacy.records.console.saved_filters import save_filter
from candidacy.records.console.staff_messages import send
from candidacy.records.console.tags import add_tag
from candidacy.records.tables import conversations
from tests.sms.recorder import Failure, Recorder
from tests.sms.telephone import Telephone
from tests.support.conversation import Visitor
from tests.support.stack import Stack

EMERGENCY = "I can't feel between my legs and I can't pee"
SCREENING = (
    "Answer screening questions",
    "Yes, start",
    "it's for me",
    "I'm 71",
    "none of these",
    "yes, I broke L1",
    "yes, scoliosis",
    "Not sure",
)
REQUEST = ("Request a consultation", "Ann Lee", "(646) 555-0123", "Call me", "Morning", "I use a walker")
PERSON = "Talk to a person"
UNREACHABLE = Failure(400, 21211)
TEXTS_THAT_WAIT = InboxFilter(channel="sms", state="waiting")
FIRST_MESSAGE = 2
"""The position of a visitor's first message; the greeting stands before it."""


@dataclass(frozen=True)
class Hired:
    """Somebody who may use the console, once the account is set up with the link."""

    id: int
    name: str
    full_name: str
    link: str


@dataclass(frozen=True)
class ClinicDay:
    """The conversations of the day, by what they are an example of; each value is a conversation's id."""

    conversations: Mapping[str, str]
    call_back: int
    """Of somebody who asked for a consultation; it was tried once."""

    def __getitem__(self, name: str) -> str:
        return self.conversations[name]


def hire(stack: Stack, name: str, full_name: str, role: str) -> Hired:
    """Add an account to the console."""
    with stack.database.session() as session:
        made = add_staff(session, cipher=stack.cipher, sign_in_name=name, full_name=full_name, role=role, now=_now())
    return Hired(made.account.id, name, full_name, enrol_url(stack.settings, made.token))


@dataclass(frozen=True)
class Doing:
    """Has the day happen."""

    stack: Stack
    recorder: Recorder
    agent: Hired
    reviewer: Hired
    project: Path

    def day(self) -> ClinicDay:
        """Have it happen; who writes last stands first in the inbox."""
        self._do(save_filter, staff_id=self.agent.id, name="Texts that wait", narrowed=TEXTS_THAT_WAIT)
        made = {
            "closed": self._closed(),
            "screened": self._screened(),
            "unanswered": self._unanswered(),
            "misread": self._misread(),
            "held": self._held(),
            "both": self._by_both_ways(),
            "undelivered": self._undelivered(),
            "person": self._with_a_person(),
            "texter": self._texter(),
            "waiting": self._waiting(),
            "seen": self._danger("I had my fusion last week and now I have a fever", seen=True),
            "emergency": self._danger(EMERGENCY),
        }
        return ClinicDay(conversations=made, call_back=self._call_back(made["screened"]))

    # ------------------------------------------------------------------ visitors

    def _closed(self) -> str:
        one = self._visitor("Where does the bone graft come from?", "thank you")
        self._do(close, conversation_id=one, staff_id=self.agent.id)
        return one

    def _screened(self) -> str:
        one = self._visitor(*SCREENING, "Yes, that is right", *REQUEST, "Yes, they may", "Yes, send it")
        self._do(add_tag, conversation_id=one, staff_id=self.agent.id, tag="morning calls")
        note = "Her daughter picks up the telephone."
        self._do(add_note, conversation_id=one, cipher=self.stack.cipher, staff_id=self.reviewer.id, text=note)
        return one

    def _unanswered(self) -> str:
        return self._visitor("What will it cost?", "And can I drive afterwards?")

    def _misread(self) -> str:
        one = self._visitor("will they have me up and about on day one", "asdf jkl")
        self._corrections(one)
        return one

    def _held(self) -> str:
        one = self._visitor("My lawyer says I should keep this chat")
        reason = "letter of the clinic's lawyer, file 12"
        self._do(place_hold, conversation_id=one, cipher=self.stack.cipher, staff_id=self.agent.id, reason=reason)
        return one

    def _by_both_ways(self) -> str:
        visitor = Visitor(self.stack)
        visitor.say("Will I need physical therapy?")
        code = visitor.http.post("/api/chat/link-code").raise_for_status().json()["code"]
        Telephone(self.stack, self.recorder).text(code)
        return visitor.conversation

    def _undelivered(self) -> str:
        telephone = Telephone(self.stack, self.recorder)
        telephone.text("hello")
        self.recorder.failures = [UNREACHABLE]
        telephone.text("how long is the hospital stay?")
        return self._newest()

    def _with_a_person(self) -> str:
        one = self._visitor("Can I bring my dog to the clinic?", PERSON)
        notice = self.stack.texts.reply("utter_person_has_conversation")
        self._do(claim, conversation_id=one, staff_id=self.agent.id, notice=notice)
        text = "Hello, I work at the clinic. Guide dogs are welcome. Is yours one?"
        self._do(send, conversation_id=one, staff_id=self.agent.id, client_id="a", text=text)
        return one

    def _texter(self) -> str:
        telephone = Telephone(self.stack, self.recorder)
        for text in ("hello", "yes", "I'd rather talk to a person"):
            telephone.text(text)
        return self._newest()

    def _waiting(self) -> str:
        return self._visitor("How long would I be in the hospital?", PERSON)

    def _danger(self, text: str, *, seen: bool = False) -> str:
        one = self._visitor(text)
        if seen:
            self._do(acknowledge, conversation_id=one, staff_id=self.agent.id)
        return one

    def _visitor(self, *answers: str) -> str:
        visitor = Visitor(self.stack)
        visitor.answer(*answers)
        return visitor.conversation

    # ------------------------------------------------------------------ staff

    def _corrections(self, conversation_id: str) -> None:
        """One that is to be decided, one approved and one refused."""
        self._propose(conversation_id, "topic", {"topic": "faq/in_hospital"})
        for kind, meant, approved in (
            ("topic", {"topic": "faq/return_to_activities"}, True),
            ("red_flag", {"level": "none"}, False),
        ):
            made = self._propose(conversation_id, kind, meant)
            self._do(decide_correction, correction_id=made, reviewer_id=self.reviewer.id, approved=approved)

    def _propose(self, conversation_id: str, kind: str, meant: Mapping[str, str]) -> int:
        made: int = self._do(
            propose_correction,
            cipher=self.stack.cipher,
            redaction=self._rules.redaction,
            vocabulary=self._rules.vocabulary,
            conversation_id=conversation_id,
            position=FIRST_MESSAGE,
            staff_id=self.agent.id,
            kind=kind,
            meant=meant,
        )
        return made

    def _call_back(self, conversation_id: str) -> int:
        with self.stack.database.read_session() as session:
            (call,) = call_backs_of(session, cipher=self.stack.cipher, conversation_id=conversation_id)
        self._do(claim_call_back, call_back_id=call.id, staff_id=self.agent.id)
        self._do(
            record_attempt,
            cipher=self.stack.cipher,
            rules=self._rules.call_backs,
            call_back_id=call.id,
            staff_id=self.agent.id,
            outcome="voicemail",
            note="Asked her to call back before noon.",
        )
        return call.id

    @property
    def _rules(self) -> CaseworkRules:
        return CaseworkRules(self.stack.settings, project=self.project)

    def _do(self, query: Callable[..., Any], **options: Any) -> Any:
        with self.stack.database.session() as session:
            return query(session, now=_now(), **options)

    def _newest(self) -> str:
        """The conversation that was active last."""
        with self.stack.database.read_session() as session:
            newest = select(conversations.c.id).order_by(conversations.c.last_activity_at.desc()).limit(1)
            return str(session.execute(newest).scalar_one())


def _now() -> datetime:
    return datetime.now(timezone.utc)
