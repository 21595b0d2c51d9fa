"""What stays together when a text is cut into segments; the counts are held against Twilio's in tests/sms."""

import pytest

from candidacy.sms.segments import segment_count

DOCTOR = "\U0001f469\u200d\u2695\ufe0f"


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("\u20ac" * 80, 1),
        ("\u20ac" * 81, 2),
        ("a" * 152 + "\u20ac" + "a" * 10, 2),
        ("a" * 305 + "\u20ac", 3),
        ("\u00e1" * 70, 1),
        ("\u00e1" * 71, 2),
        ("\u00e1" * 134, 2),
        ("\u00e1" * 135, 3),
        (DOCTOR * 14, 1),
        (DOCTOR * 26, 2),
        (DOCTOR * 27, 3),
        ("a\r\n" * 53, 1),
    ],
)
def test_segment_count(text: str, segments: int) -> None:
    assert segment_count(text) == segments
