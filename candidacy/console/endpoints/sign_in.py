"""Signing in and out."""

from datetime import datetime
from math import ceil

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from candidacy.console.access.next_page import own_page
from candidacy.console.access.session_life import WHOLE_LIMIT
from candidacy.console.proof import CheckedProof, Proof, ProofRefused, TooManyAttempts, check_proof, use_proof
from candidacy.console.staff_request import StaffRequest
from candidacy.records.staff.accounts import StaffAccount, read_account
from candidacy.records.staff.credentials import note_sign_in
from candidacy.records.staff.sessions import end_staff_session, forget_staff_sessions, open_staff_session
from candidacy.records.token import new_token

RECOVERY_PATH = "/sign-in/recovery"
REFUSED = "The name, the password or the code is not right. A code of the app can be used once: wait for the next one."


async def sign_in_page(request: StaffRequest) -> Response:
    """GET /sign-in and /sign-in/recovery."""
    next_page = own_page(request.http.query_params.get("next", ""))
    if request.session is not None:
        return RedirectResponse(next_page, status_code=303)
    return _page(request, next_page=next_page, ended="ended" in request.http.query_params)


async def sign_in(request: StaffRequest) -> Response:
    """POST /sign-in and /sign-in/recovery."""
    next_page = own_page(request.form.get("next", ""))
    proof = Proof(
        sign_in_name=request.form.get("name", ""),
        password=request.form.get("password", ""),
        code=request.form.get("code", ""),
        is_recovery_code=_is_recovery(request),
        address=request.address,
    )
    token, now = new_token(), request.context.now()
    try:
        checked = await check_proof(request.context, proof)
        await request.change(
            lambda account: request.entry(
                account=account,
                subject=f"staff/{account.id}",
                detail={"from": request.address, "recovery_code": proof.is_recovery_code},
            ),
            open_session,
            checked=checked,
            token=token,
            replaced=request.session_token,
            now=now,
        )
    except TooManyAttempts as many:
        return _wait(request, until=many.until, next_page=next_page)
    except ProofRefused as refused:
        await _note_refused(request, refused.staff_id)
        return _page(request, next_page=next_page, error=REFUSED, status=401)
    request.begin_session(token)
    return RedirectResponse(next_page, status_code=303)


async def sign_out(request: StaffRequest) -> Response:
    """POST /sign-out."""
    await request.change(
        request.entry(subject=f"staff/{request.account.id}"), end_staff_session, token=request.session_token or ""
    )
    request.end_session()
    return RedirectResponse("/sign-in", status_code=303)


def open_session(
    session: Session, *, checked: CheckedProof, token: str, replaced: str | None, now: datetime
) -> StaffAccount:
    """Use a proof up and open a session; raises ProofRefused when the code was used or the account disabled."""
    use_proof(session, checked=checked, now=now)
    if not note_sign_in(session, staff_id=checked.staff_id, now=now):
        raise ProofRefused(checked.staff_id)
    if replaced is not None:
        end_staff_session(session, token=replaced)
    forget_staff_sessions(session, seen_before=now - WHOLE_LIMIT)
    open_staff_session(session, staff_id=checked.staff_id, token=token, now=now)
    return read_account(session, staff_id=checked.staff_id)


async def _note_refused(request: StaffRequest, staff_id: int | None) -> None:
    subject = None if staff_id is None else f"staff/{staff_id}"
    await request.note(request.entry(subject=subject, outcome="refused", detail={"from": request.address}))


def _is_recovery(request: StaffRequest) -> bool:
    return request.route.path == RECOVERY_PATH


def _wait(request: StaffRequest, *, until: datetime, next_page: str) -> Response:
    seconds = max(1, ceil((until - request.context.now()).total_seconds()))
    minutes = ceil(seconds / 60)
    error = f"Too many sign-ins failed. Try again in {minutes} minute{'s' if minutes > 1 else ''}."
    return _page(request, next_page=next_page, error=error, status=429, headers={"Retry-After": str(seconds)})


def _page(
    request: StaffRequest,
    *,
    next_page: str,
    error: str | None = None,
    ended: bool = False,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    return request.page(
        "sign_in.html",
        status=status,
        headers=headers,
        next_page=next_page,
        error=error,
        ended=ended,
        is_recovery=_is_recovery(request),
    )
