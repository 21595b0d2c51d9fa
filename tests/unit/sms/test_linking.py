"""Codes that take a conversation from the web to text messages."""

import math
import random
import secrets
from datetime import datetime, timedelta, timezone

import pytest

from candidacy.readable_codes import ALPHABET
from candidacy.sms.linking import LENGTH, LIFE, MOST_TRIES, IssuedCode, LinkOutcome, code_in, new_code, outcome

AT = datetime(2026, 4, 1, 12, tzinfo=timezone.utc)
CODE = "7K4-M2P-QRT"


def test_a_code_has_at_least_40_bits() -> None:
    digits = sum(character.isdigit() for character in ALPHABET)
    codes = len(ALPHABET) ** LENGTH - digits**LENGTH - (len(ALPHABET) - digits) ** LENGTH
    assert math.log2(codes) > 40


def test_codes_are_found_again_and_differ() -> None:
    codes = {new_code(secrets.choice) for _ in range(500)}
    assert len(codes) == 500
    assert all(code_in(f"my code is {code}") == code for code in codes)


def test_a_code_has_a_letter_and_a_digit() -> None:
    draws = iter("2" * LENGTH + "K" * LENGTH + "2" + "K" * (LENGTH - 1))
    assert new_code(lambda _: next(draws)) == "2KK-KKK-KKK"


def test_every_character_is_as_likely() -> None:
    draw = random.Random(1)
    drawn = "".join(new_code(draw.choice).replace("-", "") for _ in range(4000))
    assert set(drawn) == set(ALPHABET)
    assert max(map(drawn.count, ALPHABET)) < 1.25 * min(map(drawn.count, ALPHABET))


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        "7k4-m2p-qrt",
        "7K4 M2P QRT",
        "7K4M2PQRT",
        "7k4.m2p.qrt",
        "7K4\u2013M2P\u2013QRT",
        "code: 7K4-M2P-QRT.",
        "Hi! 7k4 m2p qrt thanks",
        "(7K4-M2P-QRT)",
        f"{CODE} {CODE}",
        "7K4-M2P-QRT\n",
    ],
)
def test_the_code_as_people_type_it(text: str) -> None:
    assert code_in(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "212-345-678",
        "(212) 345-6789",
        "+12123456789",
        "7K4-M2P",
        "7K4-M2P-QRTX",
        "X7K4-M2P-QRT",
        "7K4-M2P QRT",
        "7K4-M2P-QR0",
        "KKK-KKK-KKK",
        "7K4-M2P-QRT or 7K4-M2P-QRV",
        "my back hurts",
        "SF-9XJG78",
    ],
)
def test_no_code(text: str) -> None:
    assert code_in(text) is None


@pytest.mark.parametrize(
    ("age", "used", "tries", "expected"),
    [
        (timedelta(), False, 0, LinkOutcome.LINKED),
        (LIFE - timedelta(seconds=1), False, MOST_TRIES - 1, LinkOutcome.LINKED),
        (LIFE, False, 0, LinkOutcome.EXPIRED),
        (timedelta(), True, 0, LinkOutcome.USED),
        (LIFE * 2, True, 0, LinkOutcome.USED),
        (timedelta(), False, MOST_TRIES, LinkOutcome.TOO_MANY_TRIES),
        (timedelta(), True, MOST_TRIES, LinkOutcome.TOO_MANY_TRIES),
    ],
)
def test_outcome(age: timedelta, used: bool, tries: int, expected: LinkOutcome) -> None:
    assert outcome(IssuedCode(issued_at=AT - age, used=used), tries=tries, at=AT) is expected


@pytest.mark.parametrize(("tries", "expected"), [(0, LinkOutcome.UNKNOWN), (MOST_TRIES, LinkOutcome.TOO_MANY_TRIES)])
def test_a_code_that_nobody_was_given(tries: int, expected: LinkOutcome) -> None:
    assert outcome(None, tries=tries, at=AT) is expected
