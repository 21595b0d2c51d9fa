"""A long text as several shorter ones, cut where a reader would pause."""

RULE = 320
"""Units a text has at most as a rule: two segments in GSM-7."""
MOST = 1600
"""Units a text never has more of: Twilio refuses longer ones (error 21617)."""


def split(text: str, *, limit: int = RULE, most: int = MOST) -> tuple[str, ...]:
    """The parts of a text, in order; blank text has none.

    Cut between paragraphs, else lines, else sentences, else words. A link, a telephone number and an emoji sequence
    are never cut: one that is longer than the limit is a part of its own, and only past `most` is it cut all the same.

    Args:
        text: already folded.
        limit: units a part has at most, as `gsm7.units` counts them.
        most: units that a part never has more of.

    Raises:
        ValueError: the limits are not 20 <= limit <= most.
    """
    raise NotImplementedError
