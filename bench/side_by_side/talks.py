"""The measurements of a round: each talks with the running assistants and writes down its row's figures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.side_by_side.both import Both
from bench.side_by_side.figures import percentile_95, spread
from bench.side_by_side.limit import measure_limit
from bench.side_by_side.load import talk_alone, talk_at_a_pace, talk_at_once, talk_long
from bench.side_by_side.notebook import Notebook
from bench.side_by_side.plan import EARLY_TURN, Plan
from bench.side_by_side.processes import proportional_bytes
from bench.side_by_side.script import SCRIPT

MILLISECONDS = 1000
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Talks:
    """The measurements of one round."""

    plan: Plan
    notebook: Notebook
    first_round: bool

    def warm_up(self, both: Both) -> None:
        """Go through the script once: first replies of a new process are slower, whoever is there."""
        both.talk("warming up", lambda one: talk_alone(one, scripts=1))

    def alone(self, both: Both) -> float:
        """The turn of one visitor who is alone; ours in milliseconds."""
        times = both.talk("alone", lambda one: talk_alone(one, scripts=self.plan.scripts_alone))
        medians = times.map(lambda seconds: MILLISECONDS * spread(seconds).median)
        self.notebook.add("alone", subject=medians.ours, reference=medians.stock)
        self.notebook.keep("ours, alone", times.ours)
        self.notebook.keep("stock Rasa, alone", times.stock or ())
        return medians.ours

    def limit(self, both: Both, *, alone: float, folder: Path, model: Path) -> None:
        """The limit, against the turn of one visitor who is alone, in milliseconds.

        All its runs are made in the first round, since the model is long to load.
        """
        self.notebook.add("limit", subject=alone)
        if not self.first_round:
            return
        both.say("the limit")
        for limit in measure_limit(folder, model=model, runs=self.plan.rounds):
            self.notebook.add("limit", reference=MILLISECONDS * limit.seconds)
        reading, commit = MILLISECONDS * limit.reading, MILLISECONDS * limit.commit
        self.notebook.remark(
            "limit", f"in the last run, {reading:.1f} ms for the reading and {commit:.2f} ms for the commit"
        )

    def throughput(self, both: Both) -> None:
        """Turns a second of some visitors who answer a reply at once."""
        loads = both.talk(
            f"{self.plan.visitors} at once",
            lambda one: talk_at_once(one, visitors=self.plan.visitors, seconds=self.plan.seconds),
        )
        rates = loads.map(lambda load: load.turns_per_second)
        self.notebook.add("throughput", subject=rates.ours, reference=rates.stock)

    def at_once(self, both: Both) -> None:
        """The slow turns of many visitors who answer a reply at once."""
        loads = both.talk(
            f"{self.plan.crowd} at once",
            lambda one: talk_at_once(one, visitors=self.plan.crowd, seconds=self.plan.seconds),
        )
        slow = loads.map(lambda load: MILLISECONDS * percentile_95(load.reply_seconds))
        self.notebook.add("at_once", subject=slow.ours, reference=slow.stock)
        self.notebook.keep(f"ours, {self.plan.crowd} at once", loads.ours.reply_seconds)
        if loads.stock is not None:
            self.notebook.keep(f"stock Rasa, {self.plan.crowd} at once", loads.stock.reply_seconds)

    def long(self, both: Both) -> None:
        """One long conversation; with stock Rasa in the first round alone, since it takes minutes."""
        what, turns = f"{self.plan.long_turn} turns", self.plan.long_turn + len(SCRIPT) // 2
        if not self.first_round:
            self._long(both.with_ours(what, lambda one: talk_long(one, turns=turns)))
            return
        times = both.talk(what, lambda one: talk_long(one, turns=turns))
        self._long(times.ours)
        self.notebook.keep("ours, one conversation", times.ours)
        if times.stock is not None:
            late, early = (MILLISECONDS * around(times.stock, turn) for turn in (self.plan.long_turn, EARLY_TURN))
            self.notebook.remark("long", f"stock Rasa, once: {late:.0f} ms against {early:.0f} ms")
            self.notebook.keep("stock Rasa, one conversation", times.stock)

    def _long(self, times: Sequence[float]) -> None:
        late, early = (MILLISECONDS * around(times, turn) for turn in (self.plan.long_turn, EARLY_TURN))
        self.notebook.add("long", subject=late, reference=early)

    def first_text(self, both: Both) -> None:
        """The first words to visitors who write at a pace; ours alone."""
        plan = self.plan
        times = both.with_ours(
            f"{plan.waiting_room} visitors, a message every {plan.pace_seconds:g} s each",
            lambda one: talk_at_a_pace(
                one, visitors=plan.waiting_room, period=plan.pace_seconds, seconds=plan.paced_seconds
            ),
        )
        self.notebook.add("first_text", subject=MILLISECONDS * percentile_95(times))
        self.notebook.keep(f"ours, {plan.waiting_room} visitors at a pace", times)

    def memory(self, both: Both) -> None:
        """What is taken at the end of a round, after all the talk."""
        if both.stock is not None:
            ours, stock = (proportional_bytes(one.pid) / MEGABYTE for one in (both.ours, both.stock))
            self.notebook.add("memory", subject=ours, reference=stock)


def around(times: Sequence[float], turn: int) -> float:
    """The median of a whole script's turns, the turn (from 1) in their middle: each message is among them once."""
    begin = max(0, turn - 1 - len(SCRIPT) // 2)
    return spread(times[begin : begin + len(SCRIPT)]).median


def measure_round(talks: Talks, both: Both, keys: Collection[str], *, folder: Path, model: Path) -> None:
    """Measure the rows that were asked for."""
    talks.warm_up(both)
    if {"alone", "limit"} & set(keys):
        alone = talks.alone(both)
        if "limit" in keys:
            talks.limit(both, alone=alone, folder=folder, model=model)
    further = {
        "throughput": talks.throughput,
        "at_once": talks.at_once,
        "long": talks.long,
        "first_text": talks.first_text,
        "memory": talks.memory,
    }
    for key, measure in further.items():
        if key in keys:
            measure(both)
