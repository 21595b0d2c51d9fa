"""POST /sms/twilio/status: how a part of a message got on, in Twilio's words; repeated and in any order."""

import structlog
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.sms.part_address import part_in
from candidacy.frontdesk.sms.signed_form import signed_form
from candidacy.frontdesk.sms.text_desk import TextDesk
from candidacy.records.sms.parts import Part, lock_part, set_part_state
from candidacy.records.sms.texters import stop_texts_in
from candidacy.sms.delivery import DeliveryState, advanced
from candidacy.sms.delivery_errors import OPTED_OUT
from candidacy.sms.status_report import StatusReport, StatusReportError, status_report
from candidacy.web.transactions import write

log = structlog.get_logger(__name__)


async def receive_status(request: Request, *, desk: TextDesk) -> Response:
    """Store how a part got on; a report of a message that is gone is acknowledged all the same."""
    form = await signed_form(request, texting=desk.texting)
    part = part_in(request.query_params.get("part", ""))
    if part is None:
        raise ApiError(400, "no_part", "The address must name the part that is reported on.")
    try:
        report = status_report(form)
    except StatusReportError as error:
        raise ApiError(400, "no_report", f"{error}.") from error
    if report.state is not None:
        await write(desk.database, _note, part=part, report=report, desk=desk)
    return Response(status_code=204)


def _note(session: Session, *, part: Part, report: StatusReport, desk: TextDesk) -> None:
    now = desk.now()
    before = lock_part(session, part=part, now=now)
    if before is None or report.state is None:
        return
    state = advanced(DeliveryState(before), report.state)
    failed = state is DeliveryState.FAILED
    if state.value == before and failed:
        return
    error = desk.rules.for_staff(report.error_code) if failed else None
    set_part_state(session, part=part, message_sid=report.message_sid, state=state.value, error=error, now=now)
    if not failed:
        return
    log.warning("text.failed", message=part.message_id, part=part.number, code=report.error_code)
    if report.error_code == OPTED_OUT:
        stop_texts_in(session, message_id=part.message_id, now=now)
