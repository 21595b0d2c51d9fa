"""What all tests share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def require() -> Callable[[bool, str], None]:
    """Say that a test needs something which may be absent: skipped and counted by hand, failed with CI=true."""

    def check(condition: bool, reason: str) -> None:
        if condition:
            return
        if os.environ.get("CI") == "true":
            pytest.fail(f"needed in CI: {reason}", pytrace=False)
        pytest.skip(reason)

    return check
