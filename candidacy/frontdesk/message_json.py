"""A message as the API shows it."""

from collections.abc import Mapping
from typing import Any

from candidacy.frontdesk.links import links_in
from candidacy.records.messages import MessageView


def message_json(view: MessageView, *, numbers: Mapping[str, str], live: frozenset[int]) -> dict[str, Any]:
    """The message; the numbers of what we say are links to tap.

    `client_id` is the client's own name of a visitor's message, so that it knows its own again.

    Args:
        view: the message.
        numbers: telephone numbers that a text may name, and their addresses.
        live: the messages whose buttons can be pressed now.
    """
    return {
        "id": view.id,
        "author": view.author,
        "kind": view.kind,
        "text": view.text,
        "links": [] if view.author == "visitor" else links_in(view.text, numbers=numbers),
        "buttons": [{"id": button.id, "title": button.title, "live": view.id in live} for button in view.buttons],
        "facts": list(view.facts),
        "at": view.at.isoformat(),
        "client_id": view.client_id,
    }
