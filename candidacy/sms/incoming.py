"""What a person sent: words, or something that only a telephone can show."""

from dataclasses import dataclass
from enum import Enum

from candidacy.sms.form import Form


class IncomingError(ValueError):
    """The request is no text message of a person; the message says what is missing or wrong."""


class Content(Enum):
    """What a text brings; all but WORDS are answered with a notice, and nothing of them is kept."""

    WORDS = "words"
    PICTURE = "picture"
    SOUND = "sound"
    VIDEO = "video"
    CONTACT = "contact"
    LOCATION = "location"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class IncomingText:
    """One text message.

    Attributes:
        sender: the number it came from, E.164.
        recipient: the clinic's number it went to, E.164.
        message_sid: Twilio's id of the message; the same when it is delivered again.
        idempotency_token: Twilio's id of the webhook call (header I-Twilio-Idempotency-Token), or None.
        text: the words, cleaned; "" when there are none. A picture may come with words.
        content: what it brings beside or instead of words.
        opt_out_type: what Twilio itself made of it ("STOP", "START", "HELP"), or None; see Advanced Opt-Out.
    """

    sender: str
    recipient: str
    message_sid: str
    idempotency_token: str | None
    text: str
    content: Content
    opt_out_type: str | None = None


def incoming(form: Form, *, idempotency_token: str | None = None) -> IncomingText:
    """Read the webhook of an incoming message.

    Raises:
        IncomingError: there is no message id, or the sender is no telephone number (a short code, a name).
    """
    raise NotImplementedError
