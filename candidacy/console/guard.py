"""The one way to an endpoint: who asks, whether they may, whether the form is ours, and that the audit has its entry.

Nothing is open unless its route says so, and a route that is not in the table has no address.
"""

from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from candidacy.console.access.form_token import is_form_token
from candidacy.console.access.roles import may
from candidacy.console.access.session_life import is_due_to_be_noted, is_open
from candidacy.console.context import ConsoleContext
from candidacy.console.cookies import Cookie, drop_cookie, read_cookie, set_cookie
from candidacy.console.errors import STALE_FORM, Refusal, error_headers
from candidacy.console.route import ConsoleRoute
from candidacy.console.staff_request import StaffRequest
from candidacy.records.staff.sessions import StaffSession, find_staff_session, note_seen
from candidacy.web.transactions import RecordsUnavailable, read, write

SIGN_IN_PATH = "/sign-in"
FORM_TOKEN_FIELD = "form_token"  # the name of a field  # nosec B105
NUL = "\0"
"""Nobody types it, and PostgreSQL takes it in no text."""
MAX_FIELDS = 100
MAX_FIELD_BYTES = 64 * 1024


class EntryMissing(Exception):
    """An endpoint succeeded without the entry in the audit that its route declares."""


def guarded(route: ConsoleRoute, *, context: ConsoleContext) -> Route:
    """The route as Starlette serves it, with everything that stands before and after its endpoint."""

    async def serve(http: Request) -> Response:
        request = StaffRequest(http=http, context=context, route=route)
        known = False
        try:
            if route.asks_who:
                await _find_who(request)
                known = True
            response = await _answer(request)
        except Refusal as refusal:
            response = _refused(request, refusal)
        except RecordsUnavailable:
            response = _refused(request, Refusal(503))
        if known:
            _keep_cookies(request, response)
        return response

    return Route(route.path, serve, methods=[route.method], name=str(route))


async def _find_who(request: StaffRequest) -> None:
    context = request.context
    request.form_secret = read_cookie(request.http, Cookie.FORM, secure=context.secure)
    token = read_cookie(request.http, Cookie.SESSION, secure=context.secure)
    if token is None:
        return
    found = await read(context.database, find_staff_session, token=token)
    if found and is_open(created_at=found.created_at, last_seen_at=found.last_seen_at, now=context.now()):
        request.session = found
        request.session_token = request.form_secret = token


async def _answer(request: StaffRequest) -> Response:
    route = request.route
    if any(NUL in str(value) for value in (*request.http.query_params.values(), *request.http.path_params.values())):
        raise Refusal(400)
    role = request.session.account.role if request.session else None
    if not may(role, route.needs):
        if request.session is None:
            return _sign_in_first(request)
        await request.note(request.entry(outcome="refused", detail={"route": str(route), "role": role}))
        raise Refusal(403)
    if route.method == "POST":
        request.form = await _own_form(request)
    await _note_presence(request)
    response = await route.endpoint(request)
    if route.audit and response.status_code < 400 and not request.noted:
        raise EntryMissing(str(route))
    return response


def _sign_in_first(request: StaffRequest) -> Response:
    if request.route.method != "GET" or not request.route.keeps_session:
        raise Refusal(401)
    url = request.http.url
    wanted = url.path + (f"?{url.query}" if url.query else "")
    return RedirectResponse(f"{SIGN_IN_PATH}?next={quote(wanted, safe='')}", status_code=303)


async def _own_form(request: StaffRequest) -> dict[str, str]:
    """The fields of a form that came from one of our own pages."""
    form = await _read_form(request.http)
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    if any(NUL in value for value in fields.values()):
        raise Refusal(400)
    if not is_form_token(fields.pop(FORM_TOKEN_FIELD, ""), secret=request.form_secret):
        raise Refusal(403, STALE_FORM)
    return fields


async def _read_form(http: Request) -> FormData:
    try:
        return await http.form(max_files=0, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD_BYTES)
    except HTTPException:
        raise Refusal(413) from None
    except UnicodeDecodeError:
        raise Refusal(400) from None


async def _note_presence(request: StaffRequest) -> None:
    session, now = request.session, request.context.now()
    if session is None or request.session_token is None or not request.route.keeps_session:
        return
    if is_due_to_be_noted(last_seen_at=session.last_seen_at, now=now):
        await write(request.context.database, note_seen, token=request.session_token, now=now)
        request.session = StaffSession(account=session.account, created_at=session.created_at, last_seen_at=now)


def _refused(request: StaffRequest, refusal: Refusal) -> Response:
    return request.page(
        "error.html",
        status=refusal.status,
        headers=error_headers(refusal.status),
        words=refusal.words,
    )


def _keep_cookies(request: StaffRequest, response: Response) -> None:
    """Have the browser hold what the request came to."""
    secure, token = request.context.secure, request.session_token
    if token != read_cookie(request.http, Cookie.SESSION, secure=secure):
        if token is None:
            drop_cookie(response, Cookie.SESSION, secure=secure)
        else:
            set_cookie(response, Cookie.SESSION, token, secure=secure)
    secret = request.form_secret
    if token is None and secret and secret != read_cookie(request.http, Cookie.FORM, secure=secure):
        set_cookie(response, Cookie.FORM, secret, secure=secure)
