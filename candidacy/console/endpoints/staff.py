"""The accounts of staff, for administrators."""

from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response

from candidacy.console.account_errors import AdministrationError
from candidacy.console.addresses import enrol_url
from candidacy.console.administration import (
    Invitation,
    add_staff,
    change_staff_role,
    disable_staff,
    reset_staff,
)
from candidacy.console.errors import Refusal
from candidacy.console.staff_request import StaffRequest
from candidacy.records.staff.accounts import SignInNameTaken, StaffUnknown, list_accounts
from candidacy.records.staff_tables import ROLES

STAFF_PATH = "/staff"
NAME_TAKEN = "There is an account of this name already, maybe a disabled one: reset it instead."


async def staff_page(request: StaffRequest) -> Response:
    """GET /staff."""
    return await _page(request)


async def add(request: StaffRequest) -> Response:
    """POST /staff: shows the one-time link, once."""
    form = request.form
    try:
        invitation = await request.change(
            lambda made: request.entry(subject=f"staff/{made.account.id}", detail={"role": made.account.role}),
            add_staff,
            cipher=request.context.cipher,
            sign_in_name=form.get("sign_in_name", ""),
            full_name=form.get("full_name", ""),
            role=form.get("role", ""),
            now=request.context.now(),
        )
    except AdministrationError as error:
        return await _page(request, error=str(error), typed=form)
    except SignInNameTaken:
        return await _page(request, error=NAME_TAKEN, typed=form)
    return _invited(request, invitation)


async def reset(request: StaffRequest) -> Response:
    """POST /staff/{id}/reset: shows a new one-time link, once."""
    staff_id = request.path_number("id")
    try:
        invitation = await request.change(
            request.entry(subject=f"staff/{staff_id}"),
            reset_staff,
            cipher=request.context.cipher,
            staff_id=staff_id,
            by=request.account.id,
            now=request.context.now(),
        )
    except StaffUnknown:
        raise Refusal(404) from None
    except AdministrationError as error:
        return await _page(request, error=str(error))
    return _invited(request, invitation)


async def disable(request: StaffRequest) -> Response:
    """POST /staff/{id}/disable."""
    staff_id = request.path_number("id")
    try:
        await request.change(
            request.entry(subject=f"staff/{staff_id}"),
            disable_staff,
            staff_id=staff_id,
            by=request.account.id,
            now=request.context.now(),
        )
    except StaffUnknown:
        raise Refusal(404) from None
    except AdministrationError as error:
        return await _page(request, error=str(error))
    return RedirectResponse(STAFF_PATH, status_code=303)


async def change_role(request: StaffRequest) -> Response:
    """POST /staff/{id}/role."""
    staff_id, role = request.path_number("id"), request.form.get("role", "")
    try:
        await request.change(
            request.entry(subject=f"staff/{staff_id}", detail={"role": role}),
            change_staff_role,
            staff_id=staff_id,
            role=role,
            by=request.account.id,
        )
    except StaffUnknown:
        raise Refusal(404) from None
    except AdministrationError as error:
        return await _page(request, error=str(error))
    return RedirectResponse(STAFF_PATH, status_code=303)


def _invited(request: StaffRequest, invitation: Invitation) -> Response:
    link = enrol_url(request.context.settings, invitation.token)
    return request.page("invitation.html", person=invitation.account, link=link, expires_at=invitation.expires_at)


async def _page(request: StaffRequest, *, error: str | None = None, typed: Mapping[str, str] | None = None) -> Response:
    return request.page(
        "staff.html",
        status=422 if error else 200,
        people=await request.read(list_accounts),
        roles=ROLES,
        error=error,
        typed=typed or {},
    )
