"""A text that comes in is kept once, whoever repeats it, and taken up once, in its sender's order."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from candidacy.records.database import Database
from candidacy.records.sms.inbox import take_text, waiting_texts
from candidacy.records.sms.tables import texters
from tests.unit.records.sms.conftest import new_text


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("SM1", "a"), ("SM1", "b"), False),
        (("SM1", "a"), ("SM2", "a"), False),
        (("SM1", None), ("SM1", "a"), False),
        (("SM1", "a"), ("SM2", "b"), True),
        (("SM1", None), ("SM2", None), True),
    ],
)
def test_a_text_is_known_by_its_id_and_by_its_token(
    keep: Callable[..., bool], first: tuple[str, str | None], second: tuple[str, str | None], kept: bool
) -> None:
    assert keep(new_text(first[0], token=first[1]))
    assert keep(new_text(second[0], token=second[1])) is kept


def test_of_the_same_text_many_times_at_once_one_is_kept(
    database: Database, keep: Callable[..., bool], at_once: Callable[..., list[bool]]
) -> None:
    assert sum(at_once(8, lambda number: keep(new_text(token=f"token {number}")))) == 1
    with database.read_session() as session:
        assert len(waiting_texts(session)) == 1


def test_of_each_sender_the_oldest_waits_to_be_taken_up(database: Database, keep: Callable[..., bool]) -> None:
    for sid, sender in (("SM1", "a"), ("SM2", "b"), ("SM3", "a")):
        keep(new_text(sid, sender=sender))
    with database.session() as session:
        first, second = waiting_texts(session)
        assert (first.message_sid, second.message_sid) == ("SM1", "SM2")
        assert take_text(session, text_id=first.id)
        assert [text.message_sid for text in waiting_texts(session)] == ["SM2", "SM3"]


def test_of_many_who_take_a_text_one_has_it(
    database: Database, keep: Callable[..., bool], at_once: Callable[..., list[bool]]
) -> None:
    keep(new_text())
    with database.read_session() as session:
        (text,) = waiting_texts(session)

    def take(_: int) -> bool:
        with database.session() as session:
            return take_text(session, text_id=text.id)

    assert sum(at_once(8, take)) == 1


def test_a_number_is_encrypted_once(database: Database, keep: Callable[..., bool]) -> None:
    keep(new_text("SM1"))
    keep(new_text("SM2"))
    with database.read_session() as session:
        row = session.execute(select(texters)).one()
    assert (bytes(row.number_encrypted), row.messages_received) == (b"encrypted for SM1", 2)
