"""The words of a requester's name as keyed fingerprints, so that a name is found without being readable."""

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from candidacy.casework.search_words import words_in
from candidacy.records.console.tables import request_name_words
from candidacy.records.encryption import Cipher
from candidacy.records.tables import consultation_requests

BATCH = 100
"""How many names are read in one transaction."""


def name_indexes(cipher: Cipher, name: str) -> list[str]:
    """The fingerprints of a name's words, each once: to be stored."""
    return searched_indexes(cipher, name)[0]


def searched_indexes(cipher: Cipher, name: str) -> list[list[str]]:
    """The fingerprints of a name's words under each index key, newest first: a name's words are all under one."""
    of_words = [cipher.blind_indexes(f"name:{word}") for word in dict.fromkeys(words_in(name))]
    return [list(indexes) for indexes in zip(*of_words, strict=True)] or [[]]


def replace_name_words(session: Session, *, cipher: Cipher, conversation_id: str, name: str) -> None:
    """Make the request's present name the one it is found by."""
    session.execute(delete(request_name_words).where(request_name_words.c.conversation_id == conversation_id))
    rows = [{"conversation_id": conversation_id, "word_index": index} for index in name_indexes(cipher, name)]
    if rows:
        session.execute(insert(request_name_words), rows)


def index_names_from_before(session: Session, *, cipher: Cipher) -> bool:
    """Make the names of requests found that were stored before there was this index, `BATCH` at a time.

    Returns:
        Whether there may be more. A name without a single word in it is never found, and is none of them.

    Raises:
        EncryptionKeyError: no key opens a name.
    """
    request = consultation_requests.c
    is_indexed = exists().where(request_name_words.c.conversation_id == request.conversation_id)
    rows = session.execute(
        select(request.conversation_id, request.name_encrypted).where(~is_indexed).limit(BATCH)
    ).all()
    names = {row.conversation_id: cipher.decrypt(row.name_encrypted) for row in rows}
    for conversation_id, name in names.items():
        replace_name_words(session, cipher=cipher, conversation_id=conversation_id, name=name)
    return len(rows) == BATCH and any(name_indexes(cipher, name) for name in names.values())
