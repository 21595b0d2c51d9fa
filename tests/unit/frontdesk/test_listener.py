"""Who follows a conversation takes what was brought where it goes on from the position, and else looks."""

from dataclasses import dataclass
from datetime import datetime, timezone

import pytest

from candidacy.frontdesk.listener import MOST_BROUGHT, Listener
from candidacy.records.messages import MessageView
from candidacy.records.news import News

LOOK = None
AT = datetime(2026, 3, 2, tzinfo=timezone.utc)


@dataclass
class Follower:
    """A listener that is at a position."""

    position: int

    def __post_init__(self) -> None:
        self.listener = Listener(conversation_id="c", position=self.position)

    def takes(self) -> list[tuple[int, int] | None]:
        """All that it takes until there is nothing more to take, as first and last message; `LOOK` where it looks."""
        taken: list[tuple[int, int] | None] = []
        while self.listener.news.is_set():
            found = self.listener.take()
            taken.append(None if found is None else (found.messages[0].id, found.last))
            self.listener.position = self.listener.position if found is None else found.last
        return taken


def news(after: int, last: int) -> News:
    """The messages after one position, up to another."""
    views = [
        MessageView(
            id=position,
            author="assistant",
            kind="answer",
            text="words",
            buttons=(),
            topic=None,
            facts=(),
            at=AT,
            client_id=None,
        )
        for position in range(after + 1, last + 1)
    ]
    return News(
        after=after, messages=views, live=frozenset(), owed=False, with_person=False, ended=False, expires_at=None
    )


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ([], []),
        ([news(3, 4)], [(4, 4)]),
        ([news(3, 4), news(4, 6)], [(4, 4), (5, 6)]),
        ([news(1, 5)], [(2, 5)]),
        ([news(1, 3)], [LOOK]),
        ([news(1, 3), news(3, 4)], [(4, 4)]),
        ([news(4, 5)], [LOOK]),
        ([news(3, 4), news(5, 6)], [(4, 4), LOOK]),
        ([LOOK], [LOOK]),
        ([LOOK, news(3, 4)], [LOOK]),
        ([news(3, 4), LOOK], [LOOK]),
    ],
    ids=[
        "nothing",
        "the next one",
        "one after the other",
        "some of it known already",
        "all of it known already",
        "the first of two known already",
        "a gap",
        "a gap later on",
        "to look",
        "to look before",
        "to look after",
    ],
)
def test_what_is_taken_at_position_three(told: list[News | None], taken: list[tuple[int, int] | None]) -> None:
    follower = Follower(position=3)
    for something in told:
        follower.listener.tell(something)
    assert follower.takes() == taken


def test_who_is_told_nothing_looks() -> None:
    assert Listener(conversation_id="c", position=0).take() is None


def test_who_takes_nothing_for_long_looks_instead() -> None:
    follower = Follower(position=0)
    for position in range(MOST_BROUGHT + 1):
        follower.listener.tell(news(position, position + 1))
    assert follower.takes() == [LOOK]
