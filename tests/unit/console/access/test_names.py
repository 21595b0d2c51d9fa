"""Names of accounts."""

import pytest

from candidacy.console.access.names import as_sign_in_name, new_full_name, new_sign_in_name


@pytest.mark.parametrize(("typed", "name"), [("ann", "ann"), (" Ann.Lee ", "ann.lee"), ("A@B.example", "a@b.example")])
def test_sign_in_names(typed: str, name: str) -> None:
    assert new_sign_in_name(typed) == as_sign_in_name(typed) == name


@pytest.mark.parametrize("typed", ["", " ", "a b", "-ann", "ann-", "añn", "a" * 65, "ann\n2", "a/b"])
def test_what_is_no_sign_in_name(typed: str) -> None:
    with pytest.raises(ValueError, match="The sign-in name must be"):
        new_sign_in_name(typed)


def test_full_names() -> None:
    assert new_full_name("  José   Ñáñez ") == "José Ñáñez"


@pytest.mark.parametrize("typed", ["", " \n", "a" * 121, "a\x07b", "a\u202eb"])
def test_what_is_no_full_name(typed: str) -> None:
    with pytest.raises(ValueError, match="The full name must be"):
        new_full_name(typed)
