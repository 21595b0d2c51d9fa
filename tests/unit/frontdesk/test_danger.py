"""Danger is recognised and advised on without the assistant, in the language it was said in."""

from typing import Any

import pytest

from candidacy.assistant.texts import Texts
from candidacy.frontdesk.danger import danger_replies, danger_response, find_danger
from candidacy.language.red_flag import RedFlag

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("level", "language", "response"),
    [
        ("emergency", "en", "utter_emergency"),
        ("crisis", "en", "utter_crisis"),
        ("urgent", "en", "utter_urgent"),
        ("emergency", "es", "utter_emergency_es"),
        ("crisis", "es", "utter_crisis_es"),
    ],
)
def test_the_advice_is_that_of_the_level_and_language(texts: Texts, level: str, language: str, response: str) -> None:
    red_flag = RedFlag(level=level, category="any", language=language)
    assert danger_response(red_flag) == response
    (reply,) = danger_replies(red_flag, texts=texts, channel="web")
    assert (reply.kind, reply.text) == (level, f"{response} (212) 430-0312")


def test_without_danger_nothing_is_said(texts: Texts) -> None:
    assert danger_replies(None, texts=texts, channel="web") == ()


async def test_danger_is_found(red_flags: Any) -> None:
    assert await find_danger("I am numb", red_flags=red_flags) == red_flags.words["numb"]
    assert await find_danger("hello", red_flags=red_flags) is None


async def test_a_broken_detector_finds_none_and_its_log_holds_nothing_of_the_text(
    red_flags: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    red_flags.words = None
    assert await find_danger("I am numb", red_flags=red_flags, conversation="c-1") is None
    logged = capsys.readouterr().out
    assert "red_flags.failed" in logged
    assert "c-1" in logged
    assert "numb" not in logged
