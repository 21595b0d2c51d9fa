"""Which intent a message finally has."""

import pytest

from candidacy.language.reading import Finding
from candidacy.language.red_flags import RedFlag
from candidacy.language.understanding import Gate, overriding_intent

GATE = Gate(question_intents=frozenset({"faq", "clinician"}), command_intents=frozenset({"stop"}), confidence=0.5)
EMERGENCY = RedFlag(level="emergency", category="chest_pain", language="en")
URGENT = RedFlag(level="urgent", category="wound_after_surgery", language="en")


def finding(concept: str, subject: str = "self") -> Finding:
    return Finding(concept=concept, value="yes", subject=subject, time="now", detail=None, text="")


STENOSIS = finding("age_related")
MOTHERS = finding("age_related", subject="other")
WRIST = finding("fracture_elsewhere")


@pytest.mark.parametrize(
    ("text", "red_flag", "language", "findings", "intent", "confidence", "expected"),
    [
        ("my chest hurts", EMERGENCY, "en", [], "faq", 0.99, "emergency"),
        ("me duele el pecho", EMERGENCY, "es", [], None, 0.0, "emergency"),
        ("the wound is red", URGENT, "en", [STENOSIS], "inform", 0.9, "urgent"),
        ("hola", None, "es", [], "smalltalk", 0.9, "spanish"),
        ("bonjour", None, "other", [STENOSIS], "faq", 0.9, "other_language"),
        ("?", None, "en", [], "faq", 0.9, "unclear"),
        ("\U0001f44d", None, "en", [], None, 0.0, "unclear"),
        ("", None, "en", [], None, 0.0, "unclear"),
        ("(212) 555-0142", None, "en", [], "consultation", 0.9, "nlu_fallback"),
        ("2.", None, "en", [], "off_topic", 0.9, "nlu_fallback"),
        ("100%", None, "en", [], "affirm", 0.9, None),
        ("50 50", None, "en", [], "unsure", 0.9, None),
        ("2019", None, "en", [], "inform", 0.9, None),
        ("call 212 555 0142", None, "en", [], "consultation", 0.9, None),
        ("I have stenosis", None, "en", [STENOSIS], "faq", 0.3, "inform"),
        ("I have stenosis", None, "en", [STENOSIS], "smalltalk", 0.9, "inform"),
        ("I have stenosis", None, "en", [STENOSIS], None, 0.0, "inform"),
        ("my mother has stenosis", None, "en", [MOTHERS], "nlu_fallback", 0.2, "inform"),
        ("I have stenosis, how long", None, "en", [STENOSIS], "faq", 0.5, None),
        ("stop, I have stenosis", None, "en", [STENOSIS], "stop", 0.8, None),
        ("I broke my wrist", None, "en", [WRIST], "off_topic", 0.4, None),
        ("hello", None, "en", [], "smalltalk", 0.9, None),
        ("anything", None, "en", [], None, 0.0, None),
    ],
)
def test_the_first_that_applies_decides(
    text: str,
    red_flag: RedFlag | None,
    language: str,
    findings: list[Finding],
    intent: str | None,
    confidence: float,
    expected: str | None,
) -> None:
    decided = overriding_intent(
        text=text,
        red_flag=red_flag,
        language=language,
        findings=findings,
        intent=intent,
        confidence=confidence,
        gate=GATE,
    )
    assert decided == expected
