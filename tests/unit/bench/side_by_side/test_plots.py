"""The pictures are SVG with their words in it, the same for the same figures."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.side_by_side.figures import Runs, outcome
from bench.side_by_side.plots import share_of_target, write_plots
from bench.side_by_side.rows import Row

ALONE = outcome(Row("alone", "a turn, alone", "ms", ratio_at_most=1 / 6), Runs((10,), (120,)))
RATE = outcome(Row("rate", "turns a second", "turns/s", ratio_at_least=10), Runs((50,), (10,)))
TEXT = outcome(Row("text", "first text", "ms", reference=None, at_most=150), Runs((200,)))
SERIES = {"ours, alone": [10.0, 12.0], "stock Rasa, one conversation": [100.0, 110.0, 120.0]}


def test_share_of_target() -> None:
    assert [share_of_target(ALONE), share_of_target(RATE)] == [pytest.approx(0.5), pytest.approx(2)]
    assert share_of_target(TEXT) is None


def test_the_pictures(tmp_path: Path) -> None:
    written = write_plots(tmp_path / "first", [ALONE, RATE, TEXT], SERIES)
    assert [path.name for path in written] == ["ratios.svg", "reply-times.svg", "long-conversation.svg"]
    for path, again in zip(written, write_plots(tmp_path / "second", [ALONE, RATE, TEXT], SERIES), strict=True):
        assert ElementTree.parse(path).getroot().tag.endswith("svg")
        assert path.read_bytes() == again.read_bytes()
    assert "a turn, alone" in written[0].read_text()


def test_no_picture_without_figures(tmp_path: Path) -> None:
    assert write_plots(tmp_path, [TEXT], {}) == []
