"""Training happens when there is no model of the present data: whole or not at all, once at a time.

A small program stands in for Rasa here; it takes what the real command would.
"""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from candidacy.launcher import training
from candidacy.launcher.errors import Interrupted, LaunchError
from candidacy.launcher.stop_request import StopRequest
from candidacy.launcher.training import TrainingPlace, ensure_model, model_path

Program = Callable[..., tuple[str, ...]]

RASA = """
import os, pathlib, sys, time
out, name, behaviour, trainings = sys.argv[1:]
with open(trainings, "a") as file:
    file.write(os.environ["RASA_CACHE_DIRECTORY"] + "\\n")
print("Starting to train component 'TopicClassifier'.", flush=True)
if behaviour == "endless":
    time.sleep(60)
if behaviour == "invalid":
    sys.exit("InvalidRule: the rule 'faq' contradicts the rule 'thanks'")
if behaviour != "without a model":
    pathlib.Path(out, name + ".tar.gz").write_text("a model")
    print("Your Rasa model is trained and saved", flush=True)
"""


class Witness:
    """Notes what the training reports."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.total = 0
        self.waits = threading.Event()
        self.ended: list[Path | None] = []
        self.on_step: Callable[[], None] = lambda: None

    def waiting_for_other_training(self) -> None:
        self.waits.set()

    def training_begins(self, steps: int, log: Path) -> None:
        self.total = steps

    def training_step(self, position: int, title: str) -> None:
        self.steps.append(title)
        self.on_step()

    def training_ends(self, model: Path | None) -> None:
        self.ended.append(model)


class Rasa:
    """The stand-in for `rasa train`; counts its trainings."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.behaviour = "well"
        self._program = program
        self._trainings = folder / "trainings"

    def command(self, *, name: str, out: Path) -> tuple[str, ...]:
        return self._program(RASA, out, name, self.behaviour, self._trainings)

    @property
    def caches(self) -> list[str]:
        return self._trainings.read_text().splitlines() if self._trainings.exists() else []


@pytest.fixture
def place(tmp_path: Path) -> TrainingPlace:
    project = tmp_path / "project"
    project.mkdir()
    (project / "config.yml").write_text("pipeline:\n- name: candidacy.language.TopicClassifier\n")
    return TrainingPlace(project=project, models=tmp_path / "models", logs=tmp_path / "logs")


@pytest.fixture
def rasa(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rasa:
    rasa = Rasa(program, tmp_path)
    monkeypatch.setattr(training, "train_command", rasa.command)
    return rasa


def train(place: TrainingPlace, witness: Witness | None = None, *, force: bool = False) -> Path:
    return ensure_model(place, reporter=witness or Witness(), stop=StopRequest(), force=force)


def remains(place: TrainingPlace) -> list[str]:
    return [path.name for path in place.models.iterdir() if path.name != ".training.lock"]


def test_a_model_is_trained_and_its_steps_are_told(place: TrainingPlace, rasa: Rasa) -> None:
    witness = Witness()
    model = train(place, witness)
    assert model == model_path(place)
    assert model.read_text() == "a model"
    assert remains(place) == [model.name]
    assert witness.steps == ["training TopicClassifier", "saving the model"]
    assert (witness.total, witness.ended) == (2, [model])


def test_a_second_time_there_is_nothing_to_train(place: TrainingPlace, rasa: Rasa) -> None:
    assert train(place) == train(place)
    assert len(rasa.caches) == 1


def test_forced_it_is_trained_again(place: TrainingPlace, rasa: Rasa) -> None:
    train(place)
    train(place, force=True)
    assert len(rasa.caches) == 2


def test_changed_data_get_a_model_of_their_own(place: TrainingPlace, rasa: Rasa) -> None:
    before = train(place)
    (place.project / "domain.yml").write_text("intents: [faq]")
    assert train(place) != before
    assert before.exists()


def test_a_model_that_is_used_again_becomes_the_newest(place: TrainingPlace, rasa: Rasa) -> None:
    first = train(place)
    (place.project / "domain.yml").write_text("intents: [faq]")
    second = train(place)
    (place.project / "domain.yml").unlink()
    train(place)
    assert first.stat().st_mtime_ns > second.stat().st_mtime_ns


def test_no_training_uses_what_another_one_kept(place: TrainingPlace, rasa: Rasa) -> None:
    train(place)
    train(place, force=True)
    assert len(set(rasa.caches)) == 2
    assert not any(Path(cache).exists() for cache in rasa.caches)


def test_a_failure_quotes_the_end_of_the_log_and_leaves_the_old_model(place: TrainingPlace, rasa: Rasa) -> None:
    model = train(place)
    rasa.behaviour = "invalid"
    witness = Witness()
    with pytest.raises(LaunchError) as failure:
        train(place, witness, force=True)
    first, *_, last = str(failure.value).splitlines()
    assert first == f"Training failed (exit code 1). The end of its log, {place.logs / 'train.log'}:"
    assert last == "InvalidRule: the rule 'faq' contradicts the rule 'thanks'"
    assert witness.ended == [None]
    assert remains(place) == [model.name]


def test_a_training_without_a_model_is_a_failure(place: TrainingPlace, rasa: Rasa) -> None:
    rasa.behaviour = "without a model"
    with pytest.raises(LaunchError, match="no model came out"):
        train(place)
    assert remains(place) == []


def test_a_stop_ends_the_training_and_leaves_nothing(place: TrainingPlace, rasa: Rasa) -> None:
    rasa.behaviour = "endless"
    stop, witness = StopRequest(), Witness()
    witness.on_step = stop.ask
    with pytest.raises(Interrupted):
        ensure_model(place, reporter=witness, stop=stop)
    assert remains(place) == []


def test_what_a_killed_training_left_is_removed(place: TrainingPlace, rasa: Rasa) -> None:
    (place.models / ".training-killed").mkdir(parents=True)
    model = train(place)
    assert remains(place) == [model.name]


def test_of_two_trainings_at_once_the_second_waits_and_uses_the_model_of_the_first(
    place: TrainingPlace, rasa: Rasa
) -> None:
    first, second = Witness(), Witness()
    other = threading.Thread(target=train, args=(place, second))

    def begin_the_other() -> None:
        first.on_step = lambda: None
        other.start()
        assert second.waits.wait(60.0)

    first.on_step = begin_the_other
    model = train(place, first)
    other.join()
    assert not first.waits.is_set()
    assert len(rasa.caches) == 1
    assert remains(place) == [model.name]


def test_a_stop_while_waiting_for_another_training(place: TrainingPlace, rasa: Rasa) -> None:
    stop, first, second = StopRequest(), Witness(), Witness()

    def begin_another() -> None:
        first.on_step = lambda: None
        stop.ask()
        with pytest.raises(Interrupted):
            ensure_model(place, reporter=second, stop=stop)

    first.on_step = begin_another
    train(place, first)
    assert second.waits.is_set()
    assert second.ended == []
