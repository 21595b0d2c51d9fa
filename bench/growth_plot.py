"""What more conversations cost, as a picture: times by the number of conversations, and the disk of one of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from bench.growth import Size

_INCHES = (9.0, 4.2)

# Text stays text, and the same figures make the same file.
_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "candidacy", "font.family": "sans-serif", "font.size": 10}


def plot_growth(sizes: "Sequence[Size]", file: BinaryIO) -> None:
    """Write the picture as SVG: the horizontal axes are logarithmic, so that a logarithm is a straight line."""
    import matplotlib
    from matplotlib.figure import Figure

    conversations = [size.conversations for size in sizes]
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=_INCHES, constrained_layout=True)
        times, disk = figure.subplots(1, 2, gridspec_kw={"width_ratios": (2, 1)})
        for name in sizes[0].seconds:
            times.plot(conversations, [size.seconds[name] * 1000 for size in sizes], marker="o", label=name)
        disk.plot(conversations, [size.bytes_each / 1000 for size in sizes], marker="o", color="black")
        _label(times, "median, milliseconds")
        _label(disk, "disk of one, kilobytes")
        times.legend(loc="upper left", frameon=False)
        figure.savefig(file, format="svg", metadata={"Date": None})


def _label(plot: Any, what: str) -> None:
    plot.set_xscale("log")
    plot.set_ylim(bottom=0)
    plot.set_xlabel("conversations")
    plot.set_ylabel(what)
    plot.grid(visible=True, alpha=0.3)
