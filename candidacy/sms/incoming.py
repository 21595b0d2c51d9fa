"""What a person sent: words, or something that only a telephone can show."""

import unicodedata
from dataclasses import dataclass
from enum import Enum

import phonenumbers

from candidacy.sms.form import Form


class IncomingError(ValueError):
    """The request is no text message of a person; the message says what is missing or wrong, and names no number."""


class Content(Enum):
    """What a text brings; all but WORDS are answered with a notice, and nothing of them is kept but their words."""

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
        recipient: what it was sent to, as Twilio writes it.
        message_sid: Twilio's id of the message; the same when it is delivered again.
        idempotency_token: Twilio's id of the webhook call (header I-Twilio-Idempotency-Token), or None.
        text: the words as they came; "" when there are none that can be seen. A picture may come with words.
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


_BY_TYPE = {
    "text/vcard": Content.CONTACT,
    "text/x-vcard": Content.CONTACT,
    "text/directory": Content.CONTACT,
    "text/x-vlocation": Content.LOCATION,
}
_BY_FAMILY = {"image": Content.PICTURE, "audio": Content.SOUND, "video": Content.VIDEO}
_BY_MESSAGE_TYPE = {
    "image": Content.PICTURE,
    "sticker": Content.PICTURE,
    "audio": Content.SOUND,
    "video": Content.VIDEO,
    "contacts": Content.CONTACT,
    "location": Content.LOCATION,
}
_TEXT_TYPES = ("", "text")


def incoming(form: Form, *, idempotency_token: str | None = None) -> IncomingText:
    """Read the webhook of an incoming message.

    Raises:
        IncomingError: there is no message id, or the sender is no telephone number (a short code, a name).
    """
    message_sid = form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid")
    if not message_sid:
        raise IncomingError("MessageSid is missing: this is no incoming message")
    if not _is_telephone(form.get("From")):
        raise IncomingError("From is no telephone number with its country code: nobody can be answered")
    text = form.get("Body") if _can_be_seen(form.get("Body")) else ""
    return IncomingText(
        sender=form.get("From"),
        recipient=form.get("To"),
        message_sid=message_sid,
        idempotency_token=idempotency_token or None,
        text=text,
        content=_content(form, has_words=bool(text)),
        opt_out_type=form.get("OptOutType").upper() or None,
    )


def _content(form: Form, *, has_words: bool) -> Content:
    media_type = form.get("MediaContentType0").split(";")[0].strip().lower()
    if media_type:
        return _BY_TYPE.get(media_type) or _BY_FAMILY.get(media_type.split("/")[0], Content.UNKNOWN)
    if form.get("NumMedia") not in ("", "0"):
        return Content.UNKNOWN
    if form.get("Latitude") or form.get("Longitude"):
        return Content.LOCATION
    if has_words:
        return Content.WORDS
    message_type = form.get("MessageType").lower()
    return Content.EMPTY if message_type in _TEXT_TYPES else _BY_MESSAGE_TYPE.get(message_type, Content.UNKNOWN)


def _is_telephone(sender: str) -> bool:
    try:
        return sender.startswith("+") and phonenumbers.is_possible_number(phonenumbers.parse(sender))
    except phonenumbers.NumberParseException:
        return False


def _can_be_seen(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)
