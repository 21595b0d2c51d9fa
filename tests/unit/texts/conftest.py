"""The texts of domain.yml, and what they are held against."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from candidacy.clinic import clinic_variables
from candidacy.settings import read_settings
from tests.unit.texts.checks import Rule, Variant, read_rules, read_variants

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def variants(project: Path) -> tuple[Variant, ...]:
    """Every text that the assistant can say."""
    domain = yaml.safe_load((project / "domain.yml").read_text(encoding="utf-8"))
    return read_variants(domain["responses"])


@pytest.fixture(scope="session")
def default_texts(variants: tuple[Variant, ...]) -> dict[str, Variant]:
    """Each response's text where no channel and no condition has one of its own."""
    return {variant.name: variant for variant in variants if variant.channel is None and not variant.conditional}


@pytest.fixture(scope="session")
def sms_texts(variants: tuple[Variant, ...]) -> dict[str, Variant]:
    """The texts that responses have for SMS alone."""
    return {variant.name: variant for variant in variants if variant.channel == "sms"}


@pytest.fixture(scope="session")
def values() -> dict[str, str]:
    """A value for every variable that a text may have: the default clinic's, and examples of what actions put in."""
    examples = yaml.safe_load((HERE / "example_values.yml").read_text(encoding="utf-8"))
    return {**clinic_variables(read_settings({})), **examples}


@pytest.fixture(scope="session")
def forbidden_wording() -> tuple[Rule, ...]:
    """The wordings that no text may have."""
    return read_rules(yaml.safe_load((HERE / "forbidden_wording.yml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def facts(project: Path) -> dict[str, dict[str, Any]]:
    """The document's facts by their number."""
    entries = yaml.safe_load((project / "data" / "facts.yml").read_text(encoding="utf-8"))["facts"]
    return {entry["id"]: entry for entry in entries}


@pytest.fixture(scope="session")
def document(project: Path, require: Any) -> str:
    """The clinic's own page, which stands beside the checkout and is no part of it."""
    path = project.parent / "shared" / "clinic-document.txt"
    require(path.exists(), f"the clinic's document at {path}, to see that no text copies its sentences")
    return path.read_text(encoding="utf-8")
