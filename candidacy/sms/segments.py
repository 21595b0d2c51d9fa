"""How many segments a text is sent in, and so what it costs; equal to Twilio's own calculator."""

from candidacy.sms.gsm7 import EXTENSION, graphemes, is_gsm7, utf16_units

_SEGMENT_BITS = 140 * 8
_HEADER_BITS = 6 * 8
"""The user data header by which a telephone puts the segments of one text together."""
_ROOM_BITS = _SEGMENT_BITS - _HEADER_BITS
_SEPTET_BITS, _CODE_UNIT_BITS = 7, 16


def segment_count(text: str) -> int:
    """The number of segments of a text as it stands (it is not folded); 1 for an empty one.

    Neither an extension character nor an emoji sequence is spread over two segments, so a text can need one more than
    its length alone would. Twilio's calculator knows an older Unicode: it may count otherwise where skin tones stand
    without a face.
    """
    sizes = _sizes_in_bits(text)
    if sum(sizes) <= _SEGMENT_BITS:
        return 1
    count, free = 1, _ROOM_BITS
    for size in sizes:
        if size > free:
            count, free = count + 1, _ROOM_BITS
        free -= size
    return count


def _sizes_in_bits(text: str) -> list[int]:
    """The sizes of what stays together."""
    if is_gsm7(text):
        return [_SEPTET_BITS * (2 if character in EXTENSION else 1) for character in text]
    pieces = (piece for grapheme in graphemes(text) for piece in (grapheme if grapheme == "\r\n" else (grapheme,)))
    return [_CODE_UNIT_BITS * sum(map(utf16_units, piece)) for piece in pieces]
