"""The table as people read it."""

from io import StringIO

import pytest
from rich.console import Console

from bench.side_by_side.figures import Runs, Spread, outcome
from bench.side_by_side.report import markdown, print_report, ratio_text, shortfalls, spread_text
from bench.side_by_side.rows import Row

REACHED = outcome(Row("alone", "a turn", "ms", ratio_at_most=1 / 6), Runs((10, 11, 12), (100, 110, 130), note="warm"))
MISSED = outcome(Row("text", "first text", "ms", reference=None, at_most=150), Runs((200,)))


def test_markdown() -> None:
    assert markdown([REACHED, MISSED]).splitlines()[2:] == [
        "| a turn | ours: 11.0 (10.0-12.0) ms | stock Rasa: 110 (100-130) ms | 1/10.0 (1/10.8-1/10.0) | ≤ 1/6 | yes |",
        "| first text | ours: 200 ms |  |  | ≤ 150 ms | no |",
    ]


def test_what_falls_short_is_listed() -> None:
    assert shortfalls([REACHED, MISSED]) == ["Falls short:", "  first text: 50 ms too much (≤ 150 ms)"]
    assert shortfalls([REACHED]) == ["Every target that was measured is reached."]


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Spread(1 / 8, 1 / 10, 1 / 6), "1/8.0 (1/10.0-1/6.0)"),
        (Spread(1.72, 1.6, 1.8), "1.72 times (1.60-1.80)"),
    ],
)
def test_ratio_text(ratio: Spread, text: str) -> None:
    assert ratio_text(ratio) == text


def test_a_figure_of_one_run_has_no_spread() -> None:
    assert spread_text(Spread(12.34, 12.34, 12.34)) == "12.3"


def test_the_printed_report_holds_the_notes_and_the_shortfalls() -> None:
    console = Console(width=200, file=StringIO())
    with console.capture() as capture:
        print_report(console, [REACHED, MISSED])
    printed = capture.get()
    assert "a turn: warm" in printed
    assert "first text: 50 ms too much" in printed
