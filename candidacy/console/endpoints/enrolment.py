"""Setting an account up with its one-time link: a password, an authenticator app, and recovery codes, shown once."""

from collections.abc import Mapping

import anyio.to_thread
from markupsafe import Markup
from starlette.responses import Response

from candidacy.console.access.passwords import password_weakness
from candidacy.console.access.recovery_codes import hash_recovery_code, new_recovery_codes
from candidacy.console.access.totp import accepted_step, qr_picture, spaced, totp_address
from candidacy.console.errors import Refusal, Words
from candidacy.console.staff_request import StaffRequest
from candidacy.records.staff.links import LinkUnknown, OpenLink, open_link, use_link

LINK_USED = Words(
    "This link opens nothing",
    "It was used, or is older than a day, or there is a newer one. Ask an administrator of the console for a new link.",
)
WRONG_CODE = "This is not the code the app shows now. Check the app's clock, and type the code before it changes."
DIFFERENT = "The two passwords are not the same."


async def enrolment_page(request: StaffRequest) -> Response:
    """GET /enrol?link=: looking does not use the link up."""
    token = request.http.query_params.get("link", "")
    return _page(request, token=token, link=await _open(request, token), errors={})


async def enrol(request: StaffRequest) -> Response:
    """POST /enrol: sets the account up and shows the recovery codes."""
    context, form = request.context, request.form
    token, password = form.get("link", ""), form.get("password", "")
    link = await _open(request, token)
    step = accepted_step(link.totp_key, form.get("code", ""), last_step=None, now=context.now())
    errors = {
        "password": password_weakness(
            password, related=related_words(request, link.account.sign_in_name, link.account.full_name)
        ),
        "repeated": None if form.get("repeated") == password else DIFFERENT,
        "code": None if step is not None else WRONG_CODE,
    }
    found = {name: error for name, error in errors.items() if error}
    if found or step is None:
        return _page(request, token=token, link=link, errors=found, status=422)
    codes = new_recovery_codes()
    password_hash = await anyio.to_thread.run_sync(context.passwords.hash, password, limiter=context.comparing)
    try:
        await request.change(
            request.entry(account=link.account, subject=f"staff/{link.account.id}"),
            use_link,
            cipher=context.cipher,
            token=token,
            password_hash=password_hash,
            totp_step=step,
            recovery_code_hashes=[hash_recovery_code(code) for code in codes],
            now=context.now(),
        )
    except LinkUnknown:
        raise Refusal(404, LINK_USED) from None
    return request.page("recovery_codes.html", codes=codes, go_on="/sign-in", go_on_title="Sign in")


def related_words(request: StaffRequest, *names: str) -> tuple[str, ...]:
    """What a password of this account must not be made of."""
    return (*names, request.context.settings.clinic_name, "candidacy", "spinal fusion")


async def _open(request: StaffRequest, token: str) -> OpenLink:
    try:
        return await request.read(open_link, cipher=request.context.cipher, token=token, now=request.context.now())
    except LinkUnknown:
        raise Refusal(404, LINK_USED) from None


def _page(
    request: StaffRequest, *, token: str, link: OpenLink, errors: Mapping[str, str], status: int = 200
) -> Response:
    address = totp_address(
        link.totp_key, sign_in_name=link.account.sign_in_name, issuer=request.context.settings.clinic_name
    )
    # Our own drawing: it holds no text of anybody's.
    drawn = qr_picture(address)
    picture = Markup(drawn)  # nosec B704
    return request.page(
        "enrolment.html",
        status=status,
        link=token,
        person=link.account,
        key=spaced(link.totp_key),
        qr=picture,
        errors=errors,
    )
