"""Approved corrections as files: examples for Rasa (NLU YAML), examples of danger, and rows for the evaluation."""

import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from candidacy.casework.correction import NO_DANGER, RED_FLAG, SCREENING, TOPIC

NLU_FILE = "nlu/corrections.yml"
_TRAINING_DATA_VERSION = "3.1"
_MARKUP = re.compile(r"[\[\]{}]")
"""What Rasa reads as an annotated entity."""
NOTE = "correction"

HEADERS = {
    "faq": ("text", "expects", "note"),
    "redflags": ("text", "expects", "category", "style"),
    "screening": ("asked", "text", "fracture", "age_related", "stenosis_surgery", "subject", "note"),
}
"""The columns of the evaluation's files."""


@dataclass(frozen=True)
class ApprovedCorrection:
    """A message without what identifies its writer, and what it was meant as (see `correction.checked_meaning`)."""

    text: str = field(repr=False)
    kind: str
    meant: Mapping[str, str]


def training_files(
    corrections: Sequence[ApprovedCorrection],
    *,
    known: Mapping[str, str],
    labels: Mapping[str, str],
) -> dict[str, str]:
    """The files by their names below the folder, none of them empty.

    Args:
        corrections: what was approved, in order.
        known: the examples there are, in lower case, and the intent of each: what is known already is not repeated,
            and what is known as another intent is not exported to training, only to the evaluation.
        labels: the evaluation's label of each topic.
    """
    files = {NLU_FILE: _nlu(corrections, known), **_danger_files(corrections)}
    files.update({f"evaluation/{name}.tsv": text for name, text in _evaluation_files(corrections, labels).items()})
    return {name: text for name, text in files.items() if text}


def example_text(text: str) -> str:
    """The text as one line that Rasa reads as nothing but words."""
    return " ".join(_MARKUP.sub(" ", text).split()).lstrip("/-# ")


def _nlu(corrections: Sequence[ApprovedCorrection], known: Mapping[str, str]) -> str:
    by_intent: dict[str, dict[str, str]] = defaultdict(dict)
    for correction in corrections:
        text = example_text(correction.text)
        if correction.kind == TOPIC and text and text.lower() not in known:
            by_intent[correction.meant["topic"]].setdefault(text.lower(), text)
    _drop_contradictions(by_intent)
    blocks = [
        {"intent": intent, "examples": LiteralScalarString("".join(f"- {text}\n" for text in texts.values()))}
        for intent, texts in sorted(by_intent.items())
        if texts
    ]
    if not blocks:
        return ""
    target = io.StringIO()
    YAML().dump({"version": _TRAINING_DATA_VERSION, "nlu": blocks}, target)
    return target.getvalue()


def _drop_contradictions(by_intent: dict[str, dict[str, str]]) -> None:
    """Take out what was approved as two different intents: it would teach neither."""
    counts: dict[str, int] = defaultdict(int)
    for texts in by_intent.values():
        for text in texts:
            counts[text] += 1
    for texts in by_intent.values():
        for text in [text for text in texts if counts[text] > 1]:
            del texts[text]


def _danger_files(corrections: Sequence[ApprovedCorrection]) -> dict[str, str]:
    by_file: dict[str, dict[str, None]] = defaultdict(dict)
    for correction in corrections:
        text = example_text(correction.text)
        if correction.kind == RED_FLAG and text:
            level, category = correction.meant["level"], correction.meant["category"]
            name = f"{NO_DANGER}/corrections" if level == NO_DANGER else f"{level}/{category}"
            by_file[f"red_flags/{name}.txt"][text] = None
    return {name: "\n".join(texts) + "\n" for name, texts in sorted(by_file.items())}


def _evaluation_files(corrections: Sequence[ApprovedCorrection], labels: Mapping[str, str]) -> dict[str, str]:
    rows: dict[str, dict[tuple[str, ...], None]] = {name: {} for name in HEADERS}
    for correction in corrections:
        text, meant = " ".join(correction.text.split()), correction.meant
        if not text:
            continue
        if correction.kind == TOPIC and meant["topic"] in labels:
            rows["faq"][text, labels[meant["topic"]], NOTE] = None
        elif correction.kind == RED_FLAG:
            rows["redflags"][text, meant["level"], meant["category"], NOTE] = None
        elif correction.kind == SCREENING:
            values = {**meant, "text": text, "note": NOTE}
            rows["screening"][tuple(values[column] for column in HEADERS["screening"])] = None
    return {name: _tsv(HEADERS[name], list(found)) for name, found in rows.items() if found}


def _tsv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in (header, *rows))
