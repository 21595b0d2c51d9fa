"""What the console needs to know of each address: data, from which everything that guards it is made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from candidacy.console.access.roles import Permission
from candidacy.console.staff_request import StaffRequest

Endpoint = Callable[[StaffRequest], Awaitable[Response]]


@dataclass(frozen=True)
class ConsoleRoute:
    """One address and method."""

    method: Literal["GET", "POST"]
    path: str
    endpoint: Endpoint
    needs: Permission
    """What a role must hold to be let in."""
    audit: str | None = None
    """What an entry of the audit calls it. With a name, nothing succeeds here without an entry."""
    fields: tuple[str, ...] = ()
    """The names of the form's fields; this and the next two are for the description alone."""
    query: tuple[str, ...] = ()
    """What may stand behind the address's question mark."""
    answers: Literal["page", "json", "file", "stream"] = "page"
    asks_who: bool = True
    """Whether it matters who asks; False for files and health, which answer without the database."""
    keeps_session: bool = True
    """Whether a request shows that somebody is there; False for what a page asks by itself."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
