"""What leads away from a form, and what only looks like it."""

import pytest

from candidacy.dialogue.digression import is_digression, looks_like_question


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("how long in hospital", True),
        ("And what about work", True),
        ("you mean L1?", True),
        ("does it hurt", True),
        ("L1, about two years ago", False),
        ("yes", False),
        ("my doctor said so", False),
        ("", False),
    ],
)
def test_looks_like_question(text: str, question: bool) -> None:
    assert looks_like_question(text) is question


@pytest.mark.parametrize(
    ("intent", "text", "answers", "free_text", "digression"),
    [
        ("faq", "hospital stay", False, False, True),
        ("faq", "yes, after a fall", True, False, False),
        ("faq", "no, but how long in hospital?", True, False, True),
        ("faq", "L4 after an accident at work", False, True, False),
        ("faq", "how long in hospital?", False, True, True),
        ("off_topic", "Grace Hopper", False, True, False),
        ("stop", "stop", False, True, True),
        ("emergency", "I can't feel my legs", True, True, True),
        ("talk_to_person", "a person please", False, False, True),
        ("affirm", "yes", True, False, False),
        ("inform", "I broke L1", True, False, False),
        ("nlu_fallback", "purple", False, False, False),
        ("off_topic", "purple", False, False, False),
        ("off_topic", "what's the weather like?", False, False, True),
        ("smalltalk", "thank you", False, False, True),
        (None, "", False, False, False),
    ],
)
def test_is_digression(intent: str | None, text: str, answers: bool, free_text: bool, digression: bool) -> None:
    assert is_digression(intent=intent, text=text, answers=answers, free_text=free_text) is digression


@pytest.mark.parametrize(
    ("intent", "text", "confidence", "digression"),
    [
        ("stop", "text me please", 0.7, False),
        ("stop", "stop texting", 0.99, True),
        ("talk_to_person", "call", 1.0, False),
        ("talk_to_person", "I want a real person to call me now", 0.95, True),
        ("emergency", "call me I can't move", 1.0, True),
        ("emergency", "yes", 1.0, True),
    ],
)
def test_a_command_that_could_be_an_answer(intent: str, text: str, confidence: float, digression: bool) -> None:
    led_away = is_digression(intent=intent, confidence=confidence, text=text, answers=True, free_text=False)
    assert led_away is digression


@pytest.mark.parametrize(
    ("free_text", "confidence", "digression"),
    [(False, 0.8, True), (False, 0.6, False), (True, 0.8, False), (True, 0.95, True)],
)
def test_the_other_forms_intent_leads_away(free_text: bool, confidence: float, digression: bool) -> None:
    led_away = is_digression(
        intent="consultation",
        confidence=confidence,
        text="book me in",
        answers=False,
        free_text=free_text,
        other_form="consultation",
    )
    assert led_away is digression
