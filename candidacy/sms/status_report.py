"""What Twilio reports of a text that was sent."""

from dataclasses import dataclass

from candidacy.sms.delivery import DeliveryState, state_of
from candidacy.sms.form import Form


class StatusReportError(ValueError):
    """The request reports nothing of a message; the message says what is missing."""


@dataclass(frozen=True)
class StatusReport:
    """One report: of which text, its state (None when the word is unknown), and Twilio's error code, if any."""

    message_sid: str
    state: DeliveryState | None
    error_code: int | None


def status_report(form: Form) -> StatusReport:
    """Read a status callback; raises StatusReportError when it names no message."""
    message_sid = form.get("MessageSid") or form.get("SmsSid")
    if not message_sid:
        raise StatusReportError("MessageSid is missing: this is no status callback of a message")
    code = form.get("ErrorCode")
    return StatusReport(
        message_sid=message_sid,
        state=state_of(form.get("MessageStatus") or form.get("SmsStatus")),
        error_code=int(code) if code.isdecimal() and code.isascii() and int(code) else None,
    )
