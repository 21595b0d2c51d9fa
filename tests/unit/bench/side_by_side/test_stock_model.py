"""The stock assistant is kept between runs, by what it is made of."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from bench.samples import Sample
from bench.side_by_side.stock_model import RECORD, StockTraining, fingerprint, kept_model, prepare_stock
from candidacy.machine import clinic_texts
from candidacy.settings import read_settings


def test_the_same_project_is_kept_and_another_one_is_beside_it(tmp_path: Path) -> None:
    texts = clinic_texts(read_settings({}))
    first = prepare_stock(tmp_path, sample=Sample(200), texts=texts, epochs=1)
    (first / "models").mkdir()
    again = prepare_stock(tmp_path, sample=Sample(200), texts=texts, epochs=1)
    other = prepare_stock(tmp_path, sample=Sample(200), texts=texts, epochs=2)
    assert again == first
    assert (first / "models").is_dir()
    assert other != first
    assert {path.name for path in tmp_path.iterdir()} == {first.name, other.name}


def test_a_model_counts_from_when_its_training_ended(tmp_path: Path) -> None:
    assert kept_model(tmp_path) is None
    training = StockTraining(
        600.0,
        700.0,
        examples=1000,
        intents=90,
        epochs=None,
        learning_seconds=500.0,
        ended_at="2026-01-02T03:04:05+00:00",
    )
    (tmp_path / RECORD).write_text(json.dumps(asdict(training)))
    kept = kept_model(tmp_path)
    assert kept is not None
    assert kept.training == training
    assert kept.file == tmp_path / "models/model.tar.gz"


@pytest.mark.parametrize(("epochs", "seconds"), [(None, 160.0), (20, 160.0 + 4 * 100.0)])
def test_what_a_training_with_all_epochs_takes(epochs: int | None, seconds: float) -> None:
    training = StockTraining(160.0, 200.0, 1000, 90, epochs=epochs, learning_seconds=100.0, ended_at="2026-01-02")
    assert training.whole_seconds == seconds


def test_the_fingerprint_is_of_names_and_contents_but_not_of_texts(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = fingerprint(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    renamed = fingerprint(tmp_path)
    (tmp_path / "b").write_text("2")
    changed = fingerprint(tmp_path)
    assert len({before, renamed, changed}) == 3
    (tmp_path / "domain.yml").write_text("responses: {}")
    assert fingerprint(tmp_path) == changed
