"""What may stand in a text message, which nobody encrypts; the rest is shown behind a link that expires."""

import re
from collections.abc import Collection
from pathlib import Path

from candidacy.assistant.reply import Reply
from candidacy.dialogue.danger import LEVELS
from candidacy.language.rule_files import phrases, read_rule_file
from candidacy.sms.plain_words import plain_words

CONDITIONS_FILE = Path(__file__).parent / "conditions.yml"

SUMMARY = "summary"
"""The kind of a reply that reads answers or a request back."""

_ANY_ENDING = "*"
_NAME_PART = re.compile(r"[^\W\d_]{2,}")


def load_conditions(path: Path = CONDITIONS_FILE) -> re.Pattern[str]:
    """A pattern that matches a bare word which tells of a condition; raises RuleError when the file cannot be used."""
    listed = phrases(read_rule_file(path), "conditions", path=path)
    stems = ("".join(plain_words(phrase)) + (r"\w*" if phrase.endswith(_ANY_ENDING) else "") for phrase in listed)
    return re.compile("|".join(stems))


def may_be_texted(reply: Reply, *, names: Collection[str], conditions: re.Pattern[str]) -> bool:
    """Whether a reply may be sent as it is.

    No: read-backs and summaries (kind ``summary``), and texts in which a name stands together with a condition.
    Danger advice always: nobody in danger may have to open a link.

    Args:
        reply: what would be sent, its buttons included.
        names: the names that the conversation knows, as they were given.
        conditions: see `load_conditions`.
    """
    if reply.kind in LEVELS:
        return True
    if reply.kind == SUMMARY:
        return False
    text = "\n".join((reply.text, *(button.title for button in reply.buttons)))
    return not (_holds_a_name(text, names) and any(conditions.fullmatch(word) for word in plain_words(text)))


def _holds_a_name(text: str, names: Collection[str]) -> bool:
    """Whether a part of a name stands in a text, as it was given or with a capital: "Will" is not in "it will"."""
    words = set(_NAME_PART.findall(text))
    parts = {part for name in names for part in _NAME_PART.findall(name)}
    return any({part, part.capitalize(), part.upper()} & words for part in parts)
