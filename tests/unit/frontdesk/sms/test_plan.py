"""What follows from a text message, as a table."""

from dataclasses import replace

import pytest

from candidacy.assistant.reply import Button
from candidacy.frontdesk.sms.plan import NO_SCREENING, SCREENING, Plan, Quiet, Said, Words, plan
from candidacy.language.red_flag import RedFlag
from candidacy.sms.choices import load_choice_words
from candidacy.sms.consent import ConsentState, load_consent_words
from candidacy.sms.incoming import Content
from candidacy.sms.keywords import load_keywords
from candidacy.sms.linking import LinkOutcome

WORDS = Words(keywords=load_keywords(), choices=load_choice_words(), consent=load_consent_words())
NEW, WELCOMED, AGREED, DECLINED = ConsentState
DANGER = RedFlag(level="emergency", category="cauda_equina", language="en")
BUTTONS = (Button(title="Yes", payload="/affirm"), Button(title="Not sure", payload="/unsure"))


def words(text: str, consent: ConsentState = AGREED) -> Said:
    return Said(content=Content.WORDS, text=text, consent=consent)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # Words for the assistant, and the welcome after the first answer.
        (words("what is fusion?"), Plan(AGREED, turn=True)),
        (words("what is fusion?", NEW), Plan(WELCOMED, turn=True, said_after=("utter_sms_welcome",))),
        (words("hello", NEW), Plan(WELCOMED, say=("utter_sms_welcome",))),
        # A yes or no to the consent, when it was asked last.
        (
            replace(words("yes", WELCOMED), last_topic="sms_welcome"),
            Plan(AGREED, say=("utter_sms_consent_yes",), record=True),
        ),
        (
            replace(words("no", WELCOMED), last_topic="sms_consent_again"),
            Plan(DECLINED, say=("utter_sms_consent_no",), record=False),
        ),
        (replace(words("yes", WELCOMED), last_topic="faq/types"), Plan(WELCOMED, turn=True)),
        # A screening that waited for it goes on, or is left.
        (
            replace(words("yes", WELCOMED), last_topic="sms_consent_again", screening_waits=True),
            Plan(AGREED, turn=True, payload=SCREENING, record=True),
        ),
        (
            replace(words("no", WELCOMED), last_topic="sms_consent_again", screening_waits=True),
            Plan(DECLINED, turn=True, payload=NO_SCREENING, record=False),
        ),
        # Choices from the list of the last question.
        (replace(words("2"), offered=BUTTONS), Plan(AGREED, turn=True, payload="/unsure", words="Not sure")),
        (replace(words("Yes."), offered=BUTTONS), Plan(AGREED, turn=True, payload="/affirm", words="Yes")),
        (replace(words("3"), offered=BUTTONS), Plan(AGREED, turn=True)),
        (words("2"), Plan(AGREED, turn=True)),
        # Commands.
        (words("Stop!"), Plan(AGREED, say=("utter_sms_stopped",), stop=True)),
        (replace(words("STOP"), stopped=True), Plan(AGREED, stop=True)),
        (replace(words("STOP"), opt_out_type="STOP"), Plan(AGREED, stop=True)),
        (replace(words("start"), stopped=True), Plan(AGREED, say=("utter_sms_started",), start=True)),
        (replace(words("UNSTOP"), stopped=True, opt_out_type="START"), Plan(AGREED, start=True)),
        (words("HELP"), Plan(AGREED, say=("utter_sms_help",))),
        (words("the pain won't stop"), Plan(AGREED, turn=True)),
        # Somebody who stopped gets nothing but advice in danger.
        (replace(words("what is fusion?"), stopped=True), Plan(AGREED)),
        (replace(words("I'm numb"), stopped=True, red_flag=DANGER), Plan(AGREED, say=("utter_emergency",))),
        # Nor does one text too many, or a number that is new while the breaker is open.
        (replace(words("what is fusion?", NEW), quiet=Quiet.PUMPING), Plan(NEW)),
        (replace(words("I'm numb", NEW), quiet=Quiet.PUMPING, red_flag=DANGER), Plan(NEW, say=("utter_emergency",))),
        (replace(words("again"), quiet=Quiet.TOO_MANY), Plan(AGREED, say=("utter_sms_too_many",))),
        (replace(words("again"), quiet=Quiet.TOO_MANY, told_too_many=True), Plan(AGREED)),
        (replace(words("STOP"), quiet=Quiet.TOO_MANY), Plan(AGREED, say=("utter_sms_stopped",), stop=True)),
        # With a person, the words are theirs: no consent, no choice, no answer; only what they cannot know is said.
        (replace(words("what is fusion?"), with_person=True), Plan(AGREED)),
        (replace(words("hello", NEW), with_person=True), Plan(NEW)),
        (replace(words("yes", WELCOMED), with_person=True, last_topic="sms_welcome"), Plan(WELCOMED)),
        (replace(words("2"), with_person=True, offered=BUTTONS), Plan(AGREED)),
        (replace(words("again"), with_person=True, quiet=Quiet.TOO_MANY), Plan(AGREED)),
        (Said(Content.EMPTY, "", with_person=True), Plan(AGREED)),
        (Said(Content.PICTURE, "", with_person=True), Plan(AGREED, say=("utter_sms_words_only",))),
        (Said(Content.PICTURE, "look", with_person=True, quiet=Quiet.TOO_MANY), Plan(AGREED)),
        (replace(words("STOP"), with_person=True), Plan(AGREED, say=("utter_sms_stopped",), stop=True)),
        (replace(words("HELP"), with_person=True), Plan(AGREED, say=("utter_sms_help",))),
        (replace(words("I'm numb"), with_person=True, red_flag=DANGER), Plan(AGREED, say=("utter_emergency",))),
        (
            replace(words("7K4-M2P-QRT"), with_person=True, link=LinkOutcome.LINKED),
            Plan(AGREED, say=("utter_sms_linked",), link=True),
        ),
        # Danger first, and then what follows else.
        (replace(words("I'm numb"), red_flag=DANGER), Plan(AGREED, say=("utter_emergency",), turn=True)),
        (
            replace(words("stop texting me, I'm numb"), red_flag=DANGER),
            Plan(AGREED, say=("utter_emergency", "utter_sms_stopped"), stop=True),
        ),
        (replace(words("yes"), red_flag=DANGER, offered=BUTTONS), Plan(AGREED, say=("utter_emergency",), turn=True)),
        # Pictures and the like, with words and without.
        (Said(Content.PICTURE, ""), Plan(AGREED, say=("utter_sms_words_only",))),
        (Said(Content.LOCATION, "", consent=NEW), Plan(WELCOMED, say=("utter_sms_words_only", "utter_sms_welcome"))),
        (Said(Content.EMPTY, ""), Plan(AGREED, say=("utter_unclear",))),
        (Said(Content.PICTURE, "is this ok?"), Plan(AGREED, say=("utter_sms_words_only",), turn=True)),
        # Codes of the website chat.
        (replace(words("7K4-M2P-QRT"), link=LinkOutcome.LINKED), Plan(AGREED, say=("utter_sms_linked",), link=True)),
        (
            replace(words("7K4-M2P-QRT", NEW), link=LinkOutcome.LINKED),
            Plan(WELCOMED, say=("utter_sms_linked", "utter_sms_welcome"), link=True),
        ),
        (replace(words("7K4-M2P-QRT"), link=LinkOutcome.EXPIRED), Plan(AGREED, say=("utter_sms_code_refused",))),
        (replace(words("x"), link=LinkOutcome.TOO_MANY_TRIES), Plan(AGREED, say=("utter_sms_code_refused",))),
    ],
)
def test_plan(said: Said, expected: Plan) -> None:
    assert plan(said, words=WORDS) == expected


@pytest.mark.parametrize("with_person", [True, False])
@pytest.mark.parametrize("stopped", [True, False])
@pytest.mark.parametrize("quiet", Quiet)
@pytest.mark.parametrize("consent", ConsentState)
@pytest.mark.parametrize("text", ["I'm numb", "STOP", "HELP", "yes", "2"])
def test_danger_is_advised_first_whatever_else_is_so(
    text: str, consent: ConsentState, quiet: Quiet, stopped: bool, with_person: bool
) -> None:
    said = replace(
        words(text, consent), quiet=quiet, stopped=stopped, with_person=with_person, red_flag=DANGER, offered=BUTTONS
    )
    planned = plan(said, words=WORDS)
    assert planned.say[0] == "utter_emergency"
    assert planned.record is None
    assert planned.payload is None
