"""One's own account: a new password, new recovery codes; each asks again who one is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import anyio.to_thread
from sqlalchemy.orm import Session
from starlette.responses import Response

from candidacy.console.access.passwords import password_weakness
from candidacy.console.access.recovery_codes import hash_recovery_code, new_recovery_codes
from candidacy.console.access.roles import PERMISSIONS, Permission
from candidacy.console.endpoints.enrolment import DIFFERENT, related_words
from candidacy.console.proof import CheckedProof, Proof, ProofRefused, TooManyAttempts, check_proof, use_proof
from candidacy.console.staff_request import StaffRequest
from candidacy.records.staff.credentials import set_password
from candidacy.records.staff.recovery_codes import recovery_codes_left, replace_recovery_codes
from candidacy.records.staff.sessions import end_staff_sessions, open_staff_session
from candidacy.records.token import new_token

NOT_PROVEN = "The present password or the code is not right. A code of the app can be used once."
TOO_MANY = "Too many attempts failed. Try again later."


async def account_page(request: StaffRequest) -> Response:
    """GET /account."""
    return await _page(request)


async def change_password(request: StaffRequest) -> Response:
    """POST /account/password: every other session of the account ends."""
    account, password = request.account, request.form.get("password", "")
    weakness = password_weakness(password, related=related_words(request, account.sign_in_name, account.full_name))
    errors = {"password": weakness, "repeated": None if request.form.get("repeated") == password else DIFFERENT}
    found = {name: error for name, error in errors.items() if error}
    if found:
        return await _page(request, errors=found, status=422)
    context, token = request.context, new_token()
    hashed = await anyio.to_thread.run_sync(context.passwords.hash, password, limiter=context.comparing)
    refused = await _prove_and_change(request, store_password, password_hash=hashed, token=token)
    if refused is not None:
        return await _page(request, errors={"password_proof": refused}, status=422)
    request.begin_session(token)
    return await _page(request, done="The password is changed. You are signed out everywhere else.")


async def renew_recovery_codes(request: StaffRequest) -> Response:
    """POST /account/recovery-codes: shows new ones; those before open nothing any more."""
    codes = new_recovery_codes()
    refused = await _prove_and_change(request, store_codes, hashes=[hash_recovery_code(code) for code in codes])
    if refused is not None:
        return await _page(request, errors={"codes_proof": refused}, status=422)
    return request.page("recovery_codes.html", codes=codes, go_on="/account", go_on_title="Back to your account")


def store_password(session: Session, *, checked: CheckedProof, password_hash: str, token: str, now: datetime) -> None:
    """Use a proof up, keep another password, and leave one new session open."""
    use_proof(session, checked=checked, now=now)
    set_password(session, staff_id=checked.staff_id, password_hash=password_hash)
    end_staff_sessions(session, staff_id=checked.staff_id)
    open_staff_session(session, staff_id=checked.staff_id, token=token, now=now)


def store_codes(session: Session, *, checked: CheckedProof, hashes: Sequence[str], now: datetime) -> None:
    """Use a proof up and keep these recovery codes alone."""
    use_proof(session, checked=checked, now=now)
    replace_recovery_codes(session, staff_id=checked.staff_id, hashes=hashes)


async def _prove_and_change(request: StaffRequest, query: Any, **options: Any) -> str | None:
    """Change something for whoever shows again who they are; gives what to say where they do not."""
    subject = f"staff/{request.account.id}"
    proof = Proof(
        sign_in_name=request.account.sign_in_name,
        password=request.form.get("present_password", ""),
        code=request.form.get("code", ""),
        is_recovery_code=False,
        address=request.address,
    )
    try:
        checked = await check_proof(request.context, proof)
        entry = request.entry(subject=subject)
        await request.change(entry, query, checked=checked, now=request.context.now(), **options)
    except (TooManyAttempts, ProofRefused) as refused:
        await request.note(request.entry(subject=subject, outcome="refused", detail={"from": request.address}))
        return TOO_MANY if isinstance(refused, TooManyAttempts) else NOT_PROVEN
    return None


async def _page(
    request: StaffRequest, *, errors: Mapping[str, str] | None = None, done: str | None = None, status: int = 200
) -> Response:
    allowed = [permission.value for permission in Permission if permission in PERMISSIONS[request.account.role]]
    return request.page(
        "account.html",
        status=status,
        errors=errors or {},
        done=done,
        codes_left=await request.read(recovery_codes_left, staff_id=request.account.id),
        allowed=allowed,
    )
