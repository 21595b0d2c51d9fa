"""What is checked of a text that a visitor reads: pure functions, each of which says what is wrong."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

import textstat

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€"
)
"""The default alphabet of SMS and its extension table (3GPP TS 23.038, 6.2.1); others need a dearer encoding."""

LONGEST_SMS = 320
LONGEST_SENTENCE = 20
"""Words."""
HIGHEST_GRADE = 8.0
"""US school grade by Flesch and Kincaid; DESIGN.md's Voice asks for grade 6-8."""
COPIED_RUN = 6
"""So many words in a row, the same as in the document, count as copied."""

_FRAGMENTS = ("utter_label_", "utter_value_", "utter_read_back_line")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+|\n+")
_WORD = re.compile(r"[\w'-]*\w")


@dataclass(frozen=True)
class Rule:
    """A wording that no text of the kinds may have (every kind, when there are none)."""

    pattern: str
    reason: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variant:
    """One text of a response: the default, the one for a channel, or the one for a condition."""

    name: str
    channel: str | None
    conditional: bool
    template: str
    metadata: Mapping[str, Any]
    buttons: tuple[Mapping[str, str], ...]

    @property
    def kind(self) -> str | None:
        """What the message is, as the console and the analytics read it."""
        return self.metadata.get("kind")

    @property
    def is_english(self) -> bool:
        """Whether the text has nothing in Spanish, so that an English reading grade means something."""
        return not self.name.endswith(("_es", "_spanish"))

    @property
    def is_title(self) -> bool:
        """Whether it is the name of a topic on a button."""
        return self.name.startswith("utter_title/")

    @property
    def is_fragment(self) -> bool:
        """Whether it is said inside something else and is no sentence of its own."""
        return self.is_title or self.name.startswith(_FRAGMENTS)

    def __str__(self) -> str:
        use = self.channel or ("conditional" if self.conditional else None)
        return f"{self.name} ({use})" if use else self.name


def read_variants(responses: Mapping[str, Iterable[Mapping[str, Any]]]) -> tuple[Variant, ...]:
    """Every text of a domain's responses."""
    return tuple(
        Variant(
            name=name,
            channel=entry.get("channel"),
            conditional="condition" in entry,
            template=entry["text"],
            metadata=entry.get("metadata") or {},
            buttons=tuple(entry.get("buttons") or ()),
        )
        for name, entries in responses.items()
        for entry in entries
    )


def read_rules(entries: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules of forbidden_wording.yml."""
    return tuple(Rule(entry["pattern"], entry["reason"], tuple(entry.get("kinds", ()))) for entry in entries)


def sentences(text: str) -> list[str]:
    """The sentences of a text, without blanks."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation; a number is a word."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


def long_sentences(text: str) -> list[str]:
    """The sentences that have too many words."""
    return [sentence for sentence in sentences(text) if len(words(sentence)) > LONGEST_SENTENCE]


def reading_grade(text: str) -> float:
    """The US school grade at which the text reads, by Flesch and Kincaid; a line of a list counts as a sentence."""
    return float(textstat.flesch_kincaid_grade(" ".join(_ended(sentence) for sentence in sentences(text))))


def outside_gsm_7(text: str) -> str:
    """The characters that a plain SMS cannot carry."""
    return "".join(sorted(set(text) - GSM_7))


def variables(text: str) -> set[str]:
    """The names of the variables that a text has."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forbidden(text: str, kind: str, rules: Iterable[Rule]) -> list[str]:
    """The reasons why a text of this kind may not be said."""
    return [
        rule.reason
        for rule in rules
        if (not rule.kinds or kind in rule.kinds) and re.search(rule.pattern, text, re.IGNORECASE | re.MULTILINE)
    ]


def copied_runs(text: str, document: str) -> list[str]:
    """The runs of words that a text shares with the document; a variable's value is no copy."""
    source = _runs(document)
    return [run for piece in re.split(r"{\w+}", text) for run in _runs(piece) if run in source]


def _runs(text: str) -> dict[str, None]:
    found = words(text)
    return dict.fromkeys(" ".join(found[at : at + COPIED_RUN]) for at in range(len(found) - COPIED_RUN + 1))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", '"', ")")) else f"{sentence.rstrip(':')}."
