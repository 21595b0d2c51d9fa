"""Sign-in names: short, plain, and the same however they are typed. Pure."""

import re

_SIGN_IN_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?")
_FULL_NAME_MAX_LENGTH = 120


def as_sign_in_name(typed: str) -> str:
    """The name that is looked for: without blanks around it, in small letters."""
    return typed.strip().casefold()


def new_sign_in_name(typed: str) -> str:
    """The name of a new account; raises ValueError, with what it must be, when it cannot be one."""
    name = as_sign_in_name(typed)
    if not _SIGN_IN_NAME.fullmatch(name):
        raise ValueError(
            "The sign-in name must be 1 to 64 letters a-z, digits, dots, hyphens, underscores or @, "
            "and begin and end with a letter or digit."
        )
    return name


def new_full_name(typed: str) -> str:
    """The full name of a new account; raises ValueError, with what it must be, when it cannot be one."""
    name = " ".join(typed.split())
    if not name or len(name) > _FULL_NAME_MAX_LENGTH or not name.isprintable():
        raise ValueError(f"The full name must be 1 to {_FULL_NAME_MAX_LENGTH} characters.")
    return name
