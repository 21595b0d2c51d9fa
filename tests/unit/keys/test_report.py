"""What is said of the keys: which can be taken away, and which must be kept."""

from collections import Counter

from candidacy.keys.reindexing import IndexUsage
from candidacy.keys.report import index_lines, usage_lines
from candidacy.keys.rotation import Usage


def test_a_key_without_rows_can_be_taken_away() -> None:
    usage = Usage(rows=Counter({0: 12345, 2: 3}), unreadable_in=())
    assert usage_lines(usage, fingerprints=["aaaaaaaa", "bbbbbbbb", "cccccccc"], source="var/encryption-key") == [
        "Encryption keys in var/encryption-key, newest first:",
        "  aaaaaaaa     12,345 rows  in use",
        "  bbbbbbbb          0 rows  no longer in use: it can be taken away",
        "  cccccccc          3 rows  still in use",
    ]


def test_what_no_key_opens_is_named() -> None:
    usage = Usage(rows=Counter({0: 1, None: 2}), unreadable_in=("notes",))
    assert usage_lines(usage, fingerprints=["aaaaaaaa"], source="var/encryption-key")[2:] == [
        "  no key            2 rows",
        "Rows that none of the keys opens are in: notes.",
    ]


def test_an_index_key_that_numbers_hang_on_is_not_said_to_be_of_no_use() -> None:
    usage = IndexUsage(rows=Counter({0: 5}), old=0, kept=2)
    lines = index_lines(usage, fingerprints=["aaaaaaaa", "bbbbbbbb"], source="var/index-key")
    assert "taken away" not in " ".join(lines)
    assert lines[-1].startswith("2 numbers that stopped texts")
