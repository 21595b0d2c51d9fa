"""The readers, built once: their rules are data and do not change between tests."""

import pytest

from candidacy.language.encoder.message_encoder import MessageEncoder
from candidacy.language.findings import FindingsReader
from candidacy.language.red_flag_rules import RedFlagRules
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
def rules() -> RedFlagRules:
    """The written rules that come with the product."""
    return RedFlagRules(rules=RULES)


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> MessageEncoder:
    """The real encoder; it knows the words of no examples."""
    return MessageEncoder.learn([], shorthand={}, folder=tmp_path_factory.mktemp("encoder"))
