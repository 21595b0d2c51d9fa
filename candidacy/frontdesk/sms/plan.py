"""What follows from a text message: what is said at once, whether the assistant answers, and what is noted. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from candidacy.assistant.reply import Button
from candidacy.frontdesk.danger import danger_response
from candidacy.frontdesk.sms import responses
from candidacy.language.red_flag import RedFlag
from candidacy.sms.choices import ChoiceWords, chosen
from candidacy.sms.consent import WELCOME, ConsentState, ConsentWords, next_step
from candidacy.sms.incoming import Content
from candidacy.sms.keywords import Command, Keywords, command_of
from candidacy.sms.linking import LinkOutcome

SCREENING = "/screening"
NO_SCREENING = '/answer{"screening_consent": "no"}'
"""What the assistant is told when a screening waited for the consent to texts, and was agreed to or not."""


class Quiet(Enum):
    """Why a text gets no answer but danger advice."""

    NOT = "it is answered"
    PUMPING = "numbers that are new are not answered now"
    TOO_MANY = "it is one too many"


@dataclass(frozen=True)
class Said:
    """A text message, and how things stand with its sender.

    Attributes:
        content: what it brings.
        text: its words; "" when there are none.
        opt_out_type: what Twilio itself made of it, and answered.
        red_flag: the danger that it speaks of.
        stopped: whether the sender may not be texted.
        consent: how far it is with the sender's consent.
        last_topic: the topic of what was said to them last.
        screening_waits: whether they were asked for the consent because a screening needs it.
        offered: the buttons of the last question.
        link: what a link code in the text does; None when there is none in it.
        with_person: whether it is for a person of the clinic, who has the conversation.
        quiet: whether it is one that is not answered.
        told_too_many: whether they were told lately that it is too many.
    """

    content: Content
    text: str
    opt_out_type: str | None = None
    red_flag: RedFlag | None = None
    stopped: bool = False
    consent: ConsentState = ConsentState.AGREED
    last_topic: str | None = None
    screening_waits: bool = False
    offered: Sequence[Button] = ()
    link: LinkOutcome | None = None
    with_person: bool = False
    quiet: Quiet = Quiet.NOT
    told_too_many: bool = False


@dataclass(frozen=True)
class Plan:
    """What follows.

    Attributes:
        consent: how far it is with the consent afterwards.
        say: the responses that are said at once, in order.
        turn: whether the assistant answers; else the words are only kept for staff.
        payload: what the assistant is given in place of the words: the button that they choose.
        words: what stands in the transcript in place of the text: the title of that button.
        said_after: the responses that follow the assistant's answer.
        record: the yes or no to texts that is recorded.
        stop: whether the sender may be texted no more.
        start: whether they may be again.
        link: whether the chat of the code goes on by text.
    """

    consent: ConsentState
    say: tuple[str, ...] = ()
    turn: bool = False
    payload: str | None = None
    words: str | None = None
    said_after: tuple[str, ...] = ()
    record: bool | None = None
    stop: bool = False
    start: bool = False
    link: bool = False


@dataclass(frozen=True)
class Words:
    """The words that texts are read with."""

    keywords: Keywords
    choices: ChoiceWords
    consent: ConsentWords


def plan(said: Said, *, words: Words) -> Plan:
    """What follows from a text message.

    Danger advice comes first whatever else is so: for somebody who stopped, one too many, or while numbers that are
    new are not answered.
    """
    planned = _planned(said, words=words)
    if said.red_flag is None:
        return planned
    return replace(planned, say=(danger_response(said.red_flag), *planned.say))


def _planned(said: Said, *, words: Words) -> Plan:
    command = command_of(said.text, opted_out=said.stopped, keywords=words.keywords)
    if command is not None:
        return _commanded(said, command)
    if said.stopped or said.quiet is Quiet.PUMPING:
        return Plan(consent=said.consent)
    if said.with_person and said.link is None:
        return _for_person(said)
    if said.quiet is Quiet.TOO_MANY:
        told = said.told_too_many or said.red_flag is not None
        return Plan(consent=said.consent, say=() if told else (responses.TOO_MANY,))
    if said.link is not None:
        return _linked(said, said.link)
    if not said.text:
        return _without_words(said)
    return _in_words(said, words=words)


def _commanded(said: Said, command: Command) -> Plan:
    # What Twilio answered by itself is not answered twice.
    answered = said.opt_out_type == command.name
    if command is Command.STOP:
        return Plan(consent=said.consent, stop=True, say=() if said.stopped or answered else (responses.STOPPED,))
    if command is Command.START:
        return Plan(consent=said.consent, start=True, say=() if answered else (responses.STARTED,))
    return Plan(consent=said.consent, say=() if answered else (responses.HELP,))


def _for_person(said: Said) -> Plan:
    """The words are only kept for the person: no consent is read out of them, and no choice.

    That a picture was not kept is still said, since the person cannot know that there was one.
    """
    was_lost = said.content not in (Content.WORDS, Content.EMPTY) and said.quiet is Quiet.NOT
    return Plan(consent=said.consent, say=(responses.WORDS_ONLY,) if was_lost else ())


def _linked(said: Said, outcome: LinkOutcome) -> Plan:
    linked = outcome is LinkOutcome.LINKED
    response = responses.LINKED if linked else responses.CODE_REFUSED
    return replace(_welcomed(said, response), link=linked)


def _without_words(said: Said) -> Plan:
    return _welcomed(said, responses.NO_WORDS if said.content is Content.EMPTY else responses.WORDS_ONLY)


def _welcomed(said: Said, response: str) -> Plan:
    """A response, and the welcome with it for somebody who has never had one."""
    if said.consent is not ConsentState.NEW:
        return Plan(consent=said.consent, say=(response,))
    return Plan(consent=ConsentState.WELCOMED, say=(response, WELCOME))


def _in_words(said: Said, *, words: Words) -> Plan:
    place = None if said.red_flag else chosen(said.text, [button.title for button in said.offered], words.choices)
    button = None if place is None else said.offered[place]
    step = next_step(
        said.consent,
        said.text if button is None else button.title,
        asked_last=said.last_topic in responses.ASKS_FOR_CONSENT,
        danger=said.red_flag is not None,
        words=words.consent,
    )
    beside = () if said.content is Content.WORDS else (responses.WORDS_ONLY,)
    planned = Plan(consent=step.state, record=step.record)
    if step.record is not None and said.screening_waits:
        return replace(planned, say=beside, turn=True, payload=SCREENING if step.record else NO_SCREENING)
    if not step.forward:
        return replace(planned, say=(*beside, *step.say))
    planned = replace(planned, say=beside, turn=True, said_after=step.say)
    if button is None:
        return planned
    return replace(planned, payload=button.payload, words=button.title)
