"""The labels stand for what the product knows: its facts and its kinds of replies."""

from pathlib import Path

import yaml

from candidacy.assistant.reply import KINDS
from candidacy.evaluation import faq_labels


def test_the_labels_of_facts_are_the_documents_facts(project: Path) -> None:
    facts = yaml.safe_load((project / "data" / "facts.yml").read_text(encoding="utf-8"))["facts"]
    assert tuple(fact["id"] for fact in facts) == faq_labels.FACT_LABELS


def test_the_labels_of_kinds_are_kinds() -> None:
    assert {*faq_labels.KINDS, faq_labels.HANDOFF} <= set(KINDS)
