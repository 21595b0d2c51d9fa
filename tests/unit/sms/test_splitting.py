"""Long texts in parts."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from candidacy.sms.gsm7 import graphemes, units
from candidacy.sms.splitting import LEAST, MOST, RULE, split

SENTENCE = "Most of the time, people have it as inpatients, which means in a hospital."
LINK = "https://chat.clinic.example/sms/shown/" + "k" * 60
NUMBER = "(212) 430-0312"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", RULE, ()),
        (" \n ", RULE, ()),
        ("Short.", RULE, ("Short.",)),
        ("One sentence here. Another one there.", 20, ("One sentence here.", "Another one there.")),
        ("First line of all\nSecond line. And more", 30, ("First line of all", "Second line. And more")),
        ("One here. Two there.\n\nThree. Four five six.", 40, ("One here. Two there.", "Three. Four five six.")),
        ("no end to this sentence at all", 20, ("no end to this", "sentence at all")),
        ("Ask Dr. Lee about it today. Then call.", 30, ("Ask Dr. Lee about it today.", "Then call.")),
        (f"You can call us at {NUMBER} today", 30, ("You can call us at", f"{NUMBER} today")),
        ("Then call +1 212 430 0312 ext. 45", 24, ("Then call", "+1 212 430 0312 ext. 45")),
        ('He said: "Wait here." Then he left us.', 30, ('He said: "Wait here."', "Then he left us.")),
        (f"See {LINK} now", 40, ("See", LINK, "now")),
        (f"Thank you all so much {FAMILY}{FAMILY}", 24, ("Thank you all so much", FAMILY + FAMILY)),
    ],
)
def test_split(text: str, limit: int, parts: tuple[str, ...]) -> None:
    assert split(text, limit=limit) == parts


def test_a_reply_has_at_most_320_units_as_a_rule() -> None:
    parts = split(" ".join([SENTENCE] * 12))
    assert all(units(part) <= RULE for part in parts)
    assert all(part.endswith(".") for part in parts)


def test_extension_characters_count_twice() -> None:
    assert split("[[[[[[[[[[ ]]]]]]]]]]", limit=20) == ("[[[[[[[[[[", "]]]]]]]]]]")


def test_what_twilio_would_refuse_is_cut_all_the_same() -> None:
    parts = split("k" * (2 * MOST + 5))
    assert [len(part) for part in parts] == [MOST, MOST, 5]


def test_even_then_no_emoji_is_cut() -> None:
    parts = split(FAMILY * 300)
    assert all(units(part) <= MOST for part in parts)
    assert sum(len(graphemes(part)) for part in parts) == 300
    assert all(set(graphemes(part)) == {FAMILY} for part in parts)


@pytest.mark.parametrize(("limit", "most"), [(LEAST - 1, MOST), (RULE, RULE - 1)])
def test_limits_that_make_no_sense(limit: int, most: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        split("text", limit=limit, most=most)


WORDS = st.sampled_from(
    [
        "a",
        "vertebra",
        "fusion.",
        "Why?",
        "\n",
        "\n\n",
        "\u00e1",
        "[x]",
        "\U0001f600",
        FAMILY,
        LINK,
        NUMBER,
        "911",
        "988.",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=120).map(" ".join), st.integers(LEAST, RULE))
@example(f"{NUMBER} {NUMBER} {LINK}{LINK}", LEAST)
def test_nothing_is_lost_and_nothing_that_belongs_together_is_cut(text: str, limit: int) -> None:
    parts = split(text, limit=limit)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part and part == part.strip() and units(part) <= MOST for part in parts)
    assert all(units(part) <= limit or not re.search(r"\s(?![\d(])", part) for part in parts)
    assert sum(part.count(LINK) for part in parts) == text.count(LINK)
    assert sum(part.count(FAMILY) for part in parts) == text.count(FAMILY)


@settings(deadline=None)
@given(st.text(max_size=4000))
def test_any_text_comes_in_parts_that_can_be_sent(text: str) -> None:
    parts = split(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < units(part) <= MOST for part in parts)


@settings(deadline=None)
@given(st.lists(st.sampled_from([SENTENCE, f"Call {NUMBER}.", "Now."]), max_size=40).map(" ".join))
def test_no_telephone_number_is_cut(text: str) -> None:
    parts = split(text, limit=80)
    assert sum(part.count(NUMBER) for part in parts) == text.count(NUMBER)
