"""What a message leaves unclear is confirmed; what it says of another person is theirs."""

import pytest

from candidacy.screening.interpretation import Request, Said, Statement, Step, interpret
from candidacy.screening.questionnaire import load_questionnaire

QUESTIONNAIRE = load_questionnaire()
BEGUN: dict[str, str | None] = {
    "screening_consent": "yes",
    "screening_subject": "self",
    "screening_adult": "yes",
    "screening_danger": "no",
}
FOR_MOTHER = {**BEGUN, "screening_subject": "other"}


def take(asked: str | None, said: Said, answers: dict[str, str | None] | None = None) -> Step:
    return interpret(QUESTIONNAIRE, answers=BEGUN if answers is None else answers, asked=asked, said=said)


def test_a_confirmation_that_brings_nothing_clear_is_not_put_again() -> None:
    step = take("fracture", Said(text="...", unclear=("fracture",), confirming="fracture"))
    assert (step.confirm, step.misunderstood) == (None, True)


def test_words_that_bear_on_an_answer_are_confirmed_and_others_are_not() -> None:
    assert take("fracture", Said(text="my knees", bearing=True)).confirm == "fracture"
    assert take("fracture", Said(text="purple")).confirm is None


def test_what_comes_next_is_confirmed_when_it_was_spoken_of() -> None:
    step = take("fracture", Said(text="no, arthritis somewhere", answer="no", read=True, unclear=("age_related",)))
    assert (step.updates, step.confirm) == ({"fracture": "no"}, "age_related")


@pytest.mark.parametrize(
    "said",
    [
        Said(text="why?", unclear=("fracture",), request=Request.DIGRESSION),
        Said(text="again please", unclear=("fracture",), request=Request.REPEAT),
        Said(button={"fracture": "maybe"}, unclear=("fracture",)),
        Said(text="ok", answer="yes", acknowledgement=True),
    ],
)
def test_a_digression_a_repeat_a_button_and_an_ok_are_not_confirmed(said: Said) -> None:
    assert take("fracture", said).confirm is None


@pytest.mark.parametrize(
    ("text", "confirm"),
    [("no, only my wrist when I was ten", None), ("no, unless you count the tailbone", "fracture")],
)
def test_an_answer_read_off_the_words_has_taken_in_an_only_but_no_proviso(text: str, confirm: str | None) -> None:
    step = take("fracture", Said(text=text, answer="no", read=True))
    assert step.confirm == confirm
    assert step.updates == ({} if confirm else {"fracture": "no"})


def test_a_no_of_ones_own_beside_a_relatives_history_is_taken() -> None:
    theirs = Statement("fracture", "yes", subject="other")
    step = take("fracture", Said(text="not me, my brother did", answer="no", read=True, statements=(theirs,)))
    assert step.updates == {"fracture": "no"}


def test_a_message_for_another_switches_the_person_and_keeps_what_it_says_of_them() -> None:
    theirs = Statement("fracture", "yes", subject="other", detail="L1")
    said = Said(text="I write for my mother, she broke L1", statements=(theirs,), for_another=True)
    step = take("fracture", said, {**BEGUN, "age_related": "yes", "age_related_detail": "scoliosis"})
    assert step.updates == {
        "screening_subject": "other",
        "screening_adult": None,
        "screening_danger": None,
        "screening_read_back": None,
        "fracture": "yes",
        "fracture_detail": "L1",
        "age_related": None,
        "age_related_detail": None,
    }
    assert step.say == ("utter_answer_changed",)


def test_what_is_volunteered_for_another_is_noted_as_theirs() -> None:
    theirs = Statement("age_related", "yes", subject="other")
    said = Said(text="I write for my mother, she has stenosis", statements=(theirs,), for_another=True)
    assert take(None, said, {}).updates == {"screening_subject": "other", "age_related": "yes"}
    assert take(None, Said(text="I write for my mother", for_another=True), {}).updates == {}


@pytest.mark.parametrize("answers", [BEGUN, FOR_MOTHER])
def test_a_third_persons_history_is_nobodys(answers: dict[str, str | None]) -> None:
    said = Said(text="her sister broke her back", statements=(Statement("fracture", "yes", subject="another"),))
    assert take("fracture", said, answers).updates == {}
