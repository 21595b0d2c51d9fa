"""A clinic on a day that is under way, with its staff signed in: for tests and for pictures."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from playwright.sync_api import Browser

from candidacy.records.migrate import migrate
from tests.sms.recorder import Recorder
from tests.support.clinic_day import ClinicDay, Doing, Hired, hire
from tests.support.clinic_past import Past
from tests.support.console import Desk
from tests.support.stack import Stack

AGENT, REVIEWER, ADMINISTRATOR, READER = "agent", "reviewer", "administrator", "reader"
NOBODY = "nobody"
"""A desk at which nobody is signed in."""
FIRST_DAY = "first day"
"""An administrator's desk at a console on which nobody has written yet."""
STAFF = {AGENT: ("kim", "Kim Park"), REVIEWER: ("robin", "Robin Cole"), ADMINISTRATOR: ("lou", "Lou Reyes")}


@dataclass(frozen=True)
class OpenClinic:
    """The running product, what happened on the day, and a desk for each role."""

    stack: Stack
    recorder: Recorder
    day: ClinicDay
    desks: Mapping[str, Desk]

    def invite(self, name: str) -> Hired:
        """Add somebody whose account is not set up yet."""
        return hire(self.stack, name, f"{name.title()} Field", READER)


@contextmanager
def open_clinic(
    folder: Path, *, model: Path, project: Path, recorder: Recorder, browser: Browser
) -> Iterator[OpenClinic]:
    """Open a clinic, and close it at the end of the context.

    Args:
        folder: for its database and logs.
        model: the trained model.
        project: where the domain and the examples are.
        recorder: Twilio, as the front desk sees it.
        browser: in which the staff work.
    """
    with ExitStack() as closing:
        stack = Stack(directory=_folder(folder / "clinic"), model=model, twilio_url=recorder.url)
        closing.callback(stack.stop)
        migrate(stack.settings.database_url)
        hired = {role: hire(stack, *names, role) for role, names in STAFF.items()}
        Past(stack, staff_id=hired[AGENT].id, now=datetime.now(timezone.utc)).fill()
        stack.start()
        day = Doing(stack, recorder, agent=hired[AGENT], reviewer=hired[REVIEWER], project=project).day()
        desks = {role: _seated(browser, stack, person) for role, person in hired.items()}
        desks[NOBODY] = Desk(browser, stack.console_url)
        new = Stack(directory=_folder(folder / "new"), model=model)
        closing.callback(new.stop)
        new.start_console_alone()
        desks[FIRST_DAY] = _seated(browser, new, hire(new, *STAFF[ADMINISTRATOR], ADMINISTRATOR))
        for desk in desks.values():
            closing.callback(desk.close)
        yield OpenClinic(stack=stack, recorder=recorder, day=day, desks=desks)


def _seated(browser: Browser, stack: Stack, person: Hired) -> Desk:
    desk = Desk(browser, stack.console_url)
    desk.sign_in(person.name, desk.set_up(person.link))
    return desk


def _folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path
