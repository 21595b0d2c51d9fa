"""The index made anew under the newest index key, in small steps beside running processes.

It is made from what is encrypted beside it. Of somebody who stopped texts and had their data deleted nothing is left
but the old fingerprint: it stays under the key that it was made with, which must then be kept.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from candidacy.records.console.name_words import name_indexes, replace_name_words
from candidacy.records.console.tables import request_name_words
from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.encryption import Cipher
from candidacy.records.sms.tables import incoming_texts, texters
from candidacy.records.sms.texters import sender_keys_of
from candidacy.records.tables import consultation_requests, conversations

STEP_ROWS = 50
"""How many rows are looked at, and indexed anew at most, in one transaction."""

NO_KEY = None
"""In place of an index key where none made a fingerprint."""


@dataclass(frozen=True)
class Indexed:
    """What some rows are indexed with.

    Attributes:
        rows: how many were looked at.
        by_key: how many are under which index key, by its place (0 is the newest), or `NO_KEY`.
        old: the rows that are to be indexed anew.
        kept: how many are known by a fingerprint alone.
        end: where the next look goes on; None where this was the last.
    """

    rows: int
    by_key: Counter[int | None]
    old: tuple[Any, ...]
    kept: int
    end: Any


@dataclass(frozen=True)
class IndexedTable:
    """A table with fingerprints: how it is looked at, and how one of its rows is indexed anew.

    `reindex` returns False where another transaction has the row, which is not waited for.
    """

    name: str
    count: Callable[[Session], int]
    look: Callable[..., Indexed]
    reindex: Callable[..., bool]


def _count(table: Any) -> Callable[[Session], int]:
    return lambda session: int(session.execute(select(func.count()).select_from(table)).scalar_one())


def look_at_requests(session: Session, *, cipher: Cipher, after: int | None) -> Indexed:
    """Look at the next requests; raises EncryptionKeyError where no key opens one's number or name."""
    columns = consultation_requests.c
    rows = session.execute(
        select(
            columns.id, columns.conversation_id, columns.phone_encrypted, columns.phone_index, columns.name_encrypted
        )
        .where(columns.id > (after or 0))
        .order_by(columns.id)
        .limit(STEP_ROWS)
    ).all()
    words = _name_words(session, [row.conversation_id for row in rows])
    by_key: Counter[int | None] = Counter()
    old = []
    for row in rows:
        key = _place(row.phone_index, cipher.blind_indexes(cipher.decrypt(row.phone_encrypted)))
        by_key[key] += 1
        names = set(name_indexes(cipher, cipher.decrypt(row.name_encrypted)))
        if key != 0 or words.get(row.conversation_id, set()) != names:
            old.append(row.id)
    end = rows[-1].id if len(rows) == STEP_ROWS else None
    return Indexed(rows=len(rows), by_key=by_key, old=tuple(old), kept=0, end=end)


def reindex_request(session: Session, *, cipher: Cipher, row: int) -> bool:
    """Have one request found by its number and its name under the newest index key."""
    columns = consultation_requests.c
    of_request = conversations.c.id.in_(select(columns.conversation_id).where(columns.id == row))
    # As everybody does first who writes a request.
    if not _lock_all(session, conversations.c.id, of_request):
        return False
    request = session.execute(
        select(columns.conversation_id, columns.phone_encrypted, columns.name_encrypted)
        .where(columns.id == row)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if request is None:
        return False
    index = cipher.blind_index(cipher.decrypt(request.phone_encrypted))
    session.execute(update(consultation_requests).where(columns.id == row).values(phone_index=index))
    name = cipher.decrypt(request.name_encrypted)
    replace_name_words(session, cipher=cipher, conversation_id=request.conversation_id, name=name)
    return True


def look_at_texters(session: Session, *, cipher: Cipher, after: str | None) -> Indexed:
    """Look at the next of those who text; raises EncryptionKeyError where no key opens one's number."""
    rows = session.execute(
        select(texters.c.sender_key, texters.c.number_encrypted)
        .where(texters.c.sender_key > (after or ""))
        .order_by(texters.c.sender_key)
        .limit(STEP_ROWS)
    ).all()
    by_key: Counter[int | None] = Counter()
    old = []
    kept = 0
    for row in rows:
        if row.number_encrypted is None:
            kept += 1
            continue
        key = _place(row.sender_key, sender_keys_of(cipher.decrypt(row.number_encrypted), cipher=cipher))
        by_key[key] += 1
        if key != 0:
            old.append(row.sender_key)
    end = rows[-1].sender_key if len(rows) == STEP_ROWS else None
    return Indexed(rows=len(rows), by_key=by_key, old=tuple(old), kept=kept, end=end)


def reindex_texter(session: Session, *, cipher: Cipher, row: str) -> bool:
    """Have somebody who texts known under the newest index key, wherever they are named.

    Their conversations and waiting texts are taken first, and nothing is waited for: others take them in another order.
    """
    if not _lock_all(session, conversations.c.id, conversations.c.texter_key == row):
        return False
    if not _lock_all(session, incoming_texts.c.id, incoming_texts.c.sender_key == row):
        return False
    texter = session.execute(
        select(texters).where(texters.c.sender_key == row).with_for_update(skip_locked=True)
    ).one_or_none()
    if texter is None or texter.number_encrypted is None:
        return False
    number = cipher.decrypt(texter.number_encrypted)
    new_key = sender_keys_of(number, cipher=cipher)[0]
    # Blocks of numbers are compared within an hour alone, and are left as they are.
    values = {**texter._mapping, "sender_key": new_key}
    insertion = dialect_insert(session, texters).values(**values)
    session.execute(
        insertion.on_conflict_do_update(
            index_elements=["sender_key"],
            # Whatever else is so, who has stopped texts stays so.
            set_={"stopped_at": func.coalesce(texters.c.stopped_at, insertion.excluded.stopped_at)},
        )
    )
    session.execute(update(conversations).where(conversations.c.texter_key == row).values(texter_key=new_key))
    session.execute(update(incoming_texts).where(incoming_texts.c.sender_key == row).values(sender_key=new_key))
    session.execute(delete(texters).where(texters.c.sender_key == row))
    return True


INDEXED_TABLES = (
    IndexedTable(
        name=consultation_requests.name,
        count=_count(consultation_requests),
        look=look_at_requests,
        reindex=reindex_request,
    ),
    IndexedTable(name=texters.name, count=_count(texters), look=look_at_texters, reindex=reindex_texter),
)
"""Every table that is found by fingerprints of what it encrypts. Names' words stand beside the requests."""


class WrongIndexKey(Exception):
    """None of the index keys made the index of what is stored."""


def require_right_index_key(session: Session, *, cipher: Cipher) -> None:
    """Check that the newest request and texter are found with the keys; raises WrongIndexKey, or EncryptionKeyError."""
    request = session.execute(
        select(consultation_requests.c.phone_index, consultation_requests.c.phone_encrypted)
        .order_by(consultation_requests.c.id.desc())
        .limit(1)
    ).one_or_none()
    texter = session.execute(
        select(texters.c.sender_key, texters.c.number_encrypted)
        .where(texters.c.number_encrypted.is_not(None))
        .order_by(texters.c.first_seen_at.desc())
        .limit(1)
    ).one_or_none()
    if request is not None and request.phone_index not in cipher.blind_indexes(cipher.decrypt(request.phone_encrypted)):
        raise WrongIndexKey("the newest request is not found by its number")
    if texter is not None:
        number = cipher.decrypt(texter.number_encrypted)
        if texter.sender_key not in sender_keys_of(number, cipher=cipher):
            raise WrongIndexKey("the newest number that texted is not known")


def _place(stored: str, made: tuple[str, ...]) -> int | None:
    return made.index(stored) if stored in made else NO_KEY


def _name_words(session: Session, conversation_ids: list[str]) -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    columns = request_name_words.c
    for row in session.execute(select(request_name_words).where(columns.conversation_id.in_(conversation_ids))):
        words.setdefault(row.conversation_id, set()).add(row.word_index)
    return words


def _lock_all(session: Session, column: Any, condition: Any) -> bool:
    """Take rows until the transaction ends; False where another transaction has one of them."""
    wanted = set(session.execute(select(column).where(condition)).scalars())
    taken = session.execute(select(column).where(condition).with_for_update(skip_locked=True)).scalars()
    return set(taken) == wanted
