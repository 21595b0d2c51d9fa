"""Signing in: what opens the console, what does not, and that a refusal tells nobody which names there are."""

from collections.abc import Callable
from typing import Any

import pytest
from argon2 import PasswordHasher

from candidacy.console.access.passwords import Passwords
from candidacy.console.endpoints.sign_in import REFUSED
from candidacy.records.staff.credentials import find_credentials

WRONG_PASSWORD = {"password": "wrong password of mine"}
WRONG_CODE = {"code": "000000"}


def test_name_password_and_code_open_the_console(hire: Callable[..., Any], browser: Any, audit: Any) -> None:
    person = hire("agent")
    response = browser.post("/sign-in", person.proof())
    assert (response.status_code, response.headers["Location"]) == (303, "/")
    assert browser.get("/").headers["Location"] == "/inbox"
    page = browser.get("/account")
    assert page.status_code == 200
    assert "Ann Agent" in page.text
    (entry,) = audit()
    assert (entry.action, entry.actor, entry.outcome) == ("staff.sign_in", "agent", "done")


def test_the_name_is_taken_however_it_is_typed(hire: Callable[..., Any], browser: Any) -> None:
    person = hire("agent")
    assert browser.post("/sign-in", {**person.proof(), "name": " AGENT "}).status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        WRONG_PASSWORD,
        WRONG_CODE,
        {"name": "nobody"},
        {"name": ""},
        {"password": ""},
        {"code": ""},
        {"code": "ⅷ½٣"},
        {"password": "x" * 10_000},
    ],
    ids=lambda wrong: f"{next(iter(wrong))}={next(iter(wrong.values()))[:8]}",
)
def test_anything_wrong_is_refused_in_the_same_words(
    hire: Callable[..., Any], browser: Any, wrong: dict[str, str]
) -> None:
    person = hire("agent")
    response = browser.post("/sign-in", {**person.proof(), **wrong})
    assert response.status_code == 401
    assert REFUSED in response.text
    assert browser.get("/account").status_code == 303


def test_a_code_counts_once_and_none_before_it(hire: Callable[..., Any], new_browser: Any, clock: Any) -> None:
    person = hire("agent")
    earlier = person.proof()
    clock.advance(seconds=30)
    proof = person.proof()
    assert new_browser().post("/sign-in", proof).status_code == 303
    assert new_browser().post("/sign-in", proof).status_code == 401
    assert new_browser().post("/sign-in", earlier).status_code == 401


def test_the_code_of_setting_up_does_not_sign_in(hire: Callable[..., Any], browser: Any, clock: Any) -> None:
    person = hire("agent")
    clock.advance(seconds=-30)
    assert browser.post("/sign-in", person.proof()).status_code == 401


def test_a_recovery_code_counts_once(hire: Callable[..., Any], new_browser: Any) -> None:
    person = hire("agent")
    proof = {**person.proof(), "code": person.recovery_codes[0].lower().replace("-", " ")}
    assert new_browser().post("/sign-in/recovery", proof).status_code == 303
    assert new_browser().post("/sign-in/recovery", proof).status_code == 401
    assert new_browser().post("/sign-in/recovery", {**proof, "code": person.recovery_codes[1]}).status_code == 303


def test_a_recovery_code_is_kept_when_the_password_is_wrong(hire: Callable[..., Any], new_browser: Any) -> None:
    person = hire("agent")
    proof = {**person.proof(), "code": person.recovery_codes[0]}
    assert new_browser().post("/sign-in/recovery", {**proof, **WRONG_PASSWORD}).status_code == 401
    assert new_browser().post("/sign-in/recovery", proof).status_code == 303


def test_the_two_kinds_of_code_do_not_stand_for_each_other(hire: Callable[..., Any], new_browser: Any) -> None:
    person = hire("agent")
    assert new_browser().post("/sign-in/recovery", person.proof()).status_code == 401
    assert new_browser().post("/sign-in", {**person.proof(), "code": person.recovery_codes[0]}).status_code == 401


@pytest.mark.parametrize("name", ["agent", "nobody"])
def test_too_many_failures_wait_whether_or_not_the_name_exists(
    hire: Callable[..., Any], browser: Any, clock: Any, name: str
) -> None:
    person = hire("agent")
    wrong = {**person.proof(), "name": name, **WRONG_PASSWORD}
    assert [browser.post("/sign-in", wrong).status_code for _ in range(7)] == [401] * 5 + [429] * 2

    waiting = browser.post("/sign-in", {**person.proof(), "name": name})
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "60")
    assert "Try again in 1 minute." in waiting.text

    clock.advance(seconds=61)
    assert browser.post("/sign-in", {**person.proof(), "name": name}).status_code == (303 if name == "agent" else 401)


def test_the_wait_doubles_with_each_failure_and_ends_with_success(
    hire: Callable[..., Any], browser: Any, new_browser: Any, clock: Any
) -> None:
    person = hire("agent")
    for _ in range(5):
        browser.post("/sign-in", {**person.proof(), **WRONG_PASSWORD})
    clock.advance(seconds=61)
    assert browser.post("/sign-in", {**person.proof(), **WRONG_PASSWORD}).status_code == 401
    assert browser.post("/sign-in", person.proof()).headers["Retry-After"] == "120"
    clock.advance(seconds=121)
    assert browser.post("/sign-in", person.proof()).status_code == 303
    again = new_browser()
    assert again.post("/sign-in", {**person.proof(), **WRONG_PASSWORD}).status_code == 401
    clock.advance(seconds=30)
    assert again.post("/sign-in", person.proof()).status_code == 303


def test_one_address_cannot_try_many_names(browser: Any) -> None:
    statuses = [
        browser.post("/sign-in", {"name": f"name{number}", "password": "x", "code": "1"}).status_code
        for number in range(22)
    ]
    assert statuses == [401] * 20 + [429] * 2


def test_refused_sign_ins_are_in_the_audit_without_what_was_typed(
    hire: Callable[..., Any], browser: Any, audit: Any
) -> None:
    person = hire("agent")
    browser.post("/sign-in", {**person.proof(), "name": "mother's maiden name"})
    browser.post("/sign-in", {**person.proof(), **WRONG_PASSWORD})
    unknown, known = audit()
    assert (unknown.outcome, unknown.subject, unknown.staff_id) == ("refused", None, None)
    assert (known.outcome, known.subject, known.staff_id) == ("refused", f"staff/{person.account.id}", None)
    assert "maiden" not in repr([vars(entry) for entry in audit()])


def test_one_goes_on_where_one_wanted_to_go(hire: Callable[..., Any], browser: Any) -> None:
    person = hire("administrator")
    sent = browser.get("/audit?subject=staff/1")
    assert sent.headers["Location"] == "/sign-in?next=%2Faudit%3Fsubject%3Dstaff%2F1"
    assert 'value="/audit?subject=staff/1"' in browser.get(sent.headers["Location"]).text
    response = browser.post("/sign-in", {**person.proof(), "next": "/audit?subject=staff/1"})
    assert response.headers["Location"] == "/audit?subject=staff/1"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_one_goes_nowhere_else(hire: Callable[..., Any], browser: Any, elsewhere: str) -> None:
    person = hire("agent")
    assert browser.post("/sign-in", {**person.proof(), "next": elsewhere}).headers["Location"] == "/"


def test_who_is_signed_in_is_not_asked_again(signed_in: Callable[..., Any]) -> None:
    response = signed_in("agent").get("/sign-in?next=/account")
    assert (response.status_code, response.headers["Location"]) == (303, "/account")


def test_signing_out_ends_the_session_for_good(signed_in: Callable[..., Any], audit: Any) -> None:
    browser = signed_in("agent")
    token = browser.http.cookies["candidacy-staff"]
    response = browser.post("/sign-out")
    assert (response.status_code, response.headers["Location"]) == (303, "/sign-in")
    assert "candidacy-staff" not in browser.http.cookies
    browser.http.cookies.set("candidacy-staff", token)
    assert browser.get("/account").status_code == 303
    assert audit()[-1].action == "staff.sign_out"


def test_signing_in_again_gives_another_session_and_ends_the_first(
    hire: Callable[..., Any], signed_in: Callable[..., Any], new_browser: Any
) -> None:
    person = hire("agent")
    browser = signed_in(person=person)
    first = browser.http.cookies["candidacy-staff"]
    assert browser.post("/sign-in", person.proof()).status_code == 303
    assert browser.http.cookies["candidacy-staff"] != first
    thief = new_browser()
    thief.http.cookies.set("candidacy-staff", first)
    assert thief.get("/account").status_code == 303


def test_a_disabled_or_unfinished_account_is_as_unknown(
    hire: Callable[..., Any], signed_in: Callable[..., Any], new_browser: Any
) -> None:
    admin, agent = signed_in("administrator"), hire("agent")
    admin.post(f"/staff/{agent.account.id}/disable")
    assert new_browser().post("/sign-in", agent.proof()).status_code == 401
    admin.post(f"/staff/{agent.account.id}/reset")
    assert new_browser().post("/sign-in", agent.proof()).status_code == 401


def test_a_hash_of_earlier_times_is_made_anew(
    hire: Callable[..., Any], database: Any, make_app: Any, new_browser: Any, cipher: Any, clock: Any
) -> None:
    person = hire("agent")
    stronger = make_app(passwords=Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)))
    for _ in range(2):
        assert new_browser(stronger).post("/sign-in", person.proof()).status_code == 303
        clock.advance(seconds=30)
        with database.read_session() as session:
            kept = find_credentials(session, cipher=cipher, sign_in_name="agent")
        assert kept is not None
        assert "m=16,t=2" in kept.password_hash
