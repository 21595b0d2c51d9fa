"""The readers, built once: their rules are data and do not change between tests."""

import pytest

from candidacy.language.findings import FindingsReader
from candidacy.language.red_flags import RedFlagDetector
from candidacy.language.rule_files import RULES
from candidacy.language.spelling import Spelling


@pytest.fixture(scope="session")
def spelling() -> Spelling:
    """The spelling that comes with the product."""
    return Spelling(RULES / "spelling.yml")


@pytest.fixture(scope="session")
def reader() -> FindingsReader:
    """A reader by the rules that come with the product."""
    return FindingsReader(rules=RULES)


@pytest.fixture(scope="session")
def detector() -> RedFlagDetector:
    """A detector by the rules that come with the product."""
    return RedFlagDetector(rules=RULES)
