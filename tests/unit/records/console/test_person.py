"""A person is all conversations of one number, and is deleted as what was shown, or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from candidacy.records.audit import audit_page
from candidacy.records.console.erasing import erase_person
from candidacy.records.console.legal_holds import place_hold
from candidacy.records.console.person import PersonChanged, erase_whole_person, persons_conversations
from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.conversation_lock import ConversationUnknown
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import ConversationHeld
from candidacy.records.tables import conversations
from tests.unit.records.console.conftest import ANN, Clinic

Ask = Callable[..., Any]
KEY = b"k" * 32
PHONE, OTHER = "+16465550123", "+16465550124"


@pytest.fixture
def asking(clinic: Clinic, do: Ask, cipher: Cipher) -> Ask:
    """Begin a conversation whose request gives a number."""

    def begin(phone: str = PHONE) -> str:
        conversation = clinic.begin()
        do(
            submit_request,
            cipher=cipher,
            conversation_id=conversation,
            details=RequestDetails(name="Zoe", phone_e164=phone, method="call", time="any"),
            consent_wording_version="1",
            now=clinic.now,
        )
        return conversation

    return begin


@pytest.fixture
def erase(clinic: Clinic, do: Ask, cipher: Cipher) -> Ask:
    """Delete the person of a conversation, of whom so many conversations were shown."""

    def run(conversation: str, *, count: int) -> Any:
        return do(
            erase_whole_person,
            cipher=cipher,
            conversation_id=conversation,
            count=count,
            actor="ann",
            staff_id=ANN,
            reason="asked by letter",
            audit_key=KEY,
            now=clinic.now,
        )

    return run


@pytest.fixture
def left(ask: Ask) -> Callable[[], set[str]]:
    """The conversations that are not erased."""

    def read(session: Any) -> set[str]:
        return set(session.execute(select(conversations.c.id).where(conversations.c.erased_at.is_(None))).scalars())

    return lambda: ask(read)


def test_without_a_request_it_is_the_conversation_alone(clinic: Clinic, ask: Ask, cipher: Cipher, asking: Ask) -> None:
    asking()
    conversation = clinic.begin()
    assert ask(persons_conversations, cipher=cipher, conversation_id=conversation) == [conversation]


def test_it_is_every_conversation_of_the_number_and_of_no_other(
    clinic: Clinic, ask: Ask, cipher: Cipher, asking: Ask
) -> None:
    first, second, _ = asking(), asking(), asking(OTHER)
    texting = clinic.begin(channel="sms")
    clinic.text(PHONE, texting, cipher=cipher)
    found = ask(persons_conversations, cipher=cipher, conversation_id=second)
    assert found[0] == second
    assert sorted(found) == sorted([first, second, texting])


def test_what_was_deleted_before_does_not_count(clinic: Clinic, do: Ask, ask: Ask, cipher: Cipher, asking: Ask) -> None:
    first, second = asking(), asking()
    common = {"actor": "ann", "staff_id": ANN, "reason": "asked", "audit_key": KEY, "now": clinic.now}
    do(erase_person, conversation_ids=[first], **common)
    assert ask(persons_conversations, cipher=cipher, conversation_id=second) == [second]


def test_the_person_goes_with_an_entry_for_each_conversation(
    ask: Ask, erase: Ask, asking: Ask, left: Callable[[], set[str]]
) -> None:
    first, second, other = asking(), asking(), asking(OTHER)
    assert list(erase(second, count=2)) == [second, first]
    assert left() == {other}
    entries = ask(audit_page, limit=10)
    assert {(entry.subject, entry.actor, entry.reason) for entry in entries} == {
        (f"conversation/{conversation}", "ann", "asked by letter") for conversation in (first, second)
    }


@pytest.mark.parametrize("count", [1, 3])
def test_when_there_are_other_conversations_than_were_shown_nothing_goes(
    ask: Ask, erase: Ask, asking: Ask, left: Callable[[], set[str]], count: int
) -> None:
    first, second = asking(), asking()
    with pytest.raises(PersonChanged):
        erase(first, count=count)
    assert left() == {first, second}
    assert ask(audit_page, limit=10) == []


def test_a_hold_on_one_of_them_keeps_them_all(
    clinic: Clinic, do: Ask, erase: Ask, cipher: Cipher, asking: Ask, left: Callable[[], set[str]]
) -> None:
    first, second = asking(), asking()
    do(place_hold, cipher=cipher, conversation_id=second, staff_id=ANN, reason="a lawsuit", now=clinic.now)
    with pytest.raises(ConversationHeld):
        erase(first, count=2)
    assert left() == {first, second}


def test_there_is_no_person_without_a_conversation(erase: Ask) -> None:
    with pytest.raises(ConversationUnknown):
        erase("nowhere", count=1)
