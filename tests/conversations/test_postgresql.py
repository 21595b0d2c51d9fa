"""The same product on PostgreSQL: `DATABASE_URL` alone differs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.conversation import Script, play, read_scripts
from tests.support.postgresql import create_postgresql_database
from tests.support.stack import Stack, start_stack, trained_model

NAMES = (
    "two questions in one message get both answers",
    "an answer is changed at the read-back",
    "a consultation request, read back and sent once",
    "delete my data, after asking",
)
SCRIPTS = [script for script in read_scripts(Path(__file__).parent / "scripts") if script.name in NAMES]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, project: Path, postgresql: Any) -> Iterator[Stack]:
    """The running product with its records on PostgreSQL."""
    url = create_postgresql_database(postgresql, name="clinic")
    running = start_stack(tmp_path_factory.mktemp("stack"), model=trained_model(project), database_url=url)
    yield running
    running.stop()


def test_the_chosen_conversations_are_there() -> None:
    assert len(SCRIPTS) == len(NAMES)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_conversation(stack: Stack, script: Script) -> None:
    play(stack, script)
