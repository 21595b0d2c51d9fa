"""The address for reports of one part: it names the part, since a report can come before the part's id is known."""

from candidacy.records.sms.parts import Part

STATUS_PATH = "/sms/twilio/status"
_LONGEST = 18


def status_url(public_url: str, part: Part) -> str:
    """Where Twilio reports how a part gets on."""
    return f"{public_url}{STATUS_PATH}?part={part.message_id}.{part.number}"


def part_in(value: str) -> Part | None:
    """The part that such an address names, or None when it names none."""
    message_id, _, number = value.partition(".")
    if all(digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST for digits in (message_id, number)):
        return Part(message_id=int(message_id), number=int(number))
    return None
