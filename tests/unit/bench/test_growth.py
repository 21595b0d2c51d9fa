"""What grows faster than the logarithm is named, and a small run measures everything."""

import io
import json
from pathlib import Path

import pytest

from bench.growth import Size, as_json, measure_growth, steeper_than_logarithm, table
from bench.growth_plot import plot_growth


def sizes(*seconds: float, kilobytes: tuple[float, ...] = (10, 10, 10)) -> list[Size]:
    """A thousand, ten thousand and a hundred thousand conversations."""
    counts = (1_000, 10_000, 100_000)
    return [
        Size(conversations=count, bytes=int(count * each * 1000), seconds={"inbox": time})
        for count, time, each in zip(counts, seconds, kilobytes, strict=True)
    ]


@pytest.mark.parametrize(
    ("measured", "steep"),
    [
        (sizes(0.010, 0.010, 0.010), []),
        (sizes(0.009, 0.012, 0.015), []),
        (sizes(0.010, 0.017, 0.020), ["inbox, 10000"]),
        (sizes(0.001, 0.010, 0.100), ["inbox, 10000", "inbox, 100000"]),
        (sizes(0.010, 0.010, 0.010, kilobytes=(10, 10, 20)), ["disk, 100000"]),
    ],
)
def test_steeper_than_logarithm(measured: list[Size], steep: list[str]) -> None:
    assert steeper_than_logarithm(measured) == steep
    assert json.loads(as_json(measured))["steeper_than_logarithm"] == steep


def test_the_table_has_a_column_a_size() -> None:
    first, second, third = table(sizes(0.009, 0.012, 0.015)).splitlines()
    assert first.split() == ["conversations", "1,000", "10,000", "100,000"]
    assert second.split() == ["inbox", "9.0", "ms", "12.0", "ms", "15.0", "ms"]
    assert third.split()[3:] == ["10.0", "kB", "10.0", "kB", "10.0", "kB"]


def test_the_picture_is_the_same_for_the_same_figures() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for file in (first, second):
        plot_growth(sizes(0.009, 0.012, 0.015), file)
    assert first.getvalue() == second.getvalue()
    assert b"disk of one, kilobytes" in first.getvalue()


def test_a_small_run_measures_everything_and_keeps_the_databases(tmp_path: Path) -> None:
    (small,) = measure_growth([30], folder=tmp_path, messages_each=6, samples=2)
    assert all(seconds > 0 for seconds in small.seconds.values())
    assert small.bytes_each > 0
    (again,) = measure_growth([30], folder=tmp_path, messages_each=6, samples=2)
    # The turns of the first run are in it, and nothing was filled twice.
    assert again.conversations == 30
    assert again.bytes < small.bytes * 1.5
