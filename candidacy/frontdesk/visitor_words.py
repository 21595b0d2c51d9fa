"""What a visitor reads when a request is refused: danger advice first, then sorry and the clinic's number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from candidacy.assistant.texts import Texts
from candidacy.frontdesk.danger import danger_response
from candidacy.frontdesk.links import links_in
from candidacy.frontdesk.responses import NOT_RECEIVED
from candidacy.language.red_flag import RedFlag


@dataclass(frozen=True)
class VisitorWords:
    """Words for the visitor in an error's body, in the shape of a message."""

    text: str
    kind: str
    links: tuple[dict[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The fields of the body."""
        return {"message": self.text, "kind": self.kind, "links": list(self.links)}


def not_received(*, texts: Texts, numbers: Mapping[str, str], red_flag: RedFlag | None = None) -> VisitorWords:
    """That the message was not received, and where to call.

    Args:
        texts: the words.
        numbers: telephone numbers and their addresses.
        red_flag: the danger that the message speaks of; its advice comes first.
    """
    replies = [texts.reply(NOT_RECEIVED)]
    if red_flag is not None:
        replies.insert(0, texts.reply(danger_response(red_flag)))
    text = "\n\n".join(reply.text for reply in replies)
    return VisitorWords(text=text, kind=replies[0].kind, links=tuple(links_in(text, numbers=numbers)))
