"""What the inbox is narrowed to, in words."""

from datetime import date

import pytest

from candidacy.casework.inbox_filter import FILTER_NAMES, InboxFilter
from candidacy.console.conversations.filter_words import narrowings
from candidacy.console.conversations.labels import load_labels


@pytest.mark.parametrize(
    ("narrowed", "words"),
    [
        (InboxFilter(), []),
        (InboxFilter(state="waiting"), ["State: Waits for a person"]),
        (InboxFilter(alarming=True), ["Red flag that nobody acknowledged"]),
        (InboxFilter(assignee_id=3), ["Who has it: Ann Lee"]),
        (InboxFilter(assignee_id=4), ["Who has it: 4"]),
        (InboxFilter(tag="knee"), ["Tag: knee"]),
        (InboxFilter(active_from=date(2030, 5, 1)), ["Last active from: a day in 2030"]),
        (InboxFilter(topic="not_covered/cost"), ["Asked about: Cost (not covered)"]),
        (InboxFilter(dropped_at="age_related"), ["Left the health questions at: Age related"]),
        (InboxFilter(red_flag_level="crisis"), ["Gravest red flag: Crisis"]),
        (InboxFilter(wait_end="claimed"), ["Waiting for a person: A person came"]),
        (InboxFilter(waited="1_to_5_min"), ["A person came: After 1 to 5 minutes"]),
    ],
)
def test_each_filter_has_its_words(narrowed: InboxFilter, words: list[str]) -> None:
    found = narrowings(
        narrowed, labels=load_labels(), people={3: "Ann Lee"}, written=lambda day: f"a day in {day.year}"
    )
    assert [each.words for each in found] == words


def test_each_can_be_taken_off_by_itself() -> None:
    narrowed = InboxFilter(state="waiting", tag="knee", red_flag=True)
    found = narrowings(narrowed, labels=load_labels(), people={}, written=str)
    assert [each.without for each in found] == [
        "/inbox?tag=knee&red_flag=yes",
        "/inbox?state=waiting&red_flag=yes",
        "/inbox?state=waiting&tag=knee",
    ]


def test_every_filter_has_a_label() -> None:
    assert {name for name, _ in load_labels().choices("filter")} == set(FILTER_NAMES)
