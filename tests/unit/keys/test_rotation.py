"""Everything comes under the newest key beside running processes, also after a kill, and the old key is taken away."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from candidacy.keys.rotation import count_rows, key_usage, rotate_all
from candidacy.keys.steps import Steps
from candidacy.records.database import Database
from candidacy.records.dialogue_states import find_dialogue_state, opened_state
from candidacy.records.encryption import Cipher, EncryptionKeyError
from candidacy.records.keys import rotation
from candidacy.records.keys.encrypted_tables import EncryptedTable, encrypted_tables
from candidacy.records.keys.index_key import IndexKey
from candidacy.records.tables import consultation_requests
from tests.unit.keys.conftest import Records, new_key

Seen = Callable[[int], None]


@pytest.fixture(autouse=True)
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows a step, so that a table takes several."""
    monkeypatch.setattr(rotation, "STEP_ROWS", 4)


@pytest.fixture
def newest() -> str:
    """The key that is put in front."""
    return new_key()


@pytest.fixture
def both(newest: str, old_key: str) -> Cipher:
    """What running processes have while the key is replaced."""
    return Cipher([newest, old_key])


def alone(newest: str, old_key: str) -> Cipher:
    """What they have when the old key was taken away; the index key stays."""
    return Cipher([newest], [IndexKey.derived_from(old_key)])


def briefly(seconds: float) -> None:
    """Others come between all the same."""
    time.sleep(seconds / 10)


def test_the_records_of_these_tests_have_something_in_every_encrypted_table(records: Records) -> None:
    with records.database.read_session() as session:
        assert [table.name for table in encrypted_tables() if not table.count(session)] == []


def test_after_the_rotation_the_old_key_can_be_taken_away(
    records: Records, steps: Steps, both: Cipher, newest: str, old_key: str, ignored: Seen
) -> None:
    total = count_rows(steps)
    before = key_usage(steps, cipher=both, seen=ignored)
    assert (before.rows, before.old) == ({1: total}, total)
    seen: list[int] = []

    done = rotate_all(steps, cipher=both, seen=seen.append)

    assert (done.rotated, sum(seen), done.is_whole) == (total, total, True)
    assert key_usage(steps, cipher=both, seen=ignored).rows == {0: total}
    records.check(alone(newest, old_key))
    with pytest.raises(EncryptionKeyError):
        records.check(Cipher([old_key]))


def test_rotating_again_changes_nothing(
    records: Records, steps: Steps, both: Cipher, database: Database, ignored: Seen
) -> None:
    rotate_all(steps, cipher=both, seen=ignored)
    names = select(consultation_requests.c.name_encrypted).order_by(consultation_requests.c.id)
    with database.read_session() as session:
        before = session.execute(names).scalars().all()
    assert rotate_all(steps, cipher=both, seen=ignored).rotated == 0
    with database.read_session() as session:
        assert session.execute(names).scalars().all() == before


@pytest.mark.parametrize("written", [1, 5, 20])
def test_killed_in_the_middle_it_goes_on_from_there(
    records: Records, database: Database, both: Cipher, newest: str, old_key: str, ignored: Seen, written: int
) -> None:
    pauses: list[float] = []

    def kill(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == written:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_all(Steps(database, sleep=kill), cipher=both, seen=ignored)
    records.check(both)
    steps = Steps(database, sleep=lambda seconds: None)
    usage = key_usage(steps, cipher=both, seen=ignored)
    assert usage.rows[0] > 0
    assert usage.old > 0

    done = rotate_all(steps, cipher=both, seen=ignored)

    assert (done.rotated, done.is_whole) == (usage.old, True)
    records.check(alone(newest, old_key))


def test_killed_within_a_step_nothing_of_the_step_is_done(
    records: Records, steps: Steps, both: Cipher, newest: str, old_key: str, ignored: Seen, monkeypatch: Any
) -> None:
    write, written = EncryptedTable.write, []

    def kill(table: EncryptedTable, session: Any, **row: Any) -> None:
        written.append(row)
        if len(written) == 11:
            raise KeyboardInterrupt
        write(table, session, **row)

    monkeypatch.setattr(EncryptedTable, "write", kill)
    with pytest.raises(KeyboardInterrupt):
        rotate_all(steps, cipher=both, seen=ignored)
    assert key_usage(steps, cipher=both, seen=ignored).rows[0] == 8
    assert rotate_all(steps, cipher=both, seen=ignored).is_whole
    records.check(alone(newest, old_key))


def test_while_visitors_write_nothing_of_it_is_lost(
    records: Records, database: Database, both: Cipher, newest: str, old_key: str, ignored: Seen
) -> None:
    ended = threading.Event()
    last: dict[str, str] = {}

    def write() -> None:
        count = 0
        while not ended.is_set():
            for number, conversation_id in enumerate(records.ids):
                count += 1
                with database.session() as session:
                    records.save_state(session, both, conversation_id, f"state {count}")
                    records.submit(session, both, conversation_id, number, name=f"Maria{count}")
                last[conversation_id] = f"state {count}"
                ended.wait(0.002)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = rotate_all(Steps(database, sleep=briefly), cipher=both, seen=ignored)
    finally:
        ended.set()
        writer.join()
    assert done.is_whole
    assert last
    cipher = alone(newest, old_key)
    records.check(cipher)
    with database.read_session() as session:
        for conversation_id, text in last.items():
            state = find_dialogue_state(session, conversation_id=conversation_id)
            assert opened_state(state, cipher=cipher) == [{"said": text}]


def test_a_process_that_does_not_know_the_new_key_is_noticed(
    records: Records, database: Database, both: Cipher, old_key: str, ignored: Seen
) -> None:
    stale = Cipher([old_key])

    def write(seconds: float) -> None:
        with database.session() as session:
            records.save_state(session, stale, records.ids[0], "state of old")

    done = rotate_all(Steps(database, sleep=write), cipher=both, seen=ignored)
    assert not done.is_whole
    assert done.usage.old > 0


def test_a_row_that_somebody_has_is_left_for_the_next_round(
    records: Records, database: Database, both: Cipher, newest: str, old_key: str, ignored: Seen
) -> None:
    held = database.session()
    session = held.__enter__()
    session.execute(select(consultation_requests).limit(1).with_for_update()).one()
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        # By now everything else is done, or SQLite has said that the file is locked.
        if seconds >= 0.5 and not waited:
            held.__exit__(None, None, None)
            waited.append(seconds)

    done = rotate_all(Steps(database, sleep=sleep), cipher=both, seen=ignored)
    assert waited
    assert done.is_whole
    records.check(alone(newest, old_key))


def test_what_no_key_opens_is_counted_and_left(records: Records, steps: Steps, both: Cipher, ignored: Seen) -> None:
    with records.database.session() as session:
        records.save_state(session, Cipher([new_key()]), records.ids[0], "state of nobody")
    total = count_rows(steps)
    done = rotate_all(steps, cipher=both, seen=ignored)
    assert not done.is_whole
    assert done.usage.unreadable_in == ("dialogue_states",)
    assert done.usage.rows == {0: total - 1, None: 1}
