"""What the replies to a question are worth."""

import pytest

from candidacy.assistant.reply import Button, Reply
from candidacy.assistant.texts import Texts
from candidacy.evaluation.faq import FAQ, read_expected, score_replies
from candidacy.evaluation.faq_replies import offers_in
from candidacy.evaluation.scored import Exchange


def answer(*facts: str) -> Reply:
    return Reply("an answer", "answer", facts=facts)


def of_kind(kind: str, topic: str | None = None) -> Reply:
    return Reply(kind, kind, topic=topic)


def choose(*topics: str) -> Reply:
    buttons = tuple(Button(topic, f'/choose{{"topic": "{topic}"}}') for topic in topics)
    return Reply("Did you mean one of these?", "clarify", buttons=buttons)


def offer_screening(kind: str) -> Reply:
    return Reply("Shall I ask you?", kind, buttons=(Button("Yes, ask me", "/screening"),))


STAY, RECOVERY, RISKS = "faq/hospital_stay", "faq/recovery_length", "not_covered/risks"

CASES = [
    ("the fact is answered", "F6", [answer("F6")], "right"),
    ("another fact is answered", "F6", [answer("F7")], "wrong"),
    ("the answer names more facts", "F8", [answer("F8", "F9")], "right"),
    ("a second alternative is answered", "F2|F6", [answer("F6")], "right"),
    ("both are answered, in two replies", "F6+F9", [answer("F6"), answer("F9")], "right"),
    ("one of two is answered", "F6+F9", [answer("F6")], "wrong"),
    ("one of two, or both: one", "F6|F6+F9", [answer("F6")], "right"),
    ("a partial answer names its fact", "partial:F8", [answer("F8")], "right"),
    ("a partial answer with another fact", "partial:F8", [answer("F6")], "wrong"),
    ("a fact on a reply that is no answer", "F6", [Reply("", "notice", facts=("F6",))], "wrong"),
    ("not covered", "not_covered", [of_kind("not_covered")], "right"),
    ("not covered, and something else answered", "not_covered", [of_kind("not_covered"), answer("F6")], "false_answer"),
    ("answered what is not covered", "not_covered", [answer("F6")], "false_answer"),
    ("answered what is for a clinician", "clinician", [answer("F6")], "false_answer"),
    ("answered what is off topic", "off_topic|smalltalk", [answer("F6")], "false_answer"),
    ("the way to a consultation is no false answer", "not_covered", [answer("F11")], "wrong"),
    ("answered small talk", "smalltalk", [answer("F6")], "wrong"),
    ("a fact first, not covered as well: another fact", "F6|not_covered", [answer("F7")], "wrong"),
    ("a fact and that the rest is not covered", "F6+not_covered", [answer("F6"), of_kind("not_covered")], "right"),
    ("sent to a clinician", "clinician", [of_kind("clinician")], "right"),
    ("not covered is not a clinician", "clinician", [of_kind("not_covered")], "wrong"),
    ("F11 by a handoff", "F11", [of_kind("handoff")], "right"),
    ("a handoff by F11", "handoff", [answer("F11")], "right"),
    ("a handoff by the request's first question", "handoff", [of_kind("question", "contact_name")], "right"),
    ("an answer and a handoff", "F10+handoff", [answer("F10"), of_kind("handoff")], "right"),
    ("the screening begins", "screening", [of_kind("question", "screening_consent")], "right"),
    ("the screening is what is offered", "screening", [offer_screening("confirm")], "right"),
    ("the screening is offered beside an answer", "screening", [offer_screening("fallback")], "wrong"),
    ("the consultation is no screening", "screening", [of_kind("question", "contact_name")], "wrong"),
    ("one tap to the fact", "F6", [choose(STAY, RISKS)], "one_tap"),
    ("one tap to what is not covered", "not_covered", [choose(STAY, RISKS)], "one_tap"),
    ("one tap to both facts", "F8+F9", [choose(RECOVERY)], "one_tap"),
    ("two taps to both facts", "F6+F9", [choose(STAY, RECOVERY)], "wrong"),
    ("one tap to the rest", "F6+F9", [answer("F6"), choose(RECOVERY)], "one_tap"),
    ("four buttons are too many", "F6", [choose(STAY, RISKS, "faq/contact", RECOVERY)], "wrong"),
    ("the buttons offer something else", "F2", [choose(STAY, RISKS)], "wrong"),
    ("a false answer stays one beside the right button", "not_covered", [answer("F6"), choose(RISKS)], "false_answer"),
    ("one tap to a person", "handoff", [Reply("", "clarify", buttons=(Button("", "/talk_to_person"),))], "one_tap"),
    ("nothing of it", "F6", [of_kind("fallback")], "wrong"),
]


@pytest.mark.parametrize(("expects", "replies", "score"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_score(expects: str, replies: list[Reply], score: str, texts: Texts) -> None:
    assert score_replies(read_expected(expects), replies, offers_in(replies, texts)) == score


def test_the_row_out_has_the_contracts_keys(texts: Texts) -> None:
    case = FAQ.read({"text": "how long in there?", "expects": "F6|F7", "note": ""})
    scored = case.scored(Exchange(replies=(answer("F9"), choose(STAY, RISKS))), texts)
    assert scored.row == {
        "text": "how long in there?",
        "expects": "F6|F7",
        "kinds": ["answer", "clarify"],
        "facts": ["F9"],
        "offered": [{"topic": STAY, "facts": ["F6"]}, {"topic": RISKS, "facts": []}],
        "replies": ["an answer", "Did you mean one of these?"],
        "score": "one_tap",
    }
    [mark] = scored.marks
    assert (mark.expected, mark.given) == ("F6", "F9")


@pytest.mark.parametrize(
    ("expects", "expected"),
    [("F11|handoff", "handoff"), ("partial:F8|F8", "partial:F8"), ("F6+F9|F6", "several"), ("clinician", "clinician")],
)
def test_the_first_alternative_is_the_class(expects: str, expected: str, texts: Texts) -> None:
    case = FAQ.read({"text": "?", "expects": expects, "note": ""})
    [mark] = case.scored(Exchange(replies=(of_kind("fallback"),)), texts).marks
    assert (mark.expected, mark.given) == (expected, "fallback")


def test_what_is_right_in_any_way_is_given_as_expected(texts: Texts) -> None:
    case = FAQ.read({"text": "?", "expects": "F2|F6", "note": ""})
    [mark] = case.scored(Exchange(replies=(answer("F6"),)), texts).marks
    assert (mark.expected, mark.given) == ("F2", "F2")


def test_other_answers_than_the_two_that_were_needed_are_not_shown_as_right(texts: Texts) -> None:
    case = FAQ.read({"text": "?", "expects": "F2+F6", "note": ""})
    [mark] = case.scored(Exchange(replies=(answer("F8", "F9"),)), texts).marks
    assert (mark.expected, mark.given, mark.score) == ("several", "other several", "wrong")


def test_a_failed_turn_is_wrong_whatever_was_expected(texts: Texts) -> None:
    [mark] = FAQ.read({"text": "?", "expects": "F6", "note": ""}).scored(Exchange(failure="late"), texts).marks
    assert (mark.score, mark.given) == ("wrong", "failed")


@pytest.mark.parametrize("expects", ["F12", "f6", "F6 | F7", "", "F6|", "F6+", "partial:", "partial:handoff", "answer"])
def test_an_unknown_label_is_refused(expects: str) -> None:
    with pytest.raises(ValueError, match="must be one of F1, F2"):
        FAQ.read({"text": "?", "expects": expects, "note": ""})
