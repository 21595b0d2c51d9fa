"""The dialogue state comes back as it was saved, and nobody else can read it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select

from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.dialogue_states import (
    DialogueState,
    DialogueStateMoved,
    load_dialogue_state,
    require_unmoved,
    save_dialogue_state,
)
from candidacy.records.encryption import Cipher, EncryptionKeyError
from candidacy.records.erasure import erase_conversation
from candidacy.records.tables import dialogue_states

STATE = {"slots": {"name": "María", "fracture": None, "asked": 2}, "active_loop": "screening_form", "events": []}
REPLIES = [{"text": "Have you had a fracture?", "kind": "question", "buttons": [{"title": "Yes", "payload": "/a"}]}]


def save(
    database: Database,
    cipher: Cipher,
    now: datetime,
    *,
    conversation: str = "shell",
    state: dict[str, Any] = STATE,
    turn: str | None = "17",
) -> None:
    """Save a dialogue state in a transaction of its own."""
    with database.session() as session:
        save_dialogue_state(
            session,
            cipher=cipher,
            conversation_id=conversation,
            state=state,
            last_turn=turn,
            last_replies=REPLIES,
            now=now,
        )


def load(database: Database, cipher: Cipher, conversation: str = "shell") -> DialogueState | None:
    """Load a dialogue state."""
    with database.read_session() as session:
        return load_dialogue_state(session, cipher=cipher, conversation_id=conversation)


def test_a_state_comes_back_as_it_was_saved(database: Database, cipher: Cipher, now: datetime) -> None:
    save(database, cipher, now)

    assert load(database, cipher) == DialogueState(state=STATE, last_turn="17", last_replies=REPLIES)


def test_before_the_first_turn_there_is_none(database: Database, cipher: Cipher) -> None:
    assert load(database, cipher) is None


def test_a_newer_state_takes_the_place_of_the_older(database: Database, cipher: Cipher, now: datetime) -> None:
    save(database, cipher, now, turn="17")
    save(database, cipher, now, state={"slots": {}}, turn="18")

    assert load(database, cipher) == DialogueState(state={"slots": {}}, last_turn="18", last_replies=REPLIES)


def test_each_conversation_has_its_own(database: Database, cipher: Cipher, now: datetime) -> None:
    save(database, cipher, now, conversation="one", turn="1")
    save(database, cipher, now, conversation="two", turn="2")

    states = [load(database, cipher, name) for name in ("one", "two")]
    assert [state.last_turn for state in states if state] == ["1", "2"]


def test_saves_at_once_leave_one_row(
    database: Database, cipher: Cipher, now: datetime, at_once: Callable[..., list[None]]
) -> None:
    at_once(8, lambda number: save(database, cipher, now, turn=str(number)))

    with database.read_session() as session:
        assert session.execute(select(func.count()).select_from(dialogue_states)).scalar_one() == 1


def test_the_row_shows_nothing_of_it(database: Database, cipher: Cipher, now: datetime) -> None:
    save(database, cipher, now)

    with database.read_session() as session:
        row = session.execute(select(dialogue_states)).one()
    for secret in ("María", "screening_form", "fracture"):
        assert secret.encode() not in bytes(row.state)
        assert secret.encode() not in bytes(row.last_replies)
    with pytest.raises(EncryptionKeyError):
        load(database, Cipher([Fernet.generate_key().decode()]))


def test_a_state_does_not_show_where_it_is_printed(database: Database, cipher: Cipher, now: datetime) -> None:
    save(database, cipher, now)

    assert "María" not in repr(load(database, cipher))


def test_the_turn_that_erased_a_conversation_does_not_bring_it_back(
    database: Database, cipher: Cipher, now: datetime
) -> None:
    with database.session() as session:
        conversation, _ = start_conversation(session, channel="web", now=now)
    save(database, cipher, now, conversation=conversation, turn="17")
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)
    assert load(database, cipher, conversation) is None

    save(database, cipher, now, conversation=conversation, turn="18")

    assert load(database, cipher, conversation) == DialogueState(state={}, last_turn="18", last_replies=REPLIES)


@pytest.mark.parametrize(
    ("saved", "follows", "moved"),
    [(None, None, False), ("17", "17", False), ("17", None, True), ("17", "16", True), (None, "17", False)],
    ids=["first turn", "as it was", "a first turn elsewhere", "a later turn elsewhere", "erased by the turn itself"],
)
def test_a_turn_may_be_saved_only_on_the_state_it_began_with(
    database: Database, cipher: Cipher, now: datetime, saved: str | None, follows: str | None, moved: bool
) -> None:
    if saved is not None:
        save(database, cipher, now, turn=saved)
    with database.session() as session:
        if moved:
            with pytest.raises(DialogueStateMoved):
                require_unmoved(session, conversation_id="shell", last_turn=follows)
        else:
            require_unmoved(session, conversation_id="shell", last_turn=follows)


def test_of_the_same_turn_run_many_times_at_once_one_is_saved(
    database: Database, cipher: Cipher, now: datetime, conversation: str, at_once: Callable[..., list[bool]]
) -> None:
    def run(number: int) -> bool:
        try:
            with database.session() as session:
                require_unmoved(session, conversation_id=conversation, last_turn=None)
                save_dialogue_state(
                    session,
                    cipher=cipher,
                    conversation_id=conversation,
                    state={"run": number},
                    last_turn="17",
                    last_replies=[],
                    now=now,
                )
        except DialogueStateMoved:
            return False
        return True

    kept = at_once(8, run)

    assert kept.count(True) == 1
    state = load(database, cipher, conversation)
    assert state is not None
    assert state.state == {"run": kept.index(True)}
