"""The words of a requester's name as keyed fingerprints, so that a name is found without being readable."""

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from candidacy.casework.search_words import words_in
from candidacy.records.console.tables import request_name_words
from candidacy.records.encryption import Cipher


def name_indexes(cipher: Cipher, name: str) -> list[str]:
    """The fingerprints of a name's words, each once."""
    return [cipher.blind_index(f"name:{word}") for word in dict.fromkeys(words_in(name))]


def replace_name_words(session: Session, *, cipher: Cipher, conversation_id: str, name: str) -> None:
    """Make the request's present name the one it is found by."""
    session.execute(delete(request_name_words).where(request_name_words.c.conversation_id == conversation_id))
    rows = [{"conversation_id": conversation_id, "word_index": index} for index in name_indexes(cipher, name)]
    if rows:
        session.execute(insert(request_name_words), rows)
