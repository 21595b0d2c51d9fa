"""The telephone numbers in a message as links to tap."""

import re
from collections.abc import Mapping


def links_in(text: str, *, numbers: Mapping[str, str]) -> list[dict[str, str]]:
    """Each of the numbers that stands in a text, in their order there, with its address (RFC 3966)."""
    found = {
        match.start(): {"text": number, "href": address}
        for number, address in numbers.items()
        if number in text
        for match in re.finditer(rf"(?<!\w){re.escape(number)}(?!\w)", text)
    }
    unique = {link["text"]: link for _, link in sorted(found.items(), reverse=True)}
    return list(reversed(unique.values()))
