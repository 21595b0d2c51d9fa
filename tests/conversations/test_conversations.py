"""Whole conversations against the running product: what the visitor reads and what is stored."""

from pathlib import Path

import pytest

from tests.support.conversation import Script, play, read_scripts
from tests.support.stack import Stack

SCRIPTS = read_scripts(Path(__file__).parent / "scripts")


def test_there_are_at_least_forty() -> None:
    assert len(SCRIPTS) >= 40


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_conversation(stack: Stack, script: Script) -> None:
    play(stack, script)
