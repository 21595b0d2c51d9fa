"""One's own account: what changes needs password and code again."""

import re
from typing import Any

import pytest

NEW = "seven window cactus lamp"


def change(person: Any, **fields: str) -> dict[str, str]:
    return {
        "password": NEW,
        "repeated": NEW,
        "present_password": person.password,
        "code": person.code(),
        **fields,
    }


def test_it_says_who_one_is_and_what_one_may(signed_in: Any) -> None:
    page = signed_in("reader").get("/account").text
    assert "read and search conversations" in page
    assert "manage the accounts of staff" not in page
    assert "<dd>10</dd>" in page


def test_a_new_password_ends_every_other_session(hire: Any, signed_in: Any, new_browser: Any, clock: Any) -> None:
    person = hire("agent")
    browser, other = signed_in(person=person), signed_in(person=person)
    done = browser.post("/account/password", change(person))
    assert "The password is changed" in done.text
    assert browser.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    clock.advance(seconds=30)
    assert new_browser().post("/sign-in", person.proof()).status_code == 401
    assert new_browser().post("/sign-in", {**person.proof(), "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "short", "repeated": "short"}, "at least 12 characters"),
        ({"repeated": "other"}, "not the same"),
        ({"present_password": "wrong"}, "present password or the code is not right"),
        ({"code": "000000"}, "present password or the code is not right"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    hire: Any, signed_in: Any, new_browser: Any, clock: Any, wrong: dict[str, str], said: str
) -> None:
    person = hire("agent")
    refused = signed_in(person=person).post("/account/password", change(person, **wrong))
    assert refused.status_code == 422
    assert said in refused.text
    clock.advance(seconds=30)
    assert new_browser().post("/sign-in", person.proof()).status_code == 303


def test_a_stolen_session_cannot_try_passwords(hire: Any, signed_in: Any, audit: Any) -> None:
    person = hire("agent")
    browser = signed_in(person=person)
    for _ in range(6):
        refused = browser.post("/account/password", change(person, present_password="guess"))
    assert "Too many attempts failed" in refused.text
    assert {entry.outcome for entry in audit()[1:]} == {"refused"}


def test_new_recovery_codes_replace_the_old(hire: Any, signed_in: Any, new_browser: Any, clock: Any) -> None:
    person = hire("agent")
    browser = signed_in(person=person)
    shown = browser.post("/account/recovery-codes", change(person))
    codes = re.findall(r"<li><code>([\w-]+)</code></li>", shown.text)
    assert len(codes) == 10
    old = {**person.proof(), "code": person.recovery_codes[0]}
    assert new_browser().post("/sign-in/recovery", old).status_code == 401
    assert new_browser().post("/sign-in/recovery", {**old, "code": codes[0]}).status_code == 303
    assert "<dd>9</dd>" in browser.get("/account").text
