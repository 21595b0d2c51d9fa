"""The audit as administrators read it; that it was read is in it too."""

import re
from typing import Any


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<th scope="row">(\d+)</th>', page)]


def test_it_is_shown_newest_first_and_says_that_it_was_read(signed_in: Any, audit: Any) -> None:
    admin = signed_in("administrator")
    page = admin.get("/audit").text
    assert numbers(page) == [2, 1]
    assert "staff.sign_in" in page
    assert audit()[-1].action == "audit.view"


def test_older_entries_are_a_page_further(signed_in: Any) -> None:
    admin = signed_in("administrator")
    for _ in range(60):
        admin.get("/audit")
    page = admin.get("/audit").text
    assert numbers(page) == list(range(62, 12, -1))
    assert "/audit?before=13" in page
    assert numbers(admin.get("/audit?before=13").text) == list(range(12, 0, -1))


def test_it_is_narrowed_to_what_it_is_about(signed_in: Any, hire: Any) -> None:
    admin, agent = signed_in("administrator"), hire("agent")
    admin.post(f"/staff/{agent.account.id}/disable")
    page = admin.get(f"/audit?subject=staff/{agent.account.id}").text
    assert "staff.disable" in page
    assert "staff.sign_in" not in page


def test_what_cannot_be_a_number_is_as_none(signed_in: Any) -> None:
    admin = signed_in("administrator")
    for before in ("x", "-1", "", "9" * 30, "%C2%B2"):
        assert numbers(admin.get(f"/audit?before={before}").text)[-1] == 1


def test_nothing_in_an_entry_is_markup(signed_in: Any, browser: Any) -> None:
    admin = signed_in("administrator")
    page = admin.get("/audit?subject=<script>alert(1)</script>").text
    assert "<script>alert" not in page
