"""Labels: their reading, and alternatives of them joined with a bar, any one of which is right."""

from collections.abc import Collection

ALTERNATIVE = "|"


def alternatives(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The labels of a field, any one of which is right; the first is the class that is counted.

    Raises:
        ValueError: one of them is not known.
    """
    return tuple(one_of(label, known, "the label") for label in text.split(ALTERNATIVE))


def one_of(value: str, known: Collection[str], what: str) -> str:
    """The value, when it is a known one.

    Raises:
        ValueError: it is not; says what it is and what it may be.
    """
    if value not in known:
        raise ValueError(f"{what} {value!r} must be one of {', '.join(known)}")
    return value
