"""The alphabet of text messages: what costs one unit, what costs two, and what makes the whole text dear."""


def fold(text: str) -> str:
    """The text with smart punctuation and look-alikes as GSM-7 writes them; letters, accents and emoji stay."""
    raise NotImplementedError


def is_gsm7(text: str) -> bool:
    """Whether the whole text is in the GSM-7 alphabet or its extension, and so costs 7 bits a unit."""
    raise NotImplementedError


def units(text: str) -> int:
    """The length of a text in units of its encoding: septets of GSM-7, or else code units of UTF-16 (UCS-2)."""
    raise NotImplementedError
