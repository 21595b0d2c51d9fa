"""What Twilio reports of a text that was sent."""

import pytest

from candidacy.sms.delivery import DeliveryState
from candidacy.sms.form import Form
from candidacy.sms.status_report import StatusReport, StatusReportError, status_report


@pytest.mark.parametrize(
    ("body", "report"),
    [
        (b"MessageSid=SM1&MessageStatus=sent&ErrorCode=", StatusReport("SM1", DeliveryState.SENT, None)),
        (b"SmsSid=SM1&SmsStatus=delivered", StatusReport("SM1", DeliveryState.DELIVERED, None)),
        (b"MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003", StatusReport("SM1", DeliveryState.FAILED, 30003)),
        (b"MessageSid=SM1&MessageStatus=new-word&ErrorCode=0", StatusReport("SM1", None, None)),
        (b"MessageSid=SM1&ErrorCode=none", StatusReport("SM1", None, None)),
        ("MessageSid=SM1&ErrorCode=\u0663".encode(), StatusReport("SM1", None, None)),
    ],
)
def test_status_report(body: bytes, report: StatusReport) -> None:
    assert status_report(Form.read(body)) == report


def test_without_a_message_it_is_no_report() -> None:
    with pytest.raises(StatusReportError, match="MessageSid"):
        status_report(Form.read(b"MessageStatus=sent"))
