"""The chain shows every change, gap and exchange, and with a noted head also what was cut off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from candidacy.records.audit_chain import EMPTY_HEAD, ChainedEntry, ChainHead, chain_breaks, entry_hash

KEY = b"k" * 32
START = datetime(2024, 5, 6, 14, 30, tzinfo=timezone.utc)


def chained(sequence: int, previous_hash: str) -> ChainedEntry:
    entry = ChainedEntry(
        sequence=sequence,
        at=START + timedelta(minutes=sequence),
        actor="ann",
        staff_id=7,
        action="conversation.viewed",
        subject=f"conversation/{sequence}",
        outcome="done",
        reason=None,
        detail={"turns": 50},
        previous_hash=previous_hash,
        hash="",
    )
    return replace(entry, hash=entry_hash(KEY, entry))


@pytest.fixture
def chain() -> list[ChainedEntry]:
    entries: list[ChainedEntry] = []
    for sequence in range(1, 6):
        entries.append(chained(sequence, entries[-1].hash if entries else EMPTY_HEAD.hash))
    return entries


def broken(entries: list[ChainedEntry], *, key: bytes = KEY, noted: ChainHead = EMPTY_HEAD) -> list[int]:
    return [found.sequence for found in chain_breaks(entries, key=key, noted=noted)]


def test_what_was_written_holds(chain: list[ChainedEntry]) -> None:
    assert broken(chain) == []
    assert broken([]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"at": START},
        {"actor": "bob"},
        {"staff_id": 8},
        {"action": "conversation.exported"},
        {"subject": "conversation/9"},
        {"outcome": "refused"},
        {"reason": "asked to"},
        {"detail": {"turns": 49}},
        {"detail": None},
        {"hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_found(chain: list[ChainedEntry], change: dict[str, object]) -> None:
    chain[2] = replace(chain[2], **change)  # type: ignore[arg-type]
    assert broken(chain)[0] == 3


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        pytest.param(lambda chain: chain[1:], [2], id="the first is gone"),
        pytest.param(lambda chain: chain[:2] + chain[3:], [4], id="one in the middle is gone"),
        pytest.param(lambda chain: [*chain[:2], chain[3], chain[2], chain[4]], [4, 3, 5], id="two are exchanged"),
        pytest.param(lambda chain: [*chain[:3], chain[2], *chain[3:]], [3], id="one stands twice"),
        pytest.param(lambda chain: [*chain[:4], chained(5, "a" * 64)], [5], id="one follows another chain"),
    ],
)
def test_a_gap_or_an_exchange_is_found(
    chain: list[ChainedEntry], tamper: Callable[[list[ChainedEntry]], list[ChainedEntry]], found: list[int]
) -> None:
    assert broken(tamper(chain)) == found


def test_a_chain_made_anew_without_the_key_is_found(chain: list[ChainedEntry]) -> None:
    assert broken(chain, key=b"x" * 32) == [1, 2, 3, 4, 5]


def test_entries_cut_off_at_the_end_are_found_by_a_noted_head(chain: list[ChainedEntry]) -> None:
    noted = ChainHead(sequence=4, hash=chain[3].hash)
    assert broken(chain, noted=noted) == []
    assert broken(chain[:3]) == []
    assert broken(chain[:3], noted=noted) == [4]


def test_a_head_is_read_as_it_is_written(chain: list[ChainedEntry]) -> None:
    head = ChainHead(sequence=5, hash=chain[4].hash)
    assert ChainHead.parse(f" {head}\n") == head


@pytest.mark.parametrize("text", ["", "5", "5:", "5:abc", f"five:{'a' * 64}", f":{'a' * 64}"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a head of the audit is written like"):
        ChainHead.parse(text)
