"""How many segments a text is sent in, and so what it costs; equal to Twilio's own calculator."""


def segment_count(text: str) -> int:
    """The number of segments of a text as it stands (it is not folded); 1 for an empty one."""
    raise NotImplementedError
