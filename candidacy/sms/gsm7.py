"""The alphabet of text messages: what costs one unit, what costs two, and what makes the whole text dear."""

import unicodedata

import regex

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The default alphabet of 3GPP TS 23.038, section 6.2.1: one septet each."""

EXTENSION = frozenset("\f^{}\\[~]|€")
"""The extension table of section 6.2.1.1: two septets each."""

_LOOK_ALIKES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u02b9\u02bb\u00b4\u0060", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2039", "<"),
    **dict.fromkeys("\u203a", ">"),
    **dict.fromkeys("\u2022\u2023\u2043\u25aa\u25cf\u25e6\u00b7\u2212", "-"),
    **dict.fromkeys("\u2028\u2029\u0085\u000b\u000c", "\n"),
    "\r": "\n",
    "\r\n": "\n",
    "\t": " ",
    "\u00d7": "x",
    "\u00f7": "/",
    "\u2044": "/",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2192": "->",
    "\u00a9": "(c)",
    "\u00ae": "(R)",
    "\u2122": "(TM)",
}
_PICTURE = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")
_GRAPHEME = regex.compile(r"\X")
_DASH = "Pd"
_SPACE = "Zs"
_UNSEEN = ("Cc", "Cf", "Cs")


def fold(text: str) -> str:
    """The text with smart punctuation and look-alikes as GSM-7 writes them; letters, accents and emoji stay.

    Line breaks become one kind; what cannot be seen (control characters, zero widths, halves of a surrogate pair) goes.
    """
    return "".join(_folded(grapheme) for grapheme in graphemes(unicodedata.normalize("NFC", text)))


def is_gsm7(text: str) -> bool:
    """Whether the whole text is in the GSM-7 alphabet or its extension, and so costs 7 bits a unit."""
    return all(character in BASIC or character in EXTENSION for character in text)


def units(text: str) -> int:
    """The length of a text in units of its encoding: septets of GSM-7, or else code units of UTF-16 (UCS-2)."""
    if is_gsm7(text):
        return len(text) + sum(character in EXTENSION for character in text)
    return sum(utf16_units(character) for character in text)


def utf16_units(character: str) -> int:
    """The code units of one character in UTF-16: 1, or 2 outside of the basic plane."""
    return 2 if ord(character) > 0xFFFF else 1


def graphemes(text: str) -> list[str]:
    """What a reader sees as the characters of a text: an emoji with its skin tone is one."""
    return [str(match) for match in _GRAPHEME.findall(text)]


def _folded(grapheme: str) -> str:
    if grapheme in _LOOK_ALIKES:
        return _LOOK_ALIKES[grapheme]
    if _PICTURE.search(grapheme):
        return grapheme
    return "".join(_folded_character(character) for character in grapheme)


def _folded_character(character: str) -> str:
    if character in _LOOK_ALIKES:
        return _LOOK_ALIKES[character]
    if is_gsm7(character):
        return character
    category = unicodedata.category(character)
    if category in _UNSEEN:
        return ""
    if category == _SPACE:
        return " "
    if category == _DASH:
        return "-"
    plain = "".join(_LOOK_ALIKES.get(part, part) for part in unicodedata.normalize("NFKC", character))
    return plain if is_gsm7(plain) else character
