"""Pages from templates. What is filled in is text, never markup, and a name that is not filled in is an error."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2

from candidacy.console.access.roles import Permission, may
from candidacy.console.conversations.labels import Labels, load_labels
from candidacy.console.moments import shown_moment, written_moment
from candidacy.console.navigation import places_for
from candidacy.records.staff.accounts import StaffAccount

TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """Renders the console's templates.

    Args:
        clinic_name: as pages name it.
        timezone: the clinic's, in which times are shown.
        folder: where the templates are.
    """

    def __init__(self, *, clinic_name: str, timezone: ZoneInfo, folder: Path = TEMPLATES) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.labels: Labels = load_labels()
        self._timezone = timezone
        self._environment.globals.update(clinic_name=clinic_name, label=self.labels)
        self._environment.filters["topic"] = self.labels.topic
        self._environment.filters["moment"] = lambda instant: shown_moment(instant, timezone=timezone)

    def written(self, instant: datetime) -> str:
        """An instant as plain text in the clinic's time zone, to the minute."""
        return written_moment(instant, timezone=self._timezone)

    def render(
        self,
        template: str,
        *,
        account: StaffAccount | None,
        form_token: str | None,
        seconds_left: int | None,
        path: str | None,
        **values: Any,
    ) -> str:
        """The page as HTML.

        Args:
            template: the file's name.
            account: who is signed in.
            form_token: what its forms must carry.
            seconds_left: how long the session lasts if nothing more is done.
            path: the page's route, to mark its place in the navigation.
            values: what else the template names.
        """
        known: Mapping[str, Any] = {
            "account": account,
            "form_token": form_token,
            "seconds_left": seconds_left,
            "path": path,
            "places": places_for(account.role) if account else (),
            "may": lambda permission: may(account.role if account else None, Permission[permission]),
        }
        return self._environment.get_template(template).render({**known, **values})
