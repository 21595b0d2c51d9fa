"""Administrators manage accounts, but not their own, so that one of them always remains."""

import html
import re
from typing import Any

import pytest


def link_on(page: str) -> str:
    found = re.search(r'<code class="key">([^<]+/enrol\?link=[^<]+)</code>', page)
    assert found
    return html.unescape(found[1])


def test_an_account_is_added_and_its_link_shown_once(signed_in: Any, new_browser: Any, audit: Any) -> None:
    admin = signed_in("administrator")
    added = admin.post("/staff", {"full_name": " Bob  Ray ", "sign_in_name": "Bob", "role": "reviewer"})
    assert added.status_code == 200
    link = link_on(added.text)
    assert link.startswith("http://127.0.0.1:8001/enrol?link=")
    assert new_browser().get(link.removeprefix("http://127.0.0.1:8001")).status_code == 200
    page = admin.get("/staff").text
    assert "Bob Ray" in page
    assert "invited" in page
    assert link not in page
    assert (audit()[-1].action, audit()[-1].detail) == ("staff.add", {"role": "reviewer"})
    assert link.split("=")[1] not in repr([vars(entry) for entry in audit()])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sign_in_name": "a b"}, "The sign-in name must be"),
        ({"sign_in_name": ""}, "The sign-in name must be"),
        ({"full_name": " "}, "The full name must be"),
        ({"role": "owner"}, "The role must be one of"),
        ({"sign_in_name": "administrator"}, "There is an account of this name already"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    signed_in: Any, wrong: dict[str, str], said: str, audit: Any
) -> None:
    admin = signed_in("administrator")
    typed = {"full_name": "Bob <b>Ray</b>", "sign_in_name": "bob", "role": "reader", **wrong}
    refused = admin.post("/staff", typed)
    assert refused.status_code == 422
    assert said in refused.text
    assert html.escape(typed["full_name"]) in refused.text
    assert [entry.action for entry in audit()] == ["staff.sign_in"]


def test_an_account_is_reset_disabled_and_given_a_role(signed_in: Any, hire: Any, audit: Any) -> None:
    admin, agent = signed_in("administrator"), hire("agent")
    who = f"/staff/{agent.account.id}"
    assert admin.post(f"{who}/role", {"role": "reader"}).status_code == 303
    assert admin.post(f"{who}/disable").status_code == 303
    assert "disabled" in admin.get("/staff").text
    assert "link=" in link_on(admin.post(f"{who}/reset").text)
    assert [entry.action for entry in audit()[-3:]] == ["staff.change_role", "staff.disable", "staff.reset"]
    assert {entry.subject for entry in audit()[-3:]} == {f"staff/{agent.account.id}"}


@pytest.mark.parametrize(("act", "fields"), [("disable", {}), ("reset", {}), ("role", {"role": "reader"})])
def test_nobody_closes_their_own_account(signed_in: Any, hire: Any, act: str, fields: dict[str, str]) -> None:
    person = hire("administrator")
    admin = signed_in(person=person)
    refused = admin.post(f"/staff/{person.account.id}/{act}", fields)
    assert refused.status_code == 422
    assert "ask another administrator" in refused.text
    assert admin.get("/staff").status_code == 200


@pytest.mark.parametrize("act", ["reset", "disable", "role"])
def test_nobody_is_nobody(signed_in: Any, act: str) -> None:
    assert signed_in("administrator").post(f"/staff/99/{act}", {"role": "reader"}).status_code == 404


def test_a_role_that_is_none_is_refused(signed_in: Any, hire: Any) -> None:
    admin, agent = signed_in("administrator"), hire("agent")
    assert admin.post(f"/staff/{agent.account.id}/role", {"role": "owner"}).status_code == 422
