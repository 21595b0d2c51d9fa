"""Filters of the inbox live in its address."""

from datetime import date

import pytest

from candidacy.casework.inbox_filter import FilterError, InboxFilter, filter_parameters, read_filter

EVERYTHING = InboxFilter(
    channel="sms",
    state="waiting",
    outcome="reported",
    tag="second opinion",
    assignee_id=3,
    active_from=date(2026, 3, 1),
    active_to=date(2026, 3, 8),
    begun_from=date(2026, 2, 1),
    begun_to=date(2026, 3, 8),
    low_confidence=True,
    red_flag=True,
    alarming=True,
    unanswered=True,
    stage="consented",
    dropped_at="fracture",
    topic="faq/hospital_stay",
    red_flag_level="urgent",
    wait_end="claimed",
    waited="1_to_5_min",
)


@pytest.mark.parametrize("narrowed", [InboxFilter(), InboxFilter(state="person"), EVERYTHING])
def test_an_address_reads_back_as_the_same_filter(narrowed: InboxFilter) -> None:
    assert read_filter(filter_parameters(narrowed)) == narrowed


def test_other_parameters_and_empty_fields_ask_for_nothing() -> None:
    assert read_filter({"page": "3", "tag": "  ", "state": ""}) == InboxFilter()


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"state": "asleep"}, "state must be one of assistant, waiting, person, closed"),
        ({"red_flag": "1"}, "red_flag must be yes"),
        ({"active_from": "yesterday"}, "active_from must be a date like"),
        ({"assignee_id": "ann"}, "assignee_id must be the number"),
        ({"assignee_id": "9" * 30}, "assignee_id must be the number"),
        ({"stage": "bored"}, "stage must be one of"),
        ({"waited": "long"}, "waited must be one of below_1_min, 1_to_5_min"),
        ({"tag": "x" * 121}, "tag must have at most 120 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(parameters: dict[str, str], message: str) -> None:
    with pytest.raises(FilterError, match=message):
        read_filter(parameters)
