"""How much is measured: the whole of it, or a little of everything to see that it works."""

from dataclasses import dataclass, replace

EARLY_TURN = 10


@dataclass(frozen=True)
class Plan:
    """The sizes of a measurement."""

    rounds: int = 5
    """Times that everything is measured, each with both assistants started anew."""
    scripts_alone: int = 2
    visitors: int = 8
    """Of the turns a second: enough that the assistant always has something to do."""
    crowd: int = 32
    seconds: float = 7.0
    """Of each closed loop: visitors who answer a reply at once."""
    long_turn: int = 400
    waiting_room: int = 100
    """Visitors who write at a pace."""
    pace_seconds: float = 5.0
    paced_seconds: float = 20.0
    share: int = 17
    """Every so-manieth of our examples is in the stock assistant, and in the trainings that are compared."""
    epochs: int | None = None
    """Of the stock assistant's trained parts; None for their own."""


def quick(plan: Plan) -> Plan:
    """A little of everything: the figures mean nothing."""
    return replace(
        plan,
        rounds=1,
        scripts_alone=1,
        crowd=8,
        seconds=2.0,
        long_turn=40,
        waiting_room=10,
        paced_seconds=5.0,
        share=60,
        epochs=1,
    )
