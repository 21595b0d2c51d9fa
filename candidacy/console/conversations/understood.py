"""What was understood of a visitor's message, as lines that staff read. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MOST_TOPICS = 3

Line = tuple[str, str]
"""What it is, and what was understood."""


def understood(understanding: Mapping[str, Any] | None) -> tuple[Line, ...]:
    """The lines of what was understood (Rasa's parse data, as `messages.understanding` keeps it); none for nothing."""
    known = understanding or {}
    return tuple((name, value) for name, value in _lines(known) if value)


def _lines(known: Mapping[str, Any]) -> Iterator[Line]:
    yield "Intent", _scored(known.get("intent"))
    yield "Topics", ", ".join(_scored(topic) for topic in _list(known.get("topics"))[:MOST_TOPICS])
    yield "Findings", "; ".join(_finding(finding) for finding in _list(known.get("findings")))
    yield "Answer", _text(known.get("answer"))
    yield "Red flag", _red_flag(known.get("red_flag"))
    yield "Language", _text(known.get("language"))
    if known.get("answered_by") == "front_desk":
        yield "Answered by", "the front desk, while the assistant could not be reached"


def _scored(value: Any) -> str:
    if not isinstance(value, Mapping):
        return _text(value)
    name = _text(value.get("name") or value.get("topic"))
    score = value.get("confidence", value.get("score"))
    return f"{name} ({float(score):.0%})" if name and isinstance(score, int | float) else name


def _finding(value: Any) -> str:
    if not isinstance(value, Mapping):
        return _text(value)
    of = {"self": "", "other": " (somebody else)", "another": " (a relative)"}.get(str(value.get("subject")), "")
    detail = f", {value['detail']}" if value.get("detail") else ""
    return f"{_text(value.get('concept'))}: {_text(value.get('value'))}{of}{detail}"


def _red_flag(value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    return ", ".join(_text(value.get(name)) for name in ("level", "category") if value.get(name))


def _text(value: Any) -> str:
    return value.replace("_", " ") if isinstance(value, str) else ""


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
