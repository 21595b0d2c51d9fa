"""Reads what Twilio posts, and nothing that anybody else does."""

import structlog
from starlette.requests import Request

from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.json_body import read_bounded
from candidacy.sms.form import Form
from candidacy.sms.signature import is_signed, public_url
from candidacy.texting_settings import Texting

SIGNATURE_HEADER = "X-Twilio-Signature"

log = structlog.get_logger(__name__)


async def signed_form(request: Request, *, texting: Texting) -> Form:
    """The form, once its signature is checked over the address under which Twilio knows the front desk.

    Raises:
        ApiError: 403 not signed with one of the account's tokens, 400 too many fields, 413 too large.
    """
    body = await read_bounded(request)
    try:
        form = Form.read(body)
    except ValueError as error:
        raise ApiError(400, "malformed_form", "The form has too many fields.") from error
    query = request.scope["query_string"].decode("latin-1")
    url = public_url(texting.public_url, request.url.path, query)
    if is_signed(url=url, form=form, signature=request.headers.get(SIGNATURE_HEADER), tokens=texting.auth_tokens):
        return form
    # Also what a wrong public URL or an old token looks like: the clinic must see it.
    log.warning("text.not_signed", path=request.url.path)
    raise ApiError(403, "not_signed", "This address is for Twilio, which signs what it sends.")
