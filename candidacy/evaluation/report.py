"""The figures of an evaluation at the terminal."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from candidacy.evaluation.bounds import clopper_pearson
from candidacy.evaluation.labelled_set import LabelledSet
from candidacy.evaluation.scored import Mark
from candidacy.evaluation.tally import Tally, percentile, tally_all, tally_groups

_BOUNDS = "95 % bounds"
_WIDEST = 200


def print_report(
    console: Console, labelled_set: LabelledSet, marks: Sequence[Mark], seconds: Sequence[float], *, remark: str
) -> None:
    """Print every table of a set, and how long the turns took.

    Args:
        console: where to.
        labelled_set: the set that was evaluated.
        marks: what was scored, at least one.
        seconds: the times of the turns that were answered.
        remark: how those times came about.
    """
    everything = tally_all(marks)
    _show(console, _score_table(everything, labelled_set.scores))
    occurring = [score for score in labelled_set.scores[1:] if everything.counts.get(score)]
    for table in marks[0].groups:
        _show(console, _group_table(table, tally_groups(marks, table), occurring))
    _say(console, labelled_set.note)
    if seconds:
        median, late = percentile(seconds, 0.5), percentile(seconds, 0.95)
        _say(console, f"A turn took {1000 * median:.0f} ms (median), {1000 * late:.0f} ms (95th percentile), {remark}.")


def _score_table(everything: Tally, scores: Sequence[str]) -> Table:
    table = _table("score")
    for score in scores:
        table.add_row(score, *_figures(everything.counts.get(score, 0), everything.total))
    table.add_section()
    table.add_row(everything.name, str(everything.total))
    return table


def _group_table(name: str, tallies: Sequence[Tally], occurring: Sequence[str]) -> Table:
    table = _table(f"by {name}", "of", *occurring, count="right")
    for tally in tallies:
        others = [str(tally.counts.get(score, 0) or "") for score in occurring]
        table.add_row(tally.name, *_figures(tally.right, tally.total), str(tally.total), *others)
    return table


def _table(name: str, *more: str, count: str = "count") -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), collapse_padding=True, pad_edge=False)
    table.add_column(name, no_wrap=True)
    for title in (count, "%", _BOUNDS, *more):
        table.add_column(title, justify="right", no_wrap=True)
    return table


def _figures(count: int, total: int) -> tuple[str, str, str]:
    """A count, its share and the share's bounds, both in percent."""
    low, high = clopper_pearson(count, total)
    return str(count), f"{100 * count / total:.1f}", f"{100 * low:.1f}-{100 * high:.1f}"


def _show(console: Console, table: Table) -> None:
    """In full, also where lines are shorter than the table is wide: in a file, most of all."""
    table.width = console.measure(table, options=console.options.update(max_width=_WIDEST)).maximum
    console.print(table, crop=False)


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
