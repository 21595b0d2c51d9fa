"""Numbers in addresses and forms, as people or other programs may have written them. Pure."""

MAX_NUMBER = 2**63 - 1
"""The largest that a database keeps."""


def read_number(text: str) -> int | None:
    """The number above zero that a text is; None where it is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 19):
        return None
    number = int(text)
    return number if 0 < number <= MAX_NUMBER else None
