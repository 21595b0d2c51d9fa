"""A one-time link sets an account up once: password, authenticator app, recovery codes."""

import re
from typing import Any

import pyotp
import pytest

from candidacy.console.administration import add_staff, disable_staff, reset_staff

PASSWORD = "window cactus lamp seven"


@pytest.fixture
def invitation(database: Any, cipher: Any, clock: Any) -> Any:
    with database.session() as session:
        return add_staff(session, cipher=cipher, sign_in_name="ann", full_name="Ann Lee", role="agent", now=clock())


def key_on(page: str) -> str:
    found = re.search(r'Key: <code class="key">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def fields(invitation: Any, page: str, clock: Any) -> dict[str, str]:
    code = pyotp.TOTP(key_on(page)).at(clock())
    return {"link": invitation.token, "password": PASSWORD, "repeated": PASSWORD, "code": code}


def test_the_link_shows_a_key_and_sets_the_account_up_once(
    invitation: Any, browser: Any, new_browser: Any, clock: Any, audit: Any
) -> None:
    page = browser.get(f"/enrol?link={invitation.token}")
    assert page.status_code == 200
    assert "Ann Lee" in page.text
    assert '<svg viewBox="0 0' in page.text

    done = browser.post("/enrol", fields(invitation, page.text, clock))
    assert done.status_code == 200
    codes = re.findall(r"<li><code>([\w-]+)</code></li>", done.text)
    assert len(codes) == 10
    assert audit()[-1].action == "staff.enrol"
    assert audit()[-1].actor == "ann"

    again = browser.post("/enrol", fields(invitation, page.text, clock))
    assert again.status_code == 404
    assert "This link opens nothing" in again.text
    assert browser.get(f"/enrol?link={invitation.token}").status_code == 404

    clock.advance(seconds=30)
    proof = {"name": "ann", "password": PASSWORD, "code": pyotp.TOTP(key_on(page.text)).at(clock())}
    assert new_browser().post("/sign-in", proof).status_code == 303
    assert new_browser().post("/sign-in/recovery", {**proof, "code": codes[4]}).status_code == 303


def test_the_key_stays_the_same_while_the_link_is_open(invitation: Any, browser: Any) -> None:
    first, second = (browser.get(f"/enrol?link={invitation.token}").text for _ in range(2))
    assert key_on(first) == key_on(second)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "short", "repeated": "short"}, "at least 12 characters"),
        ({"password": "ann lee ann lee", "repeated": "ann lee ann lee"}, "guessed too easily"),
        ({"password": "passwordpassword", "repeated": "passwordpassword"}, "guessed too easily"),
        ({"repeated": "window cactus lamp eight"}, "not the same"),
        ({"code": "000000"}, "not the code the app shows"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_stays_open(
    invitation: Any, browser: Any, clock: Any, wrong: dict[str, str], said: str
) -> None:
    page = browser.get(f"/enrol?link={invitation.token}").text
    refused = browser.post("/enrol", {**fields(invitation, page, clock), **wrong})
    assert refused.status_code == 422
    assert said in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert browser.post("/enrol", fields(invitation, page, clock)).status_code == 200


def test_a_link_of_yesterday_opens_nothing(invitation: Any, browser: Any, clock: Any) -> None:
    clock.advance(hours=24)
    assert browser.get(f"/enrol?link={invitation.token}").status_code == 404


@pytest.mark.parametrize("path", ["/enrol", "/enrol?link=", "/enrol?link=guess"])
def test_no_link_opens_nothing(browser: Any, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_a_newer_link_replaces_it(invitation: Any, browser: Any, database: Any, cipher: Any, clock: Any) -> None:
    with database.session() as session:
        newer = reset_staff(session, cipher=cipher, staff_id=invitation.account.id, by=None, now=clock())
    assert browser.get(f"/enrol?link={invitation.token}").status_code == 404
    assert browser.get(f"/enrol?link={newer.token}").status_code == 200


def test_a_disabled_accounts_link_opens_nothing(invitation: Any, browser: Any, database: Any, clock: Any) -> None:
    with database.session() as session:
        disable_staff(session, staff_id=invitation.account.id, by=None, now=clock())
    assert browser.get(f"/enrol?link={invitation.token}").status_code == 404
