"""Who is told of which conversation, and that nobody is told twice of the same."""

from datetime import timedelta
from typing import Any

import pytest

from candidacy.console.conversations.news import News
from candidacy.records.console.changes import MOST_CHANGES
from candidacy.web.transactions import RecordsUnavailable
from tests.unit.records.console.conftest import Clinic

pytestmark = pytest.mark.anyio


@pytest.fixture
def clinic(database: Any, clock: Any) -> Clinic:
    return Clinic(database=database, now=clock())


@pytest.fixture
def news(database: Any, clock: Any) -> News:
    return News(database=database, now=clock, poll_seconds=3600)


def heard(*listeners: Any) -> list[bool]:
    told = [listener.news.is_set() for listener in listeners]
    for listener in listeners:
        listener.news.clear()
    return told


async def test_each_hears_of_what_they_wait_for_and_once(news: News, clinic: Clinic, clock: Any) -> None:
    first, second = clinic.begin(), clinic.begin()
    with news.listen() as inbox, news.listen(first) as page:
        await news.look()
        assert heard(inbox, page) == [True, True]
        await news.look()
        assert heard(inbox, page) == [False, False]
        clinic.write(second, "Hello")
        await news.look()
        assert heard(inbox, page) == [True, False]


async def test_what_was_written_late_is_found(news: News, clinic: Clinic, clock: Any) -> None:
    """A transaction can commit some seconds after the instant that it writes."""
    with news.listen() as inbox:
        await news.look()
        late = clock() - timedelta(seconds=10)
        clock.advance(seconds=1)
        heard(inbox)
        clinic.begin(at=late)
        await news.look()
        assert heard(inbox) == [True]


async def test_what_staff_do_here_is_told_at_once(news: News) -> None:
    with news.listen() as inbox, news.listen("4f") as page, news.listen("77") as other:
        news.announce("4f")
        assert heard(inbox, page, other) == [True, True, False]


async def test_where_too_much_changed_everybody_looks(news: News, clinic: Clinic) -> None:
    for _ in range(MOST_CHANGES):
        clinic.begin()
    with news.listen("4f") as page:
        await news.look()
        assert heard(page) == [True]


async def test_a_database_that_is_away_is_looked_at_again(news: News, monkeypatch: Any) -> None:
    async def away(*_: Any, **__: Any) -> Any:
        raise RecordsUnavailable("OperationalError")

    monkeypatch.setattr("candidacy.console.conversations.news.read", away)
    with news.listen() as inbox:
        await news.look()
        assert heard(inbox) == [False]
