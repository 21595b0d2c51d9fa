"""Lists leave as CSV and a conversation to be printed: for a reason, and marked with who took it and when."""

import csv
import io
from typing import Any

import pytest

from candidacy.assistant.reply import Reply
from candidacy.console import lists
from tests.unit.console.test_html import check
from tests.unit.console.visitors import NAME, PHONE, Visitors
from tests.unit.records.console.conftest import Clinic

WHY = "weekly report"


@pytest.fixture
def conversation(database: Any, clock: Any, cipher: Any) -> str:
    clinic = Clinic(database=database, now=clock())
    conversation = Visitors(clinic, cipher).ask_for_consultation()
    clinic.turn(conversation, "what <b>types</b>?", Reply(text="Two.", kind="answer", topic="faq/types"))
    return conversation


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text)))


@pytest.mark.parametrize("name", list(lists.LISTS))
def test_a_list_is_taken_out_with_a_mark(signed_in: Any, conversation: str, audit: Any, name: str) -> None:
    answer = signed_in("reviewer").post("/exports", {"list": name, "reason": WHY})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}-2030-05-01.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    mark = rows_of(answer)[-1]
    assert (mark[0], mark[1], mark[3]) == ("exported", "Ann Reviewer (reviewer)", WHY)
    entry = audit()[-1]
    assert (entry.action, entry.reason, entry.detail["list"]) == ("list.export", WHY, name)
    assert entry.detail["rows"] == len(rows_of(answer)) - 2


def test_what_the_lists_hold(signed_in: Any, conversation: str) -> None:
    reviewer = signed_in("reviewer")
    header, row, _ = rows_of(reviewer.post("/exports", {"list": "conversations", "reason": WHY}))
    assert (header[0], row[0], row[1]) == ("id", conversation, "web")
    assert "types" not in " ".join(row)
    called = rows_of(reviewer.post("/exports", {"list": "call-backs", "reason": WHY}))[1]
    assert called[3:5] == [NAME, f"'{PHONE}"], "no spreadsheet takes the number for a formula"
    assert ["Topics asked about", "faq/types", "1"] in rows_of(
        reviewer.post("/exports", {"list": "numbers", "reason": WHY})
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"list": "secrets", "reason": WHY}, "The list must be one of"),
        ({"list": "numbers", "reason": ""}, "Say why"),
        ({"list": "numbers", "reason": WHY, "begun_from": "x"}, "must be a date like"),
        ({"list": "numbers", "reason": WHY, "begun_from": "2030-05-02", "begun_to": "2030-05-01"}, "must not be after"),
    ],
)
def test_a_mistake_is_said_and_nothing_leaves(signed_in: Any, audit: Any, fields: dict[str, str], said: str) -> None:
    page = signed_in("reviewer").post("/exports", fields)
    assert page.status_code == 422
    check(page.text)
    assert said in page.text
    assert audit()[-1].action == "staff.sign_in"


def test_a_list_that_is_too_long_is_refused_whole(
    signed_in: Any, conversation: str, database: Any, clock: Any, monkeypatch: Any
) -> None:
    reviewer = signed_in("reviewer")
    Clinic(database=database, now=clock()).begin()
    monkeypatch.setattr(lists, "MOST_ROWS", 1)
    page = reviewer.post("/exports", {"list": "conversations", "reason": WHY})
    assert page.status_code == 422
    assert "Choose fewer days" in page.text


def test_the_page_of_lists(signed_in: Any) -> None:
    page = signed_in("administrator").get("/exports").text
    check(page)
    assert "2030-04-04" in page


def test_a_conversation_is_printed_for_a_reason(signed_in: Any, conversation: str, audit: Any) -> None:
    reviewer, path = signed_in("reviewer"), f"/conversations/{conversation}/print"
    check(reviewer.get(path).text)
    refused = reviewer.post(path, {"reason": ""})
    assert refused.status_code == 422
    check(refused.text)
    assert audit()[-1].action == "staff.sign_in"
    page = reviewer.post(path, {"reason": WHY}).text
    check(page)
    for shown in ("what &lt;b&gt;types", "Two.", NAME, PHONE, "Ann Reviewer (reviewer)", WHY, "May 1, 2030"):
        assert shown in page
    entry = audit()[-1]
    assert (entry.action, entry.subject, entry.reason) == ("conversation.print", f"conversation/{conversation}", WHY)


def test_a_long_conversation_is_printed_whole(signed_in: Any, database: Any, clock: Any) -> None:
    clinic = Clinic(database=database, now=clock())
    conversation = clinic.begin()
    for number in range(401):
        clinic.write(conversation, f"message {number}.")
    page = signed_in("reviewer").post(f"/conversations/{conversation}/print", {"reason": WHY}).text
    assert "message 0." in page
    assert "message 400." in page


def test_what_is_not_there_is_not_found(signed_in: Any) -> None:
    reviewer = signed_in("reviewer")
    assert reviewer.get("/conversations/nowhere/print").status_code == 404
    assert reviewer.post("/conversations/nowhere/print", {"reason": WHY}).status_code == 404


@pytest.mark.parametrize("role", ["reader", "agent"])
def test_who_may_not(signed_in: Any, conversation: str, audit: Any, role: str) -> None:
    browser, path = signed_in(role), f"/conversations/{conversation}/print"
    for answer in (
        browser.get("/exports"),
        browser.post("/exports", {"list": "call-backs", "reason": WHY}),
        browser.get(path),
        browser.post(path, {"reason": WHY}),
    ):
        assert answer.status_code == 403
        assert NAME not in answer.text
        assert audit()[-1].outcome == "refused"
