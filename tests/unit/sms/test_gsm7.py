"""The alphabet of text messages, and what is folded into it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidacy.machine import clinic_texts
from candidacy.settings import read_settings
from candidacy.sms.gsm7 import BASIC, EXTENSION, fold, graphemes, is_gsm7, units

TEXTS = clinic_texts(read_settings({}))
VALUES = dict.fromkeys(
    ("lines", "label", "value", "detail", "reported", "unknown", "reference", "link", "link_minutes"), "x"
)
"""Stand-ins for what a turn fills in."""


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("it\u2019s \u201cfine\u201d", 'it\'s "fine"'),
        ("a few days \u2013 or more\u2014or less", "a few days - or more-or less"),
        ("wait\u2026", "wait..."),
        ("\u2022 one\n\u2022 two", "- one\n- two"),
        ("no\u00a0break\u2009thin\u3000wide", "no break thin wide"),
        ("soft\u00adhyphen zero\u200bwidth \u202bbidi\u202c", "softhyphen zerowidth bidi"),
        ("tab\there", "tab here"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("\u00bd hour, 2 \u00d7 5, \u2264 3", "1/2 hour, 2 x 5, <= 3"),
        ("\uff21\uff22\uff0c\uff11", "AB,1"),
        ("\ufb01ne", "fine"),
        ("5 \u2032 and 6 \u2033", "5 ' and 6 \""),
        ("a `tick`", "a 'tick'"),
        ("e\u0301", "\u00e9"),
        ("half a pair \ud83d!", "half a pair !"),
        ("sí, está", "sí, está"),
        ("\U0001f64f\U0001f3fd ok", "\U0001f64f\U0001f3fd ok"),
        ("\U0001f469\u200d\u2695\ufe0f", "\U0001f469\u200d\u2695\ufe0f"),
        ("2\ufe0f\u20e3", "2\ufe0f\u20e3"),
        ("Brand\u2122", "Brand(TM)"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text(alphabet=sorted((BASIC | EXTENSION) - {"\r", "\f"})))
def test_what_is_in_the_alphabet_stays(text: str) -> None:
    assert fold(text) == text
    assert is_gsm7(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("abc", 3),
        ("[a]", 5),
        ("5 \u20ac", 4),
        ("\u00e9", 1),
        ("\u00ed", 1),
        ("\u00ed[", 2),
        ("\U0001f600", 2),
        ("\U0001f600[a]", 5),
    ],
)
def test_units(text: str, expected: int) -> None:
    assert units(text) == expected


def test_an_emoji_with_its_tone_is_one_character() -> None:
    assert graphemes("a\U0001f64f\U0001f3fdb") == ["a", "\U0001f64f\U0001f3fd", "b"]


@pytest.mark.parametrize("channel", [None, "sms"])
@pytest.mark.parametrize("name", sorted(name for name in TEXTS.names if not name.endswith(("_es", "_spanish"))))
def test_every_english_text_is_in_the_alphabet_once_folded(name: str, channel: str | None) -> None:
    reply = TEXTS.reply(name, channel=channel, **VALUES)
    assert [character for character in fold(reply.text) if not is_gsm7(character)] == []
    assert all(is_gsm7(fold(button.title)) for button in reply.buttons)
