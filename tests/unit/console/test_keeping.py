"""Administrators hold a conversation against deletion, and delete a person with a reason and a typed confirmation."""

from typing import Any

import pytest

from candidacy.records.console.transcript import conversation_header
from tests.unit.console.test_html import check
from tests.unit.console.visitors import NAME, Visitors
from tests.unit.records.console.conftest import Clinic

WHY = "asked for it by letter"


@pytest.fixture
def conversations(database: Any, clock: Any, cipher: Any) -> tuple[str, str]:
    """Two of one person."""
    visitors = Visitors(Clinic(database=database, now=clock()), cipher)
    return visitors.ask_for_consultation(), visitors.ask_for_consultation()


@pytest.fixture
def erased(database: Any) -> Any:
    def read(conversation: str) -> bool:
        with database.read_session() as session:
            header = conversation_header(session, conversation_id=conversation)
        assert header
        return header.erased_at is not None

    return read


def test_the_page_says_what_would_go(signed_in: Any, conversations: tuple[str, str], audit: Any) -> None:
    page = signed_in("administrator").get(f"/conversations/{conversations[0]}/keeping").text
    check(page)
    assert "delete 2 conversations" in page
    assert conversations[1] in page
    assert NAME not in page
    assert (audit()[-1].action, audit()[-1].subject) == ("keeping.view", f"conversation/{conversations[0]}")


def test_the_conversation_leads_there(signed_in: Any, conversations: tuple[str, str]) -> None:
    path = f"/conversations/{conversations[0]}"
    page, other = (signed_in(role).get(path).text for role in ("administrator", "agent"))
    for further in ("keeping", "print"):
        assert f'href="{path}/{further}"' in page
        assert f'href="{path}/{further}"' not in other


def test_a_person_is_deleted_everywhere_and_the_audit_keeps_that(
    signed_in: Any, conversations: tuple[str, str], audit: Any, erased: Any
) -> None:
    admin, path = signed_in("administrator"), f"/conversations/{conversations[0]}/keeping"
    answer = admin.post(f"{path}/erasure", {"reason": WHY, "confirmation": " Delete 2  conversations"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/inbox")
    assert [erased(each) for each in conversations] == [True, True]
    entries = [(entry.action, entry.subject, entry.reason, entry.detail) for entry in audit()[-3:]]
    assert entries == [
        *(("conversation.erased", f"conversation/{each}", WHY, None) for each in conversations),
        ("person.erase", f"conversation/{conversations[0]}", WHY, {"conversations": 2}),
    ]
    assert admin.get(path).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "", "confirmation": "delete 2 conversations"}, "Say why"),
        ({"reason": WHY, "confirmation": "delete 1 conversation"}, "To confirm, type: delete 2 conversations"),
        ({"reason": WHY}, "Nothing was deleted"),
    ],
)
def test_without_a_reason_or_the_right_words_nothing_goes(
    signed_in: Any, conversations: tuple[str, str], audit: Any, erased: Any, fields: dict[str, str], said: str
) -> None:
    page = signed_in("administrator").post(f"/conversations/{conversations[0]}/keeping/erasure", fields)
    assert page.status_code == 422
    check(page.text)
    assert said in page.text
    assert not erased(conversations[0])
    assert audit()[-1].action == "staff.sign_in"


def test_a_hold_on_any_of_them_stops_it_until_it_is_lifted(
    signed_in: Any, conversations: tuple[str, str], audit: Any, erased: Any
) -> None:
    admin, (first, second) = signed_in("administrator"), conversations
    assert admin.post(f"/conversations/{second}/keeping/holds", {"reason": "a court asked"}).status_code == 303
    entry = audit()[-1]
    assert (entry.action, entry.subject, entry.detail) == ("hold.place", f"conversation/{second}", {"hold": 1})
    held = admin.get(f"/conversations/{second}/keeping").text
    check(held)
    assert "a court asked" in held
    assert "nothing can be deleted before it is lifted" in admin.get(f"/conversations/{first}/keeping").text
    confirmed = {"reason": WHY, "confirmation": "delete 2 conversations"}
    answer = admin.post(f"/conversations/{first}/keeping/erasure", confirmed)
    assert answer.status_code == 409
    assert "A legal hold is on the conversation" in answer.text
    assert (audit()[-1].action, audit()[-1].outcome) == ("person.erase", "refused")
    assert not erased(first)

    assert admin.post(f"/conversations/{first}/keeping/holds/1/lift", {"reason": "another one"}).status_code == 409
    assert admin.post(f"/conversations/{second}/keeping/holds/1/lift", {"reason": ""}).status_code == 422
    assert admin.post(f"/conversations/{second}/keeping/holds/1/lift", {"reason": "case closed"}).status_code == 303
    assert (audit()[-1].action, audit()[-1].reason) == ("hold.lift", "case closed")
    assert admin.post(f"/conversations/{second}/keeping/holds/1/lift", {"reason": "case closed"}).status_code == 409
    assert admin.post(f"/conversations/{first}/keeping/erasure", confirmed).status_code == 303


def test_a_hold_needs_a_reason(signed_in: Any, conversations: tuple[str, str]) -> None:
    page = signed_in("administrator").post(f"/conversations/{conversations[0]}/keeping/holds", {"reason": "x"})
    assert page.status_code == 422
    check(page.text)
    assert 'value="x"' in page.text


@pytest.mark.parametrize("role", ["reader", "agent", "reviewer"])
def test_nobody_else_may(signed_in: Any, conversations: tuple[str, str], audit: Any, erased: Any, role: str) -> None:
    browser, path = signed_in(role), f"/conversations/{conversations[0]}/keeping"
    confirmed = {"reason": WHY, "confirmation": "delete 2 conversations"}
    for answer in (
        browser.get(path),
        *(browser.post(f"{path}/{step}", confirmed) for step in ("holds", "holds/1/lift", "erasure")),
    ):
        assert answer.status_code == 403
    assert [entry.outcome for entry in audit()[-4:]] == ["refused"] * 4
    assert not erased(conversations[0])
