"""The console's pages in the states in which they are looked at: each is reached as staff would."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from playwright.sync_api import expect

from tests.browser.console.clinic import ADMINISTRATOR, AGENT, FIRST_DAY, NOBODY, REVIEWER, OpenClinic
from tests.support.console import Desk

Reach = Callable[[Desk, OpenClinic], None]
_numbers = count(1)


@dataclass(frozen=True)
class State:
    """How a page is reached, and whose it is."""

    reach: Reach
    who: str = AGENT


def at(path: str, *, status: int = 200) -> Reach:
    """The page of an address."""
    return lambda desk, _: desk.open(path, status=status)


def of(conversation: str, page: str = "") -> Reach:
    """A page of one of the day's conversations."""
    return lambda desk, clinic: desk.open(f"/conversations/{clinic.day[conversation]}{page}")


# ---------------------------------------------------------------------- signing in


def signed_in_wrongly(desk: Desk, _: OpenClinic) -> None:
    desk.open("/sign-in")
    for label in ("Sign-in name", "Password", "Code"):
        desk.write(label, "000000")
    desk.press("Sign in")
    expect(desk.page.get_by_role("alert")).to_be_visible()


def setting_up(desk: Desk, clinic: OpenClinic) -> None:
    desk.page.goto(clinic.invite(f"new{next(_numbers)}").link)


def set_up_wrongly(desk: Desk, clinic: OpenClinic) -> None:
    setting_up(desk, clinic)
    desk.write("Password", "password")
    desk.write("The same password again", "passwort")
    desk.write("Code", "000000")
    desk.press("Set up the account")
    expect(desk.page.get_by_role("alert")).to_be_visible()


def shown_recovery_codes(desk: Desk, clinic: OpenClinic) -> None:
    desk.set_up(clinic.invite(f"new{next(_numbers)}").link)


# ---------------------------------------------------------------------- conversations


def choosing_a_filter(desk: Desk, _: OpenClinic) -> None:
    desk.open("/inbox?state=assistant&channel=web")
    desk.page.locator("details.filter > summary").click()


def finding(words: str, by: str = "Words in messages") -> Reach:
    """The search's page with what it finds."""

    def reach(desk: Desk, _: OpenClinic) -> None:
        desk.open("/search")
        desk.write("Search for", words)
        desk.choose("Search in", by)
        desk.press("Search")

    return reach


def unfolded(desk: Desk, clinic: OpenClinic) -> None:
    desk.open(f"/conversations/{clinic.day['unanswered']}")
    for summary in desk.page.locator("#messages summary").all():
        summary.click()


def claimed_by_another(desk: Desk, clinic: OpenClinic) -> None:
    """Two pressed at once, and the other was faster."""
    desk.open(f"/conversations/{clinic.day['person']}")
    desk.page.evaluate(
        """path => {
            const form = document.querySelector('form[action$="/notes"]');
            form.noValidate = true;
            form.action = path;
            form.requestSubmit();
        }""",
        f"/conversations/{clinic.day['person']}/claim",
    )
    expect(desk.heading).to_have_text("It has changed meanwhile")


def asking_for_keys(desk: Desk, _: OpenClinic) -> None:
    desk.open("/inbox")
    desk.page.keyboard.press("?")
    expect(desk.page.locator("#keys")).to_be_visible()


def asked_whether_one_is_there(desk: Desk, _: OpenClinic) -> None:
    desk.open("/account")
    desk.page.evaluate("document.getElementById('session-notice').showModal()")


# ---------------------------------------------------------------------- afterwards


def call_back(desk: Desk, clinic: OpenClinic) -> None:
    desk.open(f"/call-backs/{clinic.day.call_back}")


def correcting(desk: Desk, clinic: OpenClinic) -> None:
    desk.open(f"/conversations/{clinic.day['misread']}")
    desk.follow("Say what was meant (message 2)")


def exported_without_a_reason(desk: Desk, _: OpenClinic) -> None:
    desk.open("/exports")
    desk.write("Why", "x")
    desk.press("Take the list out")
    expect(desk.page.get_by_role("alert")).to_be_visible()


def printed(desk: Desk, clinic: OpenClinic) -> None:
    desk.open(f"/conversations/{clinic.day['screened']}/print")
    desk.write("Why", "for the file at the front desk")
    desk.press("Show it for printing")
    expect(desk.heading).to_have_text(re.compile("^Conversation "))


# ---------------------------------------------------------------------- the console itself


def changing_an_account(desk: Desk, _: OpenClinic) -> None:
    desk.open("/staff")
    desk.page.get_by_text("Change Kim Park").click()


def added_somebody(desk: Desk, _: OpenClinic) -> None:
    desk.open("/staff")
    desk.write("Full name", "Alex Kay")
    desk.write("Sign-in name", f"alex{next(_numbers)}")
    desk.press("Add and show the one-time link")
    expect(desk.heading).to_have_text("One-time link for Alex Kay")


def changed_the_password_wrongly(desk: Desk, _: OpenClinic) -> None:
    desk.open("/account")
    desk.write("New password", "short")
    desk.write("The new password again", "shorter")
    desk.page.locator("#password-proof").fill("wrong")
    desk.page.locator("#password-code").fill("000000")
    desk.press("Change the password")
    expect(desk.page.get_by_role("alert")).to_be_visible()


STATES = {
    "sign-in": State(at("/sign-in"), NOBODY),
    "sign-in-wrong": State(signed_in_wrongly, NOBODY),
    "sign-in-recovery": State(at("/sign-in/recovery"), NOBODY),
    "signed-out": State(at("/sign-in?ended"), NOBODY),
    "set-up": State(setting_up, NOBODY),
    "set-up-wrong": State(set_up_wrongly, NOBODY),
    "recovery-codes": State(shown_recovery_codes, NOBODY),
    "link-used": State(at("/enrol?link=used", status=404), NOBODY),
    "inbox": State(at("/inbox")),
    "inbox-filter": State(choosing_a_filter),
    "inbox-nothing": State(at("/inbox?outcome=minor")),
    "inbox-first-day": State(at("/inbox"), FIRST_DAY),
    "keys": State(asking_for_keys),
    "still-there": State(asked_whether_one_is_there),
    "search": State(at("/search")),
    "search-words": State(finding("physical therapy")),
    "search-person": State(finding("Ann Lee", "Name on a request")),
    "search-nothing": State(finding("xylophone")),
    "search-wrong": State(finding("12", "Phone number on a request")),
    "red-flag": State(of("emergency")),
    "red-flag-seen": State(of("seen")),
    "waiting": State(of("waiting")),
    "screening": State(of("screened")),
    "answering": State(of("person")),
    "with-another": State(of("person"), ADMINISTRATOR),
    "claimed-by-another": State(claimed_by_another, ADMINISTRATOR),
    "both-ways": State(of("both")),
    "not-delivered": State(of("undelivered")),
    "understood": State(unfolded),
    "print": State(of("screened", "/print"), REVIEWER),
    "printed": State(printed, REVIEWER),
    "call-backs": State(at("/call-backs")),
    "call-backs-first-day": State(at("/call-backs"), FIRST_DAY),
    "call-back": State(call_back),
    "correct": State(correcting),
    "corrections": State(at("/corrections"), REVIEWER),
    "corrections-approved": State(at("/corrections?state=approved")),
    "corrections-first-day": State(at("/corrections"), FIRST_DAY),
    "numbers": State(at("/numbers")),
    "numbers-first-day": State(at("/numbers"), FIRST_DAY),
    "exports": State(at("/exports"), REVIEWER),
    "exports-wrong": State(exported_without_a_reason, REVIEWER),
    "keeping": State(of("screened", "/keeping"), ADMINISTRATOR),
    "keeping-held": State(of("held", "/keeping"), ADMINISTRATOR),
    "staff": State(at("/staff"), ADMINISTRATOR),
    "staff-change": State(changing_an_account, ADMINISTRATOR),
    "staff-added": State(added_somebody, ADMINISTRATOR),
    "audit": State(at("/audit"), ADMINISTRATOR),
    "account": State(at("/account")),
    "account-wrong": State(changed_the_password_wrongly),
    "not-allowed": State(at("/staff", status=403)),
    "not-found": State(at("/nowhere", status=404)),
}
"""By name."""


def reach(name: str, clinic: OpenClinic) -> Desk:
    """A desk at which a page is in a state."""
    state = STATES[name]
    desk = clinic.desks[state.who]
    state.reach(desk, clinic)
    return desk
