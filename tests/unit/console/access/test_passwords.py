"""What is asked of a password, and how it is compared."""

import pytest
from argon2 import PasswordHasher

from candidacy.console.access.passwords import PasswordMatch, Passwords, password_weakness

RELATED = ("ann.lee", "Ann Lee", "Datta Endoscopic Back Surgery and Pain Center")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("mauve kettle drift otter", None),
        ("Vq7#tLw9!pZx", None),
        ("пароль для консоли клиники", None),
        ("", "at least 12"),
        ("mauve kettl", "at least 12"),
        ("a" * 129, "128 characters at most"),
        ("a" * 100, "guessed too easily"),
        ("passwordpassword", "guessed too easily"),
        ("qwertyuiop123", "guessed too easily"),
        ("123456789012345", "guessed too easily"),
        ("ann lee ann lee", "guessed too easily"),
        ("Endoscopic Back Surgery 1", "guessed too easily"),
    ],
)
def test_password_weakness(password: str, said: str | None) -> None:
    weakness = password_weakness(password, related=RELATED)
    assert weakness is None if said is None else said in (weakness or "")


def test_a_password_is_known_again_and_no_other() -> None:
    passwords = Passwords(QUICK)
    kept = passwords.hash("mauve kettle drift otter")
    assert kept.startswith("$argon2id$")
    assert "mauve" not in kept
    assert passwords.hash("mauve kettle drift otter") != kept
    assert passwords.compare(kept, "mauve kettle drift otter") == PasswordMatch(right=True)
    assert passwords.compare(kept, "mauve kettle drift otte") == PasswordMatch(right=False)


def test_the_same_letters_of_another_keyboard_are_the_same_password() -> None:
    passwords = Passwords(QUICK)
    assert passwords.compare(passwords.hash("caf\u00e9 kettle drift"), "cafe\u0301 kettle drift").right


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_where_nothing_is_kept_every_password_is_wrong(kept: str | None) -> None:
    passwords = Passwords(QUICK)
    assert passwords.compare(kept, "nobody has this password") == PasswordMatch(right=False)


def test_a_hash_of_weaker_parameters_is_outdated() -> None:
    kept = Passwords(QUICK).hash("mauve kettle drift otter")
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    assert stronger.compare(kept, "mauve kettle drift otter") == PasswordMatch(right=True, outdated=True)


def test_in_production_a_password_is_kept_with_the_parameters_of_rfc_9106() -> None:
    assert Passwords().hash("mauve kettle drift otter").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
