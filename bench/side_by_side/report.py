"""The result for people: the table, and the list of what falls short. And the same as Markdown, for the documents."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.side_by_side.figures import Outcome, Spread

HEADERS = ("what", "figure", "against", "ratio", "target", "reached")
SMALL_RATIO = 0.5
"""Below it, a ratio is said as one part of so many."""


def print_report(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Print the table, the notes and what falls short."""
    table = Table(*HEADERS, title="Median (least-most) of the runs", title_justify="left", show_lines=True)
    for cells in map(row_cells, outcomes):
        table.add_row(*cells)
    console.print(table)
    for line in (*notes(outcomes), *shortfalls(outcomes)):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def row_cells(outcome: Outcome) -> tuple[str, ...]:
    """The cells of an outcome's line."""
    row = outcome.row
    return (
        row.title,
        f"{row.subject}: {spread_text(outcome.subject)} {row.unit}",
        f"{row.reference}: {spread_text(outcome.reference)} {row.unit}" if outcome.reference is not None else "",
        ratio_text(outcome.ratio) if outcome.ratio is not None else "",
        row.target,
        reached_text(outcome),
    )


def reached_text(outcome: Outcome) -> str:
    """Whether a target is reached; nothing where there is none."""
    if not outcome.row.target:
        return ""
    return "yes" if outcome.shortfall is None else "no"


def markdown(outcomes: Sequence[Outcome]) -> str:
    """The table in Markdown."""
    lines = [HEADERS, tuple("---" for _ in HEADERS), *map(row_cells, outcomes)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def notes(outcomes: Sequence[Outcome]) -> list[str]:
    """What must be known to read the figures."""
    return [f"{outcome.row.title}: {outcome.runs.note}" for outcome in outcomes if outcome.runs.note]


def shortfalls(outcomes: Sequence[Outcome]) -> list[str]:
    """What falls short, one line each."""
    missed = [f"  {o.row.title}: {o.shortfall} ({o.row.target})" for o in outcomes if o.shortfall is not None]
    return ["Falls short:", *missed] if missed else ["Every target that was measured is reached."]


def spread_text(spread: Spread) -> str:
    """A median with the least and the most: 12.1 (11.8-13.0)."""
    if spread.least == spread.most:
        return number_text(spread.median)
    return f"{number_text(spread.median)} ({number_text(spread.least)}-{number_text(spread.most)})"


def ratio_text(ratio: Spread) -> str:
    """A ratio as people say it, with its spread: 1/6.2 (1/6.5-1/5.9), or 1.72 times (1.65-1.80)."""
    if ratio.median < SMALL_RATIO:
        return f"1/{1 / ratio.median:.1f} (1/{1 / ratio.least:.1f}-1/{1 / ratio.most:.1f})"
    return f"{ratio.median:.2f} times ({ratio.least:.2f}-{ratio.most:.2f})"


def number_text(value: float) -> str:
    """A figure with as many digits as mean something."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
