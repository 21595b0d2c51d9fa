"""The dialogue state comes back as it was saved, and nobody else can read it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select

from candidacy.records.database import Database
from candidacy.records.dialogue_states import (
    find_dialogue_state,
    opened_state,
    require_right_key,
    save_dialogue_state,
    sealed_state,
)
from candidacy.records.encryption import Cipher, EncryptionKeyError
from candidacy.records.tables import dialogue_states

EVENTS = [{"event": "slot", "name": "name", "value": "María"}, {"event": "active_loop", "name": "screening_form"}]


def save(
    database: Database,
    cipher: Cipher,
    now: datetime,
    *,
    conversation: str = "one",
    events: Sequence[Mapping[str, Any]] = EVENTS,
) -> None:
    """Save a dialogue state in a transaction of its own."""
    with database.session() as session:
        save_dialogue_state(session, conversation_id=conversation, state=sealed_state(events, cipher=cipher), now=now)


def load(database: Database, cipher: Cipher, conversation: str = "one") -> Sequence[Mapping[str, Any]]:
    """The events of the saved dialogue state."""
    with database.read_session() as session:
        return opened_state(find_dialogue_state(session, conversation_id=conversation), cipher=cipher)


def test_a_state_comes_back_as_it_was_saved(database: Database, cipher: Cipher, now: datetime) -> None:
    save(database, cipher, now)

    assert load(database, cipher) == EVENTS


def test_before_the_first_turn_there_is_none(database: Database, cipher: Cipher) -> None:
    with database.read_session() as session:
        assert find_dialogue_state(session, conversation_id="one") is None
    assert load(database, cipher) == ()


def test_a_newer_state_takes_the_place_of_the_older(database: Database, cipher: Cipher, now: datetime) -> None:
    save(database, cipher, now)
    save(database, cipher, now, events=EVENTS[:1])

    assert load(database, cipher) == EVENTS[:1]


def test_each_conversation_has_its_own(database: Database, cipher: Cipher, now: datetime) -> None:
    save(database, cipher, now, conversation="one", events=EVENTS[:1])
    save(database, cipher, now, conversation="two", events=EVENTS[1:])

    assert [load(database, cipher, name) for name in ("one", "two")] == [EVENTS[:1], EVENTS[1:]]


def test_saves_at_once_leave_one_row(
    database: Database, cipher: Cipher, now: datetime, at_once: Callable[..., list[None]]
) -> None:
    at_once(8, lambda number: save(database, cipher, now, events=[{"run": number}]))

    with database.read_session() as session:
        assert session.execute(select(func.count()).select_from(dialogue_states)).scalar_one() == 1


def test_what_is_sealed_shows_nothing_of_it(cipher: Cipher) -> None:
    sealed = sealed_state(EVENTS, cipher=cipher)

    assert all(secret.encode() not in sealed for secret in ("María", "screening_form"))
    with pytest.raises(EncryptionKeyError):
        opened_state(sealed, cipher=Cipher([Fernet.generate_key().decode()]))


def test_keys_that_open_nothing_are_noticed(database: Database, cipher: Cipher, now: datetime) -> None:
    other = Cipher([Fernet.generate_key().decode()])
    with database.read_session() as session:
        require_right_key(session, cipher=other)
    save(database, cipher, now)
    with database.read_session() as session:
        require_right_key(session, cipher=cipher)
        with pytest.raises(EncryptionKeyError):
            require_right_key(session, cipher=other)
