"""What the running processes have loaded."""

from pathlib import Path

import pytest

from tests.support.stack import Stack

UNNEEDED = ("jaxlib", "matplotlib", "pandas", "sklearn", "tensorflow")


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="reads Linux's /proc")
@pytest.mark.parametrize("process", ["rasa", "actions", "frontdesk", "console"])
def test_no_process_has_loaded_what_only_training_needs(stack: Stack, process: str) -> None:
    running = getattr(stack, process).running
    assert running is not None
    maps = Path(f"/proc/{running.pid}/maps").read_text(encoding="utf-8")
    assert [library for library in UNNEEDED if f"/{library}/" in maps] == []
