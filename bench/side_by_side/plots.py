"""The result as pictures, in SVG: the ratios against their targets, reply times, and one long conversation."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.side_by_side.figures import Outcome
from bench.side_by_side.report import ratio_text

OURS_COLOR, STOCK_COLOR, MISSED_COLOR = "#1f6f8b", "#b0764b", "#b3413a"

# Text stays text, and the same figures make the same file.
_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "candidacy", "font.family": "sans-serif", "font.size": 10}


def write_plots(folder: Path, outcomes: Sequence[Outcome], series: Mapping[str, Sequence[float]]) -> list[Path]:
    """Write each picture that there are figures for."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    if any(outcome.ratio is not None for outcome in outcomes):
        written.append(_save(folder / "ratios.svg", (8, 4.5), lambda plot: draw_ratios(plot, outcomes)))
    if replies := {name: times for name, times in series.items() if not name.endswith("one conversation")}:
        written.append(_save(folder / "reply-times.svg", (8, 4.5), lambda plot: draw_reply_times(plot, replies)))
    if long := {name: times for name, times in series.items() if name.endswith("one conversation")}:
        written.append(_save(folder / "long-conversation.svg", (8, 4), lambda plot: draw_long(plot, long)))
    return written


def share_of_target(outcome: Outcome) -> float | None:
    """How the ratio stands to the one aimed at: 1 is just reached, less is better; None without such a target."""
    if outcome.ratio is None:
        return None
    if outcome.row.ratio_at_most is not None:
        return outcome.ratio.median / outcome.row.ratio_at_most
    if outcome.row.ratio_at_least is not None:
        return outcome.row.ratio_at_least / outcome.ratio.median
    return None


def draw_ratios(plot: Any, outcomes: Sequence[Outcome]) -> None:
    """A bar for each row: how its ratio stands to the one aimed at."""
    shares = {outcome: share for outcome in outcomes if (share := share_of_target(outcome)) is not None}
    bars = list(reversed(shares.items()))
    colors = [OURS_COLOR if share <= 1 else MISSED_COLOR for _, share in bars]
    drawn = plot.barh([outcome.row.title for outcome, _ in bars], [share for _, share in bars], color=colors)
    labels = [f" {ratio_text(outcome.ratio)}, aimed at {outcome.row.target}" for outcome, _ in bars if outcome.ratio]
    plot.bar_label(drawn, labels=labels, fontsize=8)
    plot.axvline(1, color="black", linewidth=1)
    plot.set_xlim(0, max(2.2, *(share * 1.8 for share in shares.values())))
    plot.set_xlabel("of the ratio aimed at; up to 1 it is reached")
    plot.set_title("Ratios against their targets")


def draw_reply_times(plot: Any, series: Mapping[str, Sequence[float]]) -> None:
    """For each kind of load, what share of the replies came within how long."""
    for name, times in series.items():
        ordered = sorted(times)
        shares = [(number + 1) / len(ordered) for number in range(len(ordered))]
        plot.plot(ordered, shares, label=name, color=_color(name), linestyle=_line(name))
    plot.set_xscale("log")
    plot.set_xlabel("milliseconds from the message to the first words of the reply")
    plot.set_ylabel("share of replies")
    plot.set_title("How soon replies came")
    plot.legend()


def draw_long(plot: Any, series: Mapping[str, Sequence[float]]) -> None:
    """The reply times of one conversation, turn by turn."""
    for name, times in series.items():
        plot.plot(range(1, len(times) + 1), times, label=name, color=_color(name), linewidth=0.8)
    plot.set_yscale("log")
    plot.set_xlabel("turn")
    plot.set_ylabel("milliseconds")
    plot.set_title("One conversation, turn by turn")
    plot.legend()


def _save(path: Path, inches: tuple[float, float], draw: Any) -> Path:
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=inches, constrained_layout=True)
        draw(figure.add_subplot())
        figure.savefig(path, format="svg", metadata={"Date": None})
    return path


def _color(name: str) -> str:
    return OURS_COLOR if name.startswith("ours") else STOCK_COLOR


def _line(name: str) -> str:
    return "--" if "at once" in name else ":" if "pace" in name else "-"
