"""The fingerprint changes with everything that training reads, and with nothing else."""

from pathlib import Path

import pytest

from candidacy.launcher import fingerprint
from candidacy.launcher.fingerprint import model_fingerprint, model_name

FILES = {
    "config.yml": "pipeline: []",
    "domain.yml": "intents: [faq]",
    "data/nlu/faq.yml": "- how long in hospital",
    "data/rules/faq.yml": "- rule: faq",
    "tests/stories/test_faq.yml": "- story: faq",
    "data/facts.yml": "F1: what fusion is",
    "candidacy/language/topics.py": "TOPICS = 1",
    "candidacy/language/rules/red_flags.yml": "- chest pain",
    "candidacy/cli.py": "",
}


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        write(tmp_path, name, content)
    return tmp_path


def write(folder: Path, name: str, content: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content)


def test_it_is_twelve_hexadecimal_digits(small_project: Path) -> None:
    assert len(model_fingerprint(small_project)) == 12
    assert int(model_fingerprint(small_project), 16) >= 0
    assert model_name(small_project) == f"assistant-{model_fingerprint(small_project)}"


def test_the_same_data_elsewhere_has_the_same_fingerprint(
    small_project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name, content in FILES.items():
        write(elsewhere, name, content)
    assert model_fingerprint(elsewhere) == model_fingerprint(small_project)


@pytest.mark.parametrize(
    "changed",
    [
        "config.yml",
        "domain.yml",
        "data/nlu/faq.yml",
        "data/rules/faq.yml",
        "candidacy/language/topics.py",
        "candidacy/language/rules/red_flags.yml",
        "data/nlu/a_new_file.yml",
        "data/red_flags/none/a_new_file.txt",
        "data/statements/a_new_file.tsv",
    ],
)
def test_it_changes_with_what_training_reads(small_project: Path, changed: str) -> None:
    before = model_fingerprint(small_project)
    write(small_project, changed, "something else")
    assert model_fingerprint(small_project) != before


@pytest.mark.parametrize(
    "changed",
    [
        "data/facts.yml",
        "tests/stories/test_faq.yml",
        "candidacy/cli.py",
        "candidacy/language/__pycache__/topics.cpython-310.pyc",
        "data/nlu/.faq.yml.swp",
        "README.md",
    ],
)
def test_it_stays_when_something_else_changes(small_project: Path, changed: str) -> None:
    before = model_fingerprint(small_project)
    write(small_project, changed, "something else")
    assert model_fingerprint(small_project) == before


def test_moving_text_from_one_file_to_another_changes_it(small_project: Path) -> None:
    before = model_fingerprint(small_project)
    (small_project / "data/nlu/faq.yml").rename(small_project / "data/nlu/questions.yml")
    assert model_fingerprint(small_project) != before


def test_another_version_of_a_library_changes_it(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = model_fingerprint(small_project)
    monkeypatch.setattr(fingerprint, "version", lambda library: "0.0.0")
    assert model_fingerprint(small_project) != before
