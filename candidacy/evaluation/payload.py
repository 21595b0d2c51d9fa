"""A button's payload: the intent it stands for and the values it carries."""

import json
import re

_PAYLOAD = re.compile(r"^/(?P<intent>\w+)(?P<values>\{.*\})?$", re.DOTALL)


def read_payload(payload: str) -> tuple[str, dict[str, str]]:
    """The intent and the values, such as ``("choose", {"topic": "faq/outlook"})``.

    Raises:
        ValueError: it is not a payload.
    """
    match = _PAYLOAD.match(payload)
    if match is None:
        raise ValueError(f"not a payload: {payload!r}")
    return match["intent"], json.loads(match["values"] or "{}")


def answer_payload(question: str, value: str) -> str:
    """The payload that answers a question."""
    return f"/answer{json.dumps({question: value})}"
