"""What a correction may name, and what the examples and the evaluation call it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from candidacy.casework.correction import Vocabulary
from candidacy.screening.questionnaire import load_questionnaire

NLU_FOLDER = Path("data/nlu")
RED_FLAG_FOLDER = Path("data/red_flags")
DOMAIN_FILE = Path("domain.yml")
_LEVELS = ("emergency", "crisis", "urgent")
_RESPONSE = "utter_"
_EXAMPLE = "- "

_LABELS_OF_INTENTS = {
    "screening": "screening",
    "consultation": "handoff",
    "talk_to_person": "handoff",
    "off_topic": "off_topic",
}
_LABELS_OF_FAMILIES = frozenset({"not_covered", "clinician", "smalltalk"})
"""Families of topics that the evaluation calls by their own name."""


def load_vocabulary(project: Path) -> Vocabulary:
    """The intents and topics of the examples, the questions of the screening, the categories of danger."""
    return Vocabulary(
        topics=tuple(sorted(set(known_examples(project).values()))),
        questions=tuple(question.id for question in load_questionnaire().clinical),
        categories={
            level: tuple(sorted(file.stem for file in (project / RED_FLAG_FOLDER / level).glob("*.txt")))
            for level in _LEVELS
        },
    )


def known_examples(project: Path) -> dict[str, str]:
    """The examples there are, in lower case, and the intent of each."""
    return {
        line.removeprefix(_EXAMPLE).strip().lower(): block["intent"]
        for file in sorted((project / NLU_FOLDER).glob("*.yml"))
        for block in _read(file)["nlu"]
        for line in block["examples"].splitlines()
    }


def evaluation_labels(project: Path) -> dict[str, str]:
    """The evaluation's label of each topic that has one: of an answer, the facts it rests on."""
    responses: Mapping[str, Any] = _read(project / DOMAIN_FILE)["responses"]
    labels = {}
    for topic in set(known_examples(project).values()):
        family = topic.split("/")[0]
        facts = _facts(responses.get(_RESPONSE + topic))
        label = _LABELS_OF_INTENTS.get(topic) or (family if family in _LABELS_OF_FAMILIES else "+".join(facts))
        if label:
            labels[topic] = label
    return labels


def _facts(variants: Any) -> list[str]:
    return list((variants[0].get("metadata") or {}).get("facts") or ()) if variants else []


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
