"""A busy database is tried again, and one that is away is said to be so in words."""

from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from candidacy.keys.errors import KeysError
from candidacy.keys.steps import ATTEMPTS, PAUSE_SECONDS, RETRY_SECONDS, Steps
from candidacy.records.database import Database


class BusyDatabase:
    """Locked at first."""

    def __init__(self, times: int) -> None:
        self.times = times

    @contextmanager
    def session(self) -> Any:
        if self.times:
            self.times -= 1
            raise OperationalError("UPDATE texters ...", {}, Exception("+12125550123 is locked"))
        yield "a session"


def test_a_busy_database_is_tried_again_and_others_come_between() -> None:
    waited: list[float] = []
    steps = Steps(BusyDatabase(2), sleep=waited.append)  # type: ignore[arg-type]
    assert steps.write(lambda session: f"done in {session}") == "done in a session"
    assert waited == [RETRY_SECONDS, RETRY_SECONDS, PAUSE_SECONDS]


def test_one_that_stays_busy_is_given_up_and_nothing_of_a_row_is_said() -> None:
    waited: list[float] = []
    steps = Steps(BusyDatabase(ATTEMPTS), sleep=waited.append)  # type: ignore[arg-type]
    with pytest.raises(KeysError, match="the same command goes on from there") as given_up:
        steps.write(lambda session: None)
    assert len(waited) == ATTEMPTS
    assert "+1212" not in str(given_up.value)


def test_one_that_is_away_is_said_to_be() -> None:
    steps = Steps(Database("postgresql://nobody@127.0.0.1:1/nothing"))
    with pytest.raises(KeysError, match=r"cannot be used \(OperationalError\)"):
        steps.read(lambda session: session.connection())
