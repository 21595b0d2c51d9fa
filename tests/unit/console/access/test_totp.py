"""Codes of an authenticator app, by the examples of RFC 6238, appendix B (its last six digits)."""

from datetime import datetime, timezone
from xml.etree import ElementTree

import pytest

from candidacy.console.access.totp import accepted_step, new_totp_key, qr_picture, spaced, totp_address

KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the ASCII string 12345678901234567890
EXAMPLES = [(59, "287082", 1), (1111111109, "081804", 37037036), (2000000000, "279037", 66666666)]


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=timezone.utc)


@pytest.mark.parametrize(("seconds", "code", "step"), EXAMPLES)
def test_the_codes_of_the_standard(seconds: int, code: str, step: int) -> None:
    assert accepted_step(KEY, code, last_step=None, now=at(seconds)) == step


@pytest.mark.parametrize("typed", ["287082", " 287 082 ", "287-082"])
def test_blanks_do_not_matter(typed: str) -> None:
    assert accepted_step(KEY, typed, last_step=None, now=at(59)) == 1


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "000000", "abcdef", "²⁸⁷⁰⁸²", "\ud800"])
def test_anything_else_is_wrong(typed: str) -> None:
    assert accepted_step(KEY, typed, last_step=None, now=at(59)) is None


@pytest.mark.parametrize(
    ("seconds", "taken"),
    [(1999999949, False), (1999999950, True), (2000000000, True), (2000000039, True), (2000000040, False)],
)
def test_a_clock_may_be_one_step_off(seconds: int, taken: bool) -> None:
    assert (accepted_step(KEY, "279037", last_step=None, now=at(seconds)) == 66666666) is taken


@pytest.mark.parametrize(("last_step", "taken"), [(None, True), (0, True), (1, False), (2, False)])
def test_a_step_counts_once_and_none_before_it(last_step: int | None, taken: bool) -> None:
    assert (accepted_step(KEY, "287082", last_step=last_step, now=at(59)) == 1) is taken


def test_keys_are_random_and_long() -> None:
    keys = {new_totp_key() for _ in range(20)}
    assert len(keys) == 20
    assert {len(key) for key in keys} == {32}


def test_the_address_is_what_apps_read() -> None:
    address = totp_address(KEY, sign_in_name="ann", issuer="The Clinic")
    assert address == f"otpauth://totp/The%20Clinic:ann?secret={KEY}&issuer=The%20Clinic"


def test_the_picture_is_an_svg_element_without_inline_style() -> None:
    picture = qr_picture("otpauth://totp/x?secret=y")
    assert ElementTree.fromstring(picture).tag == "svg"
    assert "style=" not in picture


def test_a_key_to_be_typed_has_groups_of_four() -> None:
    assert spaced("GEZDGNBVGY") == "GEZD GNBV GY"
