"""The replies that staff choose from (`canned_replies.yml`), with the clinic's number and hours filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

REPLIES_FILE = Path(__file__).parent / "canned_replies.yml"


@dataclass(frozen=True)
class CannedReply:
    """A reply to choose: what it is called, and what is sent."""

    id: str
    title: str
    text: str


def load_canned_replies(variables: Mapping[str, str], *, path: Path = REPLIES_FILE) -> tuple[CannedReply, ...]:
    """The replies in the file's order.

    Raises:
        ValueError: a reply lacks a part, an id comes twice, or a variable has no value; the message says which.
    """
    replies = tuple(_read(number, row, variables) for number, row in enumerate(_rows(path), start=1))
    ids = [reply.id for reply in replies]
    if len(set(ids)) < len(ids):
        raise ValueError(f"{path.name}: an id comes twice")
    return replies


def _rows(path: Path) -> list[Mapping[str, str]]:
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(rows, list):
        raise ValueError(f"{path.name}: must be a list of replies, each with id, title and text")
    return rows


def _read(number: int, row: Mapping[str, str], variables: Mapping[str, str]) -> CannedReply:
    try:
        return CannedReply(id=row["id"], title=row["title"], text=row["text"].format(**variables).strip())
    except KeyError as error:
        raise ValueError(f"reply {number}: {error.args[0]} is missing") from error
