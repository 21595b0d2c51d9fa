"""Notes stay among staff."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from candidacy.records.console.notes import add_note, notes_of
from candidacy.records.console.tables import notes
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.messages import messages_after
from candidacy.records.news import read_news
from candidacy.records.tables import conversations
from tests.unit.records.console.conftest import ANN, BEN, Clinic

Ask = Callable[..., Any]
CANARY = "husband must not know"


def test_staff_read_them_in_order(clinic: Clinic, do: Ask, ask: Ask, cipher: Cipher) -> None:
    conversation = clinic.begin()
    for staff, text in ((ANN, CANARY), (BEN, " called twice ")):
        do(add_note, cipher=cipher, conversation_id=conversation, staff_id=staff, text=text, now=clinic.now)
    found = ask(notes_of, cipher=cipher, conversation_id=conversation)
    assert [(note.author, note.text) for note in found] == [("Ann", CANARY), ("Ben", "called twice")]


def test_nothing_of_them_reaches_the_visitor_or_the_database_readably(
    clinic: Clinic, do: Ask, ask: Ask, cipher: Cipher, database: Database
) -> None:
    conversation = clinic.begin()
    before = ask(lambda session: session.execute(select(conversations)).one())
    do(add_note, cipher=cipher, conversation_id=conversation, staff_id=ANN, text=CANARY, now=clinic.now)

    assert ask(messages_after, conversation_id=conversation) == []
    assert ask(read_news, conversation_id=conversation, position=0).messages == []
    with database.read_session() as session:
        assert session.execute(select(conversations)).one() == before
        stored = session.execute(select(notes.c.text_encrypted)).scalar_one()
    assert CANARY.encode() not in bytes(stored)
    assert CANARY not in json.dumps([str(value) for value in before])


def test_an_empty_note_is_refused(clinic: Clinic, do: Ask, cipher: Cipher) -> None:
    with pytest.raises(ValueError, match="must say something"):
        do(add_note, cipher=cipher, conversation_id=clinic.begin(), staff_id=ANN, text=" ", now=clinic.now)
