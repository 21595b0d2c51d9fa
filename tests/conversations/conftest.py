"""The running product that all conversations share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.stack import Stack, start_stack, trained_model


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[Stack]:
    """Rasa, its actions behind a switch, and the front desk, on free ports with a database of their own."""
    running = start_stack(tmp_path_factory.mktemp("stack"), model=trained_model(project))
    yield running
    running.stop()
