"""What is kept of a turn: all of it when it is whole and in time, and nothing otherwise."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from candidacy.assistant.dialogue_state import DialogueStateStore, TurnNotKept
from candidacy.assistant.reply import Reply
from candidacy.assistant.running_turn import RunningTurn, running
from candidacy.records.database import Database
from candidacy.records.dialogue_states import DialogueStateMoved, load_dialogue_state
from candidacy.records.encryption import Cipher
from candidacy.records.migrate import migrate

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [deny]
slots:
  fracture: {type: text, influence_conversation: false, mappings: [{type: custom}]}
"""
)
CIPHER = Cipher([Fernet.generate_key().decode()])
REPLY = Reply(text="Thank you.", kind="notice")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'candidacy.db'}"
    migrate(url)
    opened = Database(url)
    yield opened
    opened.dispose()


def turn_of(
    turn_id: str = "7",
    *,
    seconds: float = 3600,
    replies: tuple[Reply, ...] = (REPLY,),
    failure: str | None = None,
    follows: str | None = None,
) -> RunningTurn:
    return RunningTurn("c1", turn_id, time.monotonic() + seconds, list(replies), failure, follows)


def save(database: Database, turn: RunningTurn) -> DialogueStateTracker | None:
    """Save a conversation with a slot filled, as Rasa does at the end of a turn; returns what is loaded then."""
    store = DialogueStateStore(DOMAIN, database=database, cipher=CIPHER)
    events = [ActionExecuted("action_listen"), UserUttered("no", {"name": "deny"}), SlotSet("fracture", "no")]
    tracker = DialogueStateTracker.from_events("c1", events, slots=DOMAIN.slots, domain=DOMAIN)

    async def go() -> DialogueStateTracker | None:
        with running(turn):
            await store.save(tracker)
        return await store.retrieve("c1")

    return asyncio.run(go())


def test_a_whole_turn_is_kept_with_its_replies(database: Database) -> None:
    turn = turn_of()
    kept = save(database, turn)
    assert kept is not None
    assert kept.get_slot("fracture") == "no"
    assert turn.kept
    with database.read_session() as session:
        saved = load_dialogue_state(session, cipher=CIPHER, conversation_id="c1")
    assert saved is not None
    assert saved.last_turn == "7"
    assert [reply["text"] for reply in saved.last_replies] == ["Thank you."]


@pytest.mark.parametrize(
    "turn", [turn_of(replies=()), turn_of(seconds=-1), turn_of(failure="custom action: status 500")]
)
def test_a_turn_that_failed_is_not(database: Database, turn: RunningTurn) -> None:
    assert save(database, turn) is None
    assert turn.failure is not None


def test_a_turn_that_became_late_while_it_waited_for_the_database_is_not(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = turn_of()
    problems = iter([None, "the turn took too long"])
    monkeypatch.setattr(turn, "problem", lambda: next(problems))
    with pytest.raises(TurnNotKept):
        save(database, turn)
    assert not turn.kept
    with database.read_session() as session:
        assert load_dialogue_state(session, cipher=CIPHER, conversation_id="c1") is None


def test_a_new_conversation_has_no_state(database: Database) -> None:
    store = DialogueStateStore(DOMAIN, database=database, cipher=CIPHER)
    assert asyncio.run(store.retrieve("nobody")) is None


def test_what_was_read_ahead_is_taken_once(database: Database) -> None:
    turn = turn_of()
    save(database, turn)
    ahead = [ActionExecuted("action_listen"), SlotSet("fracture", "unknown")]
    turn.read_ahead = [event.as_dict() for event in ahead]
    store = DialogueStateStore(DOMAIN, database=database, cipher=CIPHER)

    async def retrieve_twice() -> list[object]:
        with running(turn):
            trackers = [await store.retrieve("c1"), await store.retrieve("c1")]
        return [tracker and tracker.get_slot("fracture") for tracker in trackers]

    assert asyncio.run(retrieve_twice()) == ["unknown", "no"]


def test_of_two_runs_of_one_turn_the_first_is_kept(database: Database) -> None:
    save(database, turn_of())
    again = turn_of(replies=(Reply(text="Another answer.", kind="notice"),))
    with pytest.raises(DialogueStateMoved):
        save(database, again)
    assert again.problem() == "dialogue state: DialogueStateMoved"
    with database.read_session() as session:
        saved = load_dialogue_state(session, cipher=CIPHER, conversation_id="c1")
    assert saved is not None
    assert [reply["text"] for reply in saved.last_replies] == ["Thank you."]


def test_the_next_turn_follows_the_one_before(database: Database) -> None:
    save(database, turn_of("7"))
    turn = turn_of("8", follows="7")
    save(database, turn)
    assert turn.kept
