"""The confusion of classes as a picture: what was expected by what was given."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, BinaryIO

from candidacy.evaluation.scored import Mark

_INCHES_A_CELL = 0.55
_MARGIN_INCHES = 3.0
_LIGHT = 0.5
"""From which share on the cell is so dark that its count is written in white."""

# Text stays text, and the same figures make the same file.
_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "candidacy", "font.family": "sans-serif", "font.size": 10}


def plot_confusion(marks: Sequence[Mark], file: BinaryIO, *, title: str) -> None:
    """Write the picture as SVG; a cell is the darker, the greater its share of the class that was expected."""
    import matplotlib
    from matplotlib.figure import Figure

    counts = Counter((mark.expected, mark.given) for mark in marks)
    expected, given = axes(marks)
    with matplotlib.rc_context(_STYLE):
        width, height = (_MARGIN_INCHES + _INCHES_A_CELL * len(names) for names in (given, expected))
        figure = Figure(figsize=(width, height), constrained_layout=True)
        plot = figure.add_subplot()
        plot.imshow(shares(counts, expected, given), cmap="Blues", vmin=0, vmax=1, aspect="auto")
        plot.set_xticks(range(len(given)), labels=given, rotation=45, ha="right", rotation_mode="anchor")
        plot.set_yticks(range(len(expected)), labels=expected)
        plot.set_xlabel("given")
        plot.set_ylabel("expected")
        plot.set_title(title)
        _write_counts(plot, counts, expected, given)
        figure.savefig(file, format="svg", metadata={"Date": None})


def axes(marks: Sequence[Mark]) -> tuple[list[str], list[str]]:
    """The names of the rows and of the columns; the columns begin with the rows, so that what is right is diagonal."""
    expected = sorted({mark.expected for mark in marks}, key=_natural)
    return expected, [*expected, *sorted({mark.given for mark in marks} - set(expected), key=_natural)]


def shares(counts: Counter[tuple[str, str]], expected: Sequence[str], given: Sequence[str]) -> list[list[float]]:
    """What share of each expected class was given as what."""
    totals = {row: sum(counts[row, column] for column in given) for row in expected}
    return [[counts[row, column] / totals[row] for column in given] for row in expected]


def _write_counts(plot: Any, counts: Counter[tuple[str, str]], expected: Sequence[str], given: Sequence[str]) -> None:
    for row, parts in enumerate(shares(counts, expected, given)):
        for column, share in enumerate(parts):
            if share:
                color = "white" if share > _LIGHT else "black"
                count = str(counts[expected[row], given[column]])
                plot.text(column, row, count, ha="center", va="center", color=color)


def _natural(name: str) -> tuple[str, int]:
    """F2 before F10, and words in their order."""
    letters = name.rstrip("0123456789")
    return letters, int(name[len(letters) :] or 0)
