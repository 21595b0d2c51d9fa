"""Filters kept under a name are one's own."""

from collections.abc import Callable
from typing import Any

import pytest

from candidacy.casework.inbox_filter import InboxFilter
from candidacy.records.console.saved_filters import forget_filter, save_filter, saved_filters_of
from tests.unit.records.console.conftest import ANN, BEN, Clinic

Ask = Callable[..., Any]


def test_saved_replaced_and_forgotten(clinic: Clinic, do: Ask, ask: Ask) -> None:
    for narrowed in (InboxFilter(state="waiting"), InboxFilter(channel="sms", red_flag=True)):
        do(save_filter, staff_id=ANN, name=" My  texts ", narrowed=narrowed, now=clinic.now)
    (saved,) = ask(saved_filters_of, staff_id=ANN)
    assert (saved.name, saved.narrowed) == ("My texts", InboxFilter(channel="sms", red_flag=True))
    assert ask(saved_filters_of, staff_id=BEN) == []
    assert not do(forget_filter, staff_id=BEN, filter_id=saved.id)
    assert do(forget_filter, staff_id=ANN, filter_id=saved.id)
    assert ask(saved_filters_of, staff_id=ANN) == []


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_name_is_needed(clinic: Clinic, do: Ask, name: str) -> None:
    with pytest.raises(ValueError, match="1 to 60 characters"):
        do(save_filter, staff_id=ANN, name=name, narrowed=InboxFilter(), now=clinic.now)
