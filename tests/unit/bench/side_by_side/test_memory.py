"""Whose memory is counted, and how it is read."""

from bench.side_by_side.memory import family, read_parent, read_proportional_bytes


def test_a_family_is_a_process_and_all_below_it() -> None:
    assert family(2, {2: 1, 3: 2, 4: 3, 5: 1, 6: 5}) == {2, 3, 4}


def test_a_parent_is_read_whatever_the_process_is_called() -> None:
    assert read_parent("12 (a) b (c)) S 7 12 12 0 -1") == 7


def test_proportional_bytes() -> None:
    assert read_proportional_bytes("5580-7ff [rollup]\nRss:  300 kB\nPss:   120 kB\nPss_Dirty: 80 kB\n") == 120 * 1024
