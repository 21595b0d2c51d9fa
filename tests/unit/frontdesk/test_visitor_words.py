"""What a visitor reads when a request is refused."""

from typing import Any

from candidacy.frontdesk.visitor_words import not_received
from candidacy.language.red_flag import RedFlag

NUMBERS = {"(212) 430-0312": "tel:+1-212-430-0312"}


def test_sorry_and_the_number_to_tap(texts: Any) -> None:
    assert not_received(texts=texts, numbers=NUMBERS).as_json() == {
        "message": "utter_not_received (212) 430-0312",
        "kind": "fallback",
        "links": [{"text": "(212) 430-0312", "href": "tel:+1-212-430-0312"}],
    }


def test_danger_comes_first(texts: Any) -> None:
    danger = RedFlag(level="crisis", category="self_harm", language="es")
    words = not_received(texts=texts, numbers={}, red_flag=danger)
    assert words.kind == "crisis"
    assert words.text == "utter_crisis_es (212) 430-0312\n\nutter_not_received (212) 430-0312"
