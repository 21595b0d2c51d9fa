"""Recovery codes are random, readable, and known again however they are typed."""

import re

import pytest

from candidacy.console.access.recovery_codes import hash_recovery_code, new_recovery_codes


def test_they_are_ten_different_ones() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", code) for code in codes)


@pytest.mark.parametrize("typed", ["7K4M-2PXD-QQ9R-TW3C", "7k4m2pxdqq9rtw3c", " 7K4M 2PXD QQ9R TW3C "])
def test_they_are_known_again(typed: str) -> None:
    assert hash_recovery_code(typed) == hash_recovery_code("7K4M-2PXD-QQ9R-TW3C")


def test_the_hash_does_not_show_the_code() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", hash_recovery_code("7K4M-2PXD-QQ9R-TW3C"))
    assert hash_recovery_code("7K4M-2PXD-QQ9R-TW3D") != hash_recovery_code("7K4M-2PXD-QQ9R-TW3C")
