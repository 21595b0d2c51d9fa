"""Whose memory and time are counted, and how they are read."""

import os
import sys

from bench.side_by_side.processes import (
    family,
    family_of,
    processor_seconds,
    proportional_bytes,
    read_parent,
    read_processor_ticks,
    read_proportional_bytes,
    runs_module,
)

STAT = "12 (a) b (c)) S 7 12 12 0 -1 4194560 900 0 0 0 310 45 0 0 20 0 1 0 5000 1 2"


def test_a_family_is_a_process_and_all_below_it() -> None:
    assert family(2, {2: 1, 3: 2, 4: 3, 5: 1, 6: 5}) == {2, 3, 4}


def test_a_line_of_stat_is_read_whatever_the_process_is_called() -> None:
    assert read_parent(STAT) == 7
    assert read_processor_ticks(STAT) == 310 + 45


def test_proportional_bytes() -> None:
    assert read_proportional_bytes("5580-7ff [rollup]\nRss:  300 kB\nPss:   120 kB\nPss_Dirty: 80 kB\n") == 120 * 1024
    assert read_proportional_bytes("") == 0


def test_this_process_is_found() -> None:
    if sys.platform != "linux":
        return
    assert os.getpid() in family_of(os.getpid())
    assert processor_seconds(family_of(os.getpid())) > 0
    assert proportional_bytes(os.getpid()) > 10**6
    assert not runs_module(os.getpid(), "candidacy.frontdesk")
