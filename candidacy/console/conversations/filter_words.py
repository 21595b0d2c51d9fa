"""What the inbox is narrowed to, in words, each with the address without it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from candidacy.casework.inbox_filter import InboxFilter, filter_parameters
from candidacy.console.conversations.address import inbox_address
from candidacy.console.conversations.labels import Labels

VALUE_KINDS = {
    "channel": "channel",
    "state": "state",
    "outcome": "outcome",
    "red_flag_level": "level",
    "stage": "stage",
    "wait_end": "wait_end",
    "waited": "waited",
}
"""By filter, what kind of value the labels know its values as."""
_TOPICS = frozenset({"topic", "dropped_at"})


@dataclass(frozen=True)
class Narrowing:
    """One filter that is set."""

    words: str
    without: str
    """The inbox's address with all the others."""


def narrowings(
    narrowed: InboxFilter, *, labels: Labels, people: Mapping[int, str], written: Callable[[date], str]
) -> tuple[Narrowing, ...]:
    """The filters that are set, in their order.

    Args:
        narrowed: the filter.
        labels: the words for filters and values.
        people: the names of staff, by id.
        written: how a day is written.
    """
    return tuple(
        Narrowing(
            words=_joined(labels("filter", name), _value(name, getattr(narrowed, name), labels, people, written)),
            without=inbox_address(_without(narrowed, name)),
        )
        for name in filter_parameters(narrowed)
    )


def _without(narrowed: InboxFilter, name: str) -> InboxFilter:
    return replace(narrowed, **{name: getattr(InboxFilter(), name)})


def _value(name: str, value: object, labels: Labels, people: Mapping[int, str], written: Callable[[date], str]) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, date):
        return written(value)
    if isinstance(value, int):
        return people.get(value, str(value))
    if name in _TOPICS:
        return labels.topic(str(value))
    kind = VALUE_KINDS.get(name)
    return labels(kind, str(value)) if kind else str(value)


def _joined(label: str, value: str) -> str:
    return f"{label}: {value}" if value else label
