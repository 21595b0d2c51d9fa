"""The first contact by text."""

import pytest

from candidacy.sms.consent import (
    AGAIN,
    DECLINED_TEXT,
    THANKS,
    WELCOME,
    ConsentState,
    Step,
    before_screening,
    load_consent_words,
    may_screen,
    next_step,
)

WORDS = load_consent_words()
NEW, WELCOMED, AGREED, DECLINED = ConsentState


def step(state: ConsentState, text: str, *, asked_last: bool = True, danger: bool = False) -> Step:
    return next_step(state, text, asked_last=asked_last, danger=danger, words=WORDS)


@pytest.mark.parametrize("text", ["hi", "Hello!", "hola", "Yes", "ok", "no", "START", "good morning"])
def test_a_greeting_is_answered_by_the_welcome_alone(text: str) -> None:
    assert step(NEW, text) == Step(WELCOMED, say=(WELCOME,))


@pytest.mark.parametrize("text", ["How long is the stay?", "Hi, I need surgery", "?", "\U0001f44d"])
def test_a_first_question_is_answered_before_the_welcome(text: str) -> None:
    assert step(NEW, text) == Step(WELCOMED, forward=True, say=(WELCOME,))


def test_somebody_in_danger_is_not_welcomed_but_answered() -> None:
    assert step(NEW, "crushing chest pain", danger=True) == Step(NEW, forward=True)


@pytest.mark.parametrize("state", [WELCOMED, DECLINED])
@pytest.mark.parametrize("text", ["Yes", "YES!", "y", "yes please", "ok", "I agree", "Sí", "that's fine", "sure"])
def test_a_yes_is_recorded(state: ConsentState, text: str) -> None:
    assert step(state, text) == Step(AGREED, record=True, say=(THANKS,))


@pytest.mark.parametrize("state", [WELCOMED, DECLINED])
@pytest.mark.parametrize("text", ["No", "no thanks", "n", "No, I do not", "no gracias", "I don't agree"])
def test_a_no_is_recorded(state: ConsentState, text: str) -> None:
    assert step(state, text) == Step(DECLINED, record=False, say=(DECLINED_TEXT,))


@pytest.mark.parametrize("state", [WELCOMED, DECLINED])
@pytest.mark.parametrize(
    "text", ["yes but what is it for?", "Yes I have a fracture", "maybe", "why", "no idea", "yes no", "hi", "1"]
)
def test_whatever_says_more_is_no_consent(state: ConsentState, text: str) -> None:
    assert step(state, text) == Step(state, forward=True)


@pytest.mark.parametrize("state", [WELCOMED, AGREED, DECLINED])
@pytest.mark.parametrize("text", ["yes", "no"])
def test_a_yes_to_another_question_is_no_consent(state: ConsentState, text: str) -> None:
    assert step(state, text, asked_last=False) == Step(state, forward=True)


@pytest.mark.parametrize("state", [WELCOMED, AGREED, DECLINED])
def test_danger_is_answered_in_every_state(state: ConsentState) -> None:
    assert step(state, "yes", danger=True) == Step(state, forward=True)


@pytest.mark.parametrize("text", ["yes", "no", "How long?"])
def test_after_a_yes_everything_goes_to_the_assistant(text: str) -> None:
    assert step(AGREED, text) == Step(AGREED, forward=True)


@pytest.mark.parametrize(("state", "may"), [(NEW, False), (WELCOMED, False), (DECLINED, False), (AGREED, True)])
def test_screening_waits_for_a_yes(state: ConsentState, may: bool) -> None:
    assert may_screen(state) is may
    assert before_screening(state) == (() if may else (AGAIN,))


def test_no_phrase_says_two_things() -> None:
    meanings = {"yes", "no", "greetings"}
    assert set(WORDS.values()) == meanings
    assert WORDS[("no",)] == "no"
    assert WORDS[("yes",)] == "yes"
