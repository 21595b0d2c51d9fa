"""The steps of a training, as Rasa's log tells them: what the progress bar counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TrainingStep:
    """A step that begins where its marker stands in the log."""

    marker: str
    title: str


_SAVING = TrainingStep("model is trained and saved", "saving the model")


def training_steps(config: Mapping[str, Any]) -> tuple[TrainingStep, ...]:
    """The steps of a training with this configuration (the content of config.yml), in their order.

    A component that learns nothing has a step too, although Rasa's log passes over it.
    """
    parts = [*(config.get("pipeline") or ()), *(config.get("policies") or ())]
    names = [str(part["name"]).rsplit(".", 1)[-1] for part in parts]
    components = [TrainingStep(f"train component '{name}'", f"training {name}") for name in dict.fromkeys(names)]
    return (*components, _SAVING)


def step_reached(line: str, steps: Sequence[TrainingStep]) -> int | None:
    """The position of the step that this line of the log begins; None when it begins none."""
    return next((position for position, step in enumerate(steps) if step.marker in line), None)
