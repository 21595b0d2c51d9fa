"""A request as endpoints see it: who asks, what the form holds, and the ways to the records, the audit and a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from candidacy.console.access.form_token import form_token
from candidacy.console.access.roles import may
from candidacy.console.access.session_life import ends_at
from candidacy.console.context import ConsoleContext
from candidacy.console.errors import Refusal
from candidacy.records.audit import Entry, append_entry
from candidacy.records.staff.accounts import StaffAccount
from candidacy.records.staff.sessions import StaffSession, find_staff_session
from candidacy.records.token import new_token
from candidacy.web.client_address import client_address
from candidacy.web.transactions import read, write

if TYPE_CHECKING:
    from candidacy.console.route import ConsoleRoute

Options = ParamSpec("Options")
Result = TypeVar("Result")

MAX_NUMBER = 2**63 - 1
"""The greatest number a row can have."""
NOBODY = "nobody signed in"
"""Who an entry of the audit names when it is not known who it was."""


@dataclass
class StaffRequest:
    """One request that the guard let in.

    Endpoints change anything through `change` alone, so that the change and its entry in the audit stand or fall
    together; what only reads is noted before it is shown, with `note`.
    """

    http: Request
    context: ConsoleContext
    route: "ConsoleRoute"
    session: StaffSession | None = None
    session_token: str | None = field(default=None, repr=False)
    """The token of the session; what stands here at the end, the browser holds."""
    form_secret: str | None = field(default=None, repr=False)
    """What the page's forms are made with: the session's token, or a cookie's of who is not signed in."""
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The form's fields by name, as they were typed; empty for a GET."""
    noted: bool = False
    """Whether the audit has an entry of it."""

    @property
    def account(self) -> StaffAccount:
        """Who asks; an error on an address that is open to everybody."""
        if self.session is None:
            raise LookupError(f"nobody is signed in at {self.route}")
        return self.session.account

    @property
    def address(self) -> str:
        """The network address the request counts for."""
        settings = self.context.settings
        peer = self.http.client.host if self.http.client else None
        forwarded = self.http.headers.get(settings.forwarded_header)
        return client_address(peer=peer, forwarded=forwarded, trusted=settings.proxies)

    def path_number(self, name: str) -> int:
        """The number in the address, as the route's path declares it (``{name:int}``).

        Raises:
            Refusal: no row can have this number.
        """
        number = int(self.http.path_params[name])
        if number > MAX_NUMBER:
            raise Refusal(404)
        return number

    async def read(
        self, query: Callable[Concatenate[Session, Options], Result], *args: Options.args, **options: Options.kwargs
    ) -> Result:
        """Run a query that only reads; raises RecordsUnavailable as `web.transactions.read` does."""
        return await read(self.context.database, query, *args, **options)

    async def change(
        self,
        entry: Entry | Callable[[Result], Entry],
        query: Callable[Concatenate[Session, Options], Result],
        *args: Options.args,
        **options: Options.kwargs,
    ) -> Result:
        """Run a query that changes something, and enter it in the audit in the same transaction.

        Args:
            entry: what is entered, or how to make it of the query's result.
            query: the query; what it raises undoes all.
            args: the query's.
            options: the query's.

        Raises:
            RecordsUnavailable: the database cannot be used now.
        """

        def query_and_enter(session: Session) -> Result:
            result = query(session, *args, **options)
            made = entry if isinstance(entry, Entry) else entry(result)
            append_entry(session, key=self.context.audit_key, entry=made, now=self.context.now())
            return result

        result = await write(self.context.database, query_and_enter)
        self.noted = True
        return result

    async def note(self, entry: Entry) -> None:
        """Enter something in the audit that changes nothing; raises RecordsUnavailable."""
        await self.change(entry, lambda _: None)

    def entry(
        self,
        *,
        subject: str | None = None,
        reason: str | None = None,
        detail: Mapping[str, Any] | None = None,
        outcome: str = "done",
        account: StaffAccount | None = None,
    ) -> Entry:
        """An entry of what this address does, by who asks.

        Args:
            subject: to what, as kind and id (``conversation/4f2a``).
            reason: why, where it was asked for.
            detail: numbers, ids and names of settings; never words of a visitor's.
            outcome: ``done`` or ``refused``.
            account: who, where the session does not say it yet.
        """
        account = account or (self.session.account if self.session else None)
        return Entry(
            action=self.route.audit or str(self.route),
            actor=account.sign_in_name if account else NOBODY,
            staff_id=account.id if account else None,
            subject=subject,
            reason=reason,
            detail=detail,
            outcome=outcome,
        )

    def begin_session(self, token: str) -> None:
        """Have the browser hold the token of a new session."""
        self.session_token = self.form_secret = token

    def end_session(self) -> None:
        """Have the browser forget the session's token."""
        self.session = self.session_token = self.form_secret = None

    async def is_still_open(self) -> bool:
        """Whether the session lasts: for what goes on answering, such as a stream, to ask from time to time."""
        if self.session_token is None:
            return False
        found = await self.read(find_staff_session, token=self.session_token)
        if found is None or not may(found.account.role, self.route.needs):
            return False
        return self.context.now() < ends_at(created_at=found.created_at, last_seen_at=found.last_seen_at)

    @property
    def form_token(self) -> str:
        """What every form of the page must carry; makes the cookie's secret when there is none yet."""
        if self.form_secret is None:
            self.form_secret = new_token()
        return form_token(self.form_secret)

    @property
    def seconds_left(self) -> int | None:
        """How long the session lasts if nothing more is done in it; None without one."""
        if self.session is None:
            return None
        end = ends_at(created_at=self.session.created_at, last_seen_at=self.session.last_seen_at)
        return max(0, int((end - self.context.now()).total_seconds()))

    def page(
        self, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> Response:
        """A page of a template, with what every page knows: see `pages`."""
        content = self.context.pages.render(
            template,
            account=self.session.account if self.session else None,
            form_token=self.form_token,
            seconds_left=self.seconds_left,
            path=self.route.path,
            **values,
        )
        return HTMLResponse(content, status_code=status, headers=headers)
