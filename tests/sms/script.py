"""Conversations by text as data: what a person texts, every text that is sent back, and what is stored in the end."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from candidacy.records.consents import latest_consent
from tests.sms.telephone import Telephone
from tests.support.conversation import stored_of

SCRIPTS = Path(__file__).parent / "scripts"

LINK = re.compile(r"http://127\.0\.0\.1:\d+/sms/read/\d+-[\w-]{22}")
REFERENCE = re.compile(r"SF-[0-9A-Z]{6}")

VARYING = ((LINK, "<link>"), (REFERENCE, "<reference>"))
"""What is another each time, and what stands for it in the scripts."""


@dataclass(frozen=True)
class Script:
    """One conversation: its turns and what is stored afterwards."""

    name: str
    turns: list[dict[str, Any]]
    stored: dict[str, Any]


def read_scripts() -> list[Script]:
    """All conversations, those of one file together."""
    return [
        Script(name=entry["name"], turns=entry["turns"], stored=entry.get("stored", {}))
        for file in sorted(SCRIPTS.glob("*.yml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def play(telephone: Telephone, script: Script) -> None:
    """Have the conversation, and compare every text that is sent and what is stored."""
    for number, turn in enumerate(script.turns, start=1):
        read = sent_back(telephone, turn)
        assert read == turn["reads"], f"turn {number}: {turn['text']!r}\nread:     {read}\nexpected: {turn['reads']}"
    conversation_id = conversation_of(telephone)
    asked = {name: value for name, value in script.stored.items() if name != "texting"}
    stored: dict[str, Any] = stored_of(telephone.stack, conversation_id, asked)
    if "texting" in script.stored:
        stored["texting"] = _texting_consent(telephone, conversation_id)
    assert stored == script.stored


def sent_back(telephone: Telephone, turn: Mapping[str, Any]) -> list[str]:
    """The texts that come back for a turn of a script, with what varies named."""
    return [named(body) for body in telephone.text(turn["text"], **turn.get("with", {}))]


def named(body: str) -> str:
    """A text with what is another each time replaced."""
    for pattern, name in VARYING:
        body = pattern.sub(name, body)
    return body


def conversation_of(telephone: Telephone) -> str:
    """The telephone's conversation, by the last text of its own; that of an erased one is gone."""
    rows = [row for row in telephone.rows() if row.author == "visitor" and row.channel == "sms"]
    return str(rows[-1].conversation_id) if rows else ""


def _texting_consent(telephone: Telephone, conversation_id: str) -> bool | None:
    with telephone.stack.database.read_session() as session:
        consent = latest_consent(session, conversation_id=conversation_id, purpose="texting")
    return consent.given if consent else None
