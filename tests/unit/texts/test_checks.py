"""The checks themselves: each finds what it is for, and passes what is fine."""

import pytest

from tests.unit.texts.checks import (
    Rule,
    copied_runs,
    forbidden,
    long_sentences,
    outside_gsm_7,
    reading_grade,
    sentences,
    variables,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 911 now. Go to the nearest hospital.", ["Call 911 now.", "Go to the nearest hospital."]),
        ('Say "delete my data". It is gone.', ['Say "delete my data".', "It is gone."]),
        ("Call (212) 430-0312.", ["Call (212) 430-0312."]),
        ("Llame al 911.\n\nCall 911.", ["Llame al 911.", "Call 911."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(("count", "is_long"), [(20, False), (21, True)])
def test_a_sentence_has_at_most_twenty_words(count: int, is_long: bool) -> None:
    assert bool(long_sentences("word " * count)) is is_long


def test_hard_words_in_long_sentences_raise_the_grade() -> None:
    plain = "Fusion joins two bones of the spine."
    hard = "Postoperative rehabilitation necessitates multidisciplinary physiotherapeutic interventions."
    assert reading_grade(plain) < 8 < reading_grade(hard)


def test_a_line_of_a_list_is_graded_as_a_sentence() -> None:
    assert reading_grade("Is any of this new:\n- a weak leg\n- a bad fall") == reading_grade(
        "Is any of this new. - a weak leg. - a bad fall."
    )


def test_a_name_that_no_dictionary_has_can_be_graded() -> None:
    assert reading_grade("Call Datta at any time. It is not far from here.") < 8


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call {clinic_phone} - it's open.", ""),
        ("¿Es una emergencia?", ""),
        ("It\u2019s here", "\u2019"),
        ("a few days \u2013 no more\u2026", "\u2013\u2026"),
        ("médico más cercano", "á"),
    ],
)
def test_characters_that_sms_cannot_carry(text: str, found: str) -> None:
    assert outside_gsm_7(text.replace("{", "").replace("}", "")) == found


def test_variables_of_a_text() -> None:
    assert variables('Call {clinic_phone} or say {{"topic"}}, {clinic_name}.') == {"clinic_phone", "clinic_name"}


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("You stay in the hospital for a few days.", ["in the hospital for a few", "the hospital for a few days"]),
        ("A few days in the hospital.", []),
        ("Call {clinic_name} at {clinic_phone}.", []),
    ],
)
def test_six_words_in_a_row_are_a_copy(text: str, runs: list[str]) -> None:
    assert copied_runs(text, "Patients can expect: in the hospital, for a few days.") == runs


@pytest.mark.parametrize(
    "text",
    [
        "You are a good candidate for this.",
        "You may not be sure, but you are probably a candidate.",
        "You need spinal fusion.",
        "You don't need surgery.",
        "You should have the operation.",
        "Surgery will help.",
        "Fusion is right for you.",
        "You probably have stenosis.",
        "Your score is high.",
        "The chance of success is good.",
        "It works in 90% of people.",
        "Our surgeons are the best.",
        "I feel for you.",
        "It is recommended to rest.",
        "Great question.",
        "Welcome!",
        "**Call** today.",
    ],
)
def test_verdicts_and_wordings_out_of_voice_are_found(text: str, forbidden_wording: tuple[Rule, ...]) -> None:
    assert forbidden(text, "notice", forbidden_wording)


@pytest.mark.parametrize(
    "text",
    [
        "A consultation is for finding out whether spinal fusion is right for you.",
        "You told this assistant that you have had a fracture.",
        "Has a clinician said that you have stenosis?",
        "Whether to have spinal fusion is a choice to make with a clinician.",
        'Say "delete my data" at any time. A US number is best.',
        "Do you want to delete them?",
        "I can't tell you if surgery is right for you.",
        "- Fracture of the spine: yes",
    ],
)
def test_plain_wordings_pass(text: str, forbidden_wording: tuple[Rule, ...]) -> None:
    assert forbidden(text, "notice", forbidden_wording) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You go home after three days.", True),
        ("It takes 6 to 12 months.", True),
        ("It takes a few weeks.", True),
        ("It is a stay of a few days.", False),
    ],
)
def test_an_answer_gives_no_duration_but_the_documents(
    text: str, found: bool, forbidden_wording: tuple[Rule, ...]
) -> None:
    assert bool(forbidden(text, "answer", forbidden_wording)) is found
