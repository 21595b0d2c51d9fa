"""Both trained from nothing on the same examples: ours in every run, stock Rasa once, since that takes long."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.samples import PROJECT, Sample, write_ours
from bench.side_by_side.notebook import Notebook
from bench.side_by_side.plan import Plan
from bench.side_by_side.stock_model import OWN_EPOCHS, StockModel, StockTraining
from bench.training import Trained, train
from candidacy.launcher.rasa_command import QUIET_ENVIRONMENT

KEYS = frozenset({"training"})


@dataclass(frozen=True)
class Trainings:
    """What the trainings work with."""

    plan: Plan
    folder: Path
    stock: StockModel
    notebook: Notebook
    say: Callable[[str], None]
    """Told what is being done."""

    def run(self) -> None:
        """Train ours as often as there are rounds, and write down what both cost."""
        for number in range(self.plan.rounds):
            self.say(f"training ours, {number + 1} of {self.plan.rounds}")
            trained = train_ours(self.folder / f"training-{number + 1}", Sample(self.plan.share))
            self.notebook.add("training", subject=trained.seconds)
        self.notebook.add("training", reference=self.stock.training.whole_seconds)
        self.notebook.remark("training", stock_note(self.stock.training))


def train_ours(folder: Path, sample: Sample) -> Trained:
    """Train all of ours, the rules as well, on a share of its examples."""
    write_ours(folder, sample)
    data = ("--data", "nlu", str(PROJECT / "data/rules"))
    words = ("--config", "config.yml", "--domain", str(PROJECT / "domain.yml"), *data, "--skip-validation")
    return train(folder, words, environment={**QUIET_ENVIRONMENT, "PYTHONPATH": str(PROJECT)})


def stock_note(training: StockTraining) -> str:
    """What the stock assistant's figure is."""
    epochs = OWN_EPOCHS if training.epochs is None else training.epochs
    note = (
        f"stock Rasa was trained once, {training.ended_at}, on {training.examples} examples of "
        f"{training.intents} intents with {epochs} epochs, in {training.seconds:.0f} s "
        f"({training.processor_seconds:.0f} s of the processor)"
    )
    if training.epochs is None:
        return note
    return (
        f"{note}; the figure is projected to its own {OWN_EPOCHS} epochs, of which {training.epochs} took "
        f"{training.learning_seconds:.0f} s"
    )
