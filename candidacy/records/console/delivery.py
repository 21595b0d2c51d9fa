"""How what is said outside a turn reaches the visitor: fetched by them, or queued for the channel to send."""

SENT_CHANNELS = frozenset({"sms"})
"""Channels that have to send; on the others the visitor fetches."""


def delivery_state(channel: str) -> str | None:
    """The delivery state of a new message on a channel, for `messages.say`."""
    return "queued" if channel in SENT_CHANNELS else None
