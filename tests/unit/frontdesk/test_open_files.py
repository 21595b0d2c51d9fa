"""How many connections may be open."""

from resource import RLIM_INFINITY

import pytest

from candidacy.frontdesk.open_files import open_files


@pytest.mark.parametrize(
    ("soft", "hard", "asked"),
    [
        (256, RLIM_INFINITY, 8192),
        (1024, 1_048_576, 8192),
        (1024, 4096, 4096),
        (20_000, 1_048_576, 20_000),
        (RLIM_INFINITY, RLIM_INFINITY, RLIM_INFINITY),
    ],
)
def test_open_files(soft: int, hard: int, asked: int) -> None:
    assert open_files(soft, hard) == asked
