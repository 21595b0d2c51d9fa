"""A reason says why, in a line."""

import pytest

from candidacy.casework.reason import LONGEST, ReasonError, checked_reason


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("asked for it", "asked for it"), ("  asked\n for  it ", "asked for it"), ("x" * LONGEST, "x" * LONGEST)],
)
def test_a_reason(typed: str, kept: str) -> None:
    assert checked_reason(typed) == kept


@pytest.mark.parametrize(("typed", "said"), [("", "at least 5"), ("  . ", "at least 5"), ("x" * 301, "these are 301")])
def test_no_reason(typed: str, said: str) -> None:
    with pytest.raises(ReasonError, match=said):
        checked_reason(typed)
