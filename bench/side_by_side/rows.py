"""What is measured and what is aimed at: one row of the table each."""

from dataclasses import dataclass

OURS = "ours"
STOCK = "stock Rasa"


@dataclass(frozen=True)
class Row:
    """One line of the table: two figures and their ratio, or one figure alone, against a target."""

    key: str
    title: str
    unit: str
    subject: str = OURS
    """What the first figure is of."""
    reference: str | None = STOCK
    """What the second figure is of; None where there is one figure alone."""
    ratio_at_most: float | None = None
    ratio_at_least: float | None = None
    at_most: float | None = None
    """Most of the first figure itself, in its unit."""

    @property
    def target(self) -> str:
        """The target in words."""
        parts = []
        if self.ratio_at_most is not None:
            parts.append(f"≤ {as_factor(self.ratio_at_most)}")
        if self.ratio_at_least is not None:
            parts.append(f"≥ {as_factor(self.ratio_at_least)}")
        if self.at_most is not None:
            parts.append(f"≤ {self.at_most:g} {self.unit}")
        return ", ".join(parts)


def as_factor(ratio: float) -> str:
    """A ratio as people say it: 1/6 for small ones that are such a fraction, else times."""
    if 0 < ratio < 1 and abs(1 / ratio - round(1 / ratio)) < 1e-9:
        return f"1/{round(1 / ratio)}"
    return f"{ratio:g} times"


ROWS = (
    Row("alone", "a turn, alone", "ms", ratio_at_most=1 / 6),
    Row("throughput", "turns a second, one assistant process", "turns/s", ratio_at_least=10),
    Row("at_once", "95 % of turns, 32 conversations at once", "ms", ratio_at_most=1 / 10),
    Row("long", "turn 400 of a conversation", "ms", "ours, turn 400", "ours, turn 10", ratio_at_most=1.15),
    Row(
        "two_processes",
        "turns a second of the assistants alone, PostgreSQL",
        "turns/s",
        "two assistant processes",
        "one",
        ratio_at_least=1.7,
    ),
    Row(
        "two_processes_whole",
        "the same, the whole product on these cores",
        "turns/s",
        "two assistant processes",
        "one",
    ),
    Row("start", "start to first answer", "s", ratio_at_most=1 / 4, at_most=15),
    Row("training", "training from nothing", "s", ratio_at_most=1 / 5),
    Row("memory", "memory", "MB", "ours, all processes", "stock's Rasa server alone", ratio_at_most=1),
    Row("limit", "a turn against the limit", "ms", "ours", "one reading and one commit", ratio_at_most=3),
    Row("first_text", "95 % of first texts, 100 visitors", "ms", reference=None, at_most=150),
)
"""The limit is one pass of our model over the message, and one durable commit: no turn can be faster."""

KEYS = tuple(row.key for row in ROWS)
