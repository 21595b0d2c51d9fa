"""The readers, built once: their rules are data and do not change between tests."""

from pathlib import Path

import pytest

from candidacy.language.encoder.message_encoder import MessageEncoder
from candidacy.language.findings import FindingsReader
from candidacy.language.red_flag_rules import RedFlagRules
from candidacy.language.rule_files import RULES
from candidacy.language.spelling import Spelling

NO_DANGER_EXAMPLES = Path("data/red_flags/none")


@pytest.fixture(scope="session")
def spelling() -> Spelling:
    """The spelling that comes with the product."""
    return Spelling(RULES / "spelling.yml")


@pytest.fixture(scope="session")
def reader() -> FindingsReader:
    """A reader by the rules that come with the product."""
    return FindingsReader(rules=RULES)


@pytest.fixture(scope="session")
def rules() -> RedFlagRules:
    """The written rules that come with the product."""
    return RedFlagRules(rules=RULES)


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> MessageEncoder:
    """The real encoder; it knows the words of some examples."""
    texts = [line for file in sorted(NO_DANGER_EXAMPLES.glob("*.txt")) for line in file.read_text("utf-8").splitlines()]
    return MessageEncoder.learn(texts[::8], shorthand={}, folder=tmp_path_factory.mktemp("encoder"))
