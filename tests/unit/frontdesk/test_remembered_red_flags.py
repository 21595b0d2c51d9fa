"""A text that is looked at twice is worked through once."""

import pytest

from candidacy.frontdesk.remembered_red_flags import REMEMBERED, RememberedRedFlags
from candidacy.language.red_flag import RedFlag

DANGER = RedFlag(level="emergency", category="cauda_equina", language="en")


class Counting:
    """Sees danger in "numb", counts how often it looks, and fails at "broken"."""

    def __init__(self) -> None:
        self.looked_at: list[str] = []

    def detect(self, text: str) -> RedFlag | None:
        self.looked_at.append(text)
        if text == "broken":
            raise ValueError("a broken rule")
        return DANGER if "numb" in text else None


def test_the_same_text_is_looked_at_once() -> None:
    counting = Counting()
    remembered = RememberedRedFlags(counting)
    assert [remembered.detect(text) for text in ("numb", "hello", "numb", "hello")] == [DANGER, None, DANGER, None]
    assert counting.looked_at == ["numb", "hello"]


def test_a_failure_is_not_remembered() -> None:
    counting = Counting()
    remembered = RememberedRedFlags(counting)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken rule"):
            remembered.detect("broken")
    assert len(counting.looked_at) == 2


def test_only_the_last_texts_are_remembered() -> None:
    counting = Counting()
    remembered = RememberedRedFlags(counting)
    for number in (*range(REMEMBERED + 1), 0):
        remembered.detect(str(number))
    assert len(counting.looked_at) == REMEMBERED + 2
