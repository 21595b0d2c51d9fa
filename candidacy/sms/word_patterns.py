"""Patterns of words as a data file writes them, and what they match.

``(a|b)`` is one of several, ``[a|b]`` one of them or nothing, ``<name>`` one of a list of that name, and ``...``
whatever more is said. They match texts in which each word has a blank behind it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

WordLists = Mapping[str, Sequence[str]]
"""Lists of words and short phrases, by the name that patterns give them."""

_MOST_AROUND = 6
"""Without a bound, a text that repeats openings could be read in so many ways that reading never ends."""
_ELEMENT = re.compile(
    r"\((?P<one>[^()]*)\)|\[(?P<maybe>[^\[\]]*)\]|<(?P<listed>\w+)>|(?P<rest>\.\.\.)|(?P<word>[^\s()\[\]<>|]+)"
)


def any_of(patterns: Iterable[str], lists: WordLists) -> str:
    """A regular expression that matches what any of the patterns does; raises ValueError when one is malformed."""
    return _one_of([_expression(pattern, lists) for pattern in patterns])


def said_with(expression: str, *, openings: Sequence[str], closings: Sequence[str]) -> re.Pattern[str]:
    """The expression with some of the openings before it and of the closings behind it, up to six of each."""
    before, after = _one_of(map(_phrase, openings)), _one_of(map(_phrase, closings))
    return re.compile(f"{before}{{0,{_MOST_AROUND}}}{expression}{after}{{0,{_MOST_AROUND}}}")


def _expression(pattern: str, lists: WordLists) -> str:
    parts, end = [], 0
    for element in _ELEMENT.finditer(pattern):
        if pattern[end : element.start()].strip():
            raise ValueError(f"{pattern!r} cannot be read at {pattern[end:]!r}")
        parts.append(_element(element, lists))
        end = element.end()
    if pattern[end:].strip() or not parts:
        raise ValueError(f"{pattern!r} cannot be read at {pattern[end:]!r}")
    return "".join(parts)


def _element(element: re.Match[str], lists: WordLists) -> str:
    if element["rest"]:
        return ".*"
    if element["word"]:
        return _phrase(element["word"])
    if element["listed"]:
        return _listed(element["listed"], lists)
    choices = (element["one"] or element["maybe"] or "").split("|")
    expression = _one_of(
        _listed(choice.strip(" <>"), lists) if choice.strip().startswith("<") else _phrase(choice) for choice in choices
    )
    return f"{expression}?" if element["maybe"] else expression


def _listed(name: str, lists: WordLists) -> str:
    if name not in lists:
        raise ValueError(f"there is no list <{name}>")
    return _one_of(map(_phrase, lists[name]))


def _phrase(words: str) -> str:
    return "".join(f"{re.escape(word)} " for word in words.split())


def _one_of(expressions: Iterable[str]) -> str:
    return f"(?:{'|'.join(dict.fromkeys(expressions))})"
