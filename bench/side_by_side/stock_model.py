"""Keeps the stock assistant between runs: its project, its trained model, and what the training cost.

Its training takes many minutes, so it happens once for each content of the project and version of Rasa.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

from bench.samples import Sample
from bench.side_by_side.stock_project import write_stock_project
from bench.training import MODEL_NAME, train
from candidacy.assistant.texts import Texts

RECORD = "training.json"
TEXTS = "domain.yml"
OWN_EPOCHS = 100
"""Of each part of Rasa's default pipeline and policies that learns in epochs."""
STOCK_ENVIRONMENT: Mapping[str, str] = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
"""What the stock assistant gets besides the machine's environment; it may have as many threads as it likes."""

_FINGERPRINT_LENGTH = 12


@dataclass(frozen=True)
class StockTraining:
    """What the stock assistant's training cost, and when that was."""

    seconds: float
    processor_seconds: float
    """Of all cores together."""
    examples: int
    intents: int
    epochs: int | None
    """Of every trained part, where they are not its own."""
    learning_seconds: float
    """Of the seconds, those in which the parts that learn in epochs were trained."""
    ended_at: str
    """ISO 8601, UTC."""

    @property
    def whole_seconds(self) -> float:
        """What a training with its own epochs takes: measured, or projected from the fewer ones it had."""
        if self.epochs is None:
            return self.seconds
        return self.seconds + self.learning_seconds * (OWN_EPOCHS / self.epochs - 1)


@dataclass(frozen=True)
class StockModel:
    """The stock assistant, ready to be served."""

    folder: Path
    training: StockTraining

    @property
    def file(self) -> Path:
        """The trained model."""
        return self.folder / "models" / f"{MODEL_NAME}.tar.gz"


def prepare_stock(root: Path, *, sample: Sample, texts: Texts, epochs: int | None) -> Path:
    """Write the project into a folder of its own under `root`, unless it is there, and return that folder."""
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=root) as name:
        written = Path(name) / "project"
        write_stock_project(written, labelled=sample.default_topics(), texts=texts, epochs=epochs)
        folder = root / fingerprint(written)
        if not folder.exists():
            os.rename(written, folder)
    return folder


def kept_model(folder: Path) -> StockModel | None:
    """The trained assistant of a folder, or None when it was never trained to the end."""
    record = folder / RECORD
    if not record.exists():
        return None
    return StockModel(folder, StockTraining(**json.loads(record.read_text(encoding="utf-8"))))


def train_stock(folder: Path, *, sample: Sample, epochs: int | None) -> StockModel:
    """Train a written project as its documentation says, and keep what it cost; ends the program when it fails."""
    labelled = sample.topics()
    trained = train(folder, (), environment=STOCK_ENVIRONMENT)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    training = StockTraining(
        seconds=round(trained.seconds, 1),
        processor_seconds=round(trained.processor_seconds, 1),
        examples=sum(map(len, labelled.values())),
        intents=len(labelled),
        epochs=epochs,
        learning_seconds=trained.learning_seconds,
        ended_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
    )
    (folder / RECORD).write_text(json.dumps(asdict(training), indent=2) + "\n", encoding="utf-8")
    return StockModel(folder, training)


def fingerprint(project: Path) -> str:
    """The first digits of the SHA-256 over Rasa's version and a project's files, but for its texts.

    The domain is left out: its names follow from the examples, and a changed text needs no training of many minutes.
    """
    digest = hashlib.sha256(f"rasa=={version('rasa')}\0".encode())
    for path in sorted(file for file in project.rglob("*") if file.is_file() and file.name != TEXTS):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(project).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:_FINGERPRINT_LENGTH]
