"""Numbers and names are found under a new index key, and who has stopped texts stays so."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update

from candidacy.keys.errors import KeysError
from candidacy.keys.reindexing import count_indexed, index_usage, reindex_all
from candidacy.keys.steps import Steps
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.keys import reindexing
from candidacy.records.keys.index_key import IndexKey
from candidacy.records.keys.reindexing import WrongIndexKey, require_right_index_key
from candidacy.records.sms.inbox import take_text, waiting_texts
from candidacy.records.sms.tables import texters
from candidacy.records.sms.texters import find_texter, sender_key_of, stop_texts
from candidacy.records.tables import conversations
from tests.unit.keys.conftest import CONVERSATIONS, NOW, Records, new_key, phone

Seen = Callable[[int], None]


@pytest.fixture(autouse=True)
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexing, "STEP_ROWS", 4)


@pytest.fixture
def first(old_key: str) -> IndexKey:
    """The index key that the records begin with."""
    return IndexKey.derived_from(old_key)


@pytest.fixture
def newest() -> IndexKey:
    """The index key that is put in front."""
    return IndexKey.generate()


@pytest.fixture
def both(old_key: str, first: IndexKey, newest: IndexKey) -> Cipher:
    """What running processes have while the index key is replaced."""
    return Cipher([old_key], [newest, first])


def do(database: Database, query: Callable[..., Any], **options: Any) -> Any:
    with database.session() as session:
        return query(session, **options)


def test_after_it_the_old_index_key_can_be_taken_away(
    records: Records, steps: Steps, both: Cipher, old_key: str, newest: IndexKey, ignored: Seen
) -> None:
    records.check(both)
    before = index_usage(steps, cipher=both, seen=ignored)
    assert (before.rows, before.old, before.kept) == ({1: 2 * CONVERSATIONS}, 2 * CONVERSATIONS, 0)
    assert count_indexed(steps) == 2 * CONVERSATIONS

    done = reindex_all(steps, cipher=both, seen=ignored)

    assert (done.reindexed, done.is_whole) == (2 * CONVERSATIONS, True)
    assert index_usage(steps, cipher=both, seen=ignored).rows == {0: 2 * CONVERSATIONS}
    records.check(Cipher([old_key], [newest]))
    assert reindex_all(steps, cipher=both, seen=ignored).reindexed == 0


@pytest.mark.parametrize("written", [1, 4, 7])
def test_killed_in_the_middle_everything_is_found_and_it_goes_on_from_there(
    records: Records, database: Database, both: Cipher, old_key: str, newest: IndexKey, ignored: Seen, written: int
) -> None:
    pauses: list[float] = []

    def kill(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == written:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex_all(Steps(database, sleep=kill), cipher=both, seen=ignored)
    records.check(both)
    assert reindex_all(Steps(database, sleep=lambda seconds: None), cipher=both, seen=ignored).is_whole
    records.check(Cipher([old_key], [newest]))


def test_while_visitors_write_and_text_nothing_of_it_is_lost(
    records: Records, database: Database, both: Cipher, old_key: str, newest: IndexKey, ignored: Seen
) -> None:
    ended = threading.Event()
    texted: list[int] = []

    def write() -> None:
        while not ended.is_set():
            for number, conversation_id in enumerate(records.ids):
                do(database, records.submit, cipher=both, conversation_id=conversation_id, number=number, name="Eva")
                sid = f"SM again {len(texted)}"
                do(database, records.text, cipher=both, number=phone(number), sid=sid)
                texted.append(number)
                ended.wait(0.002)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = reindex_all(Steps(database, sleep=lambda seconds: time.sleep(seconds / 10)), cipher=both, seen=ignored)
    finally:
        ended.set()
        writer.join()
    assert done.is_whole
    records.check(Cipher([old_key], [newest]))
    with database.read_session() as session:
        count = select(func.count(), func.sum(texters.c.messages_received)).select_from(texters)
        assert session.execute(count).one() == (CONVERSATIONS, CONVERSATIONS + len(texted))


def test_who_texts_keeps_the_conversation_and_what_waits(
    records: Records, database: Database, steps: Steps, both: Cipher, old_key: str, newest: IndexKey, ignored: Seen
) -> None:
    with database.read_session() as session:
        waiting = {text.message_sid for text in waiting_texts(session)}
    reindex_all(steps, cipher=both, seen=ignored)
    alone = Cipher([old_key], [newest])
    with database.session() as session:
        assert {text.message_sid for text in waiting_texts(session)} == waiting
        assert all(take_text(session, text_id=text.id) for text in waiting_texts(session))
        key = sender_key_of(phone(3), cipher=alone)
        assert find_texter(session, sender_key=key).conversation_id == records.ids[3]
        named = select(conversations.c.texter_key).where(conversations.c.id == records.ids[3])
        assert session.execute(named).scalar_one() == key


def test_who_stopped_and_was_deleted_is_known_by_the_old_key_alone_and_stays_stopped(
    records: Records, database: Database, steps: Steps, both: Cipher, first: IndexKey, old_key: str, ignored: Seen
) -> None:
    key = sender_key_of(phone(3), cipher=Cipher([old_key], [first]))
    do(database, stop_texts, sender_key=key, now=NOW)
    with database.session() as session:
        session.execute(update(texters).where(texters.c.sender_key == key).values(number_encrypted=None))

    done = reindex_all(steps, cipher=both, seen=ignored)

    assert done.is_whole
    assert done.usage.kept == 1
    do(database, records.text, cipher=both, number=phone(3), sid="SM again")
    with database.read_session() as session:
        assert find_texter(session, sender_key=key).stopped
        count = select(func.count()).select_from(texters)
        assert session.execute(count).scalar_one() == CONVERSATIONS


def test_who_is_known_under_both_keys_becomes_one_and_stays_stopped(
    records: Records, database: Database, steps: Steps, both: Cipher, old_key: str, newest: IndexKey, ignored: Seen
) -> None:
    do(database, stop_texts, sender_key=sender_key_of(phone(3), cipher=Cipher([old_key])), now=NOW)
    alone = Cipher([old_key], [newest])
    do(database, records.text, cipher=alone, number=phone(3), sid="SM of a process that knew the new key alone")

    assert reindex_all(steps, cipher=both, seen=ignored).is_whole

    with database.read_session() as session:
        assert find_texter(session, sender_key=sender_key_of(phone(3), cipher=alone)).stopped
        assert session.execute(select(func.count()).select_from(texters)).scalar_one() == CONVERSATIONS


def test_a_lost_index_key_is_noticed_and_mended(
    records: Records, steps: Steps, database: Database, old_key: str, first: IndexKey, newest: IndexKey, ignored: Seen
) -> None:
    lost = Cipher([old_key], [newest])
    with database.read_session() as session:
        require_right_index_key(session, cipher=Cipher([old_key], [first]))
        with pytest.raises(WrongIndexKey):
            require_right_index_key(session, cipher=lost)
    assert index_usage(steps, cipher=lost, seen=ignored).rows == {None: 2 * CONVERSATIONS}
    assert reindex_all(steps, cipher=lost, seen=ignored).is_whole
    records.check(lost)
    with database.read_session() as session:
        require_right_index_key(session, cipher=lost)


def test_without_the_encryption_key_nothing_can_be_indexed(
    records: Records, steps: Steps, newest: IndexKey, ignored: Seen
) -> None:
    with pytest.raises(KeysError, match="none of the encryption keys opens"):
        reindex_all(steps, cipher=Cipher([new_key()], [newest]), seen=ignored)
