"""The labelled sets are measured on, never learnt from."""

import csv
import re
from pathlib import Path

import pytest
import yaml

SETS = ("faq", "redflags", "screening")
LEAST_ROWS = 300


def folded(text: str) -> str:
    """A text without case and punctuation; an emoji stays as it is."""
    return " ".join(re.findall(r"\w+", text.lower())) or text.strip()


def texts_of(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.fixture(scope="module")
def learnt(project: Path) -> set[str]:
    """Everything that training reads as an example."""
    texts = [line for file in (project / "data" / "red_flags").rglob("*.txt") for line in file.read_text().splitlines()]
    for file in (project / "data" / "statements").glob("*.tsv"):
        texts += texts_of(file)
    for file in (project / "data" / "nlu").glob("*.yml"):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            texts += [line.removeprefix("- ") for line in block["examples"].splitlines()]
    return {folded(text) for text in texts}


@pytest.mark.parametrize("kind", ["development", "held_out"])
@pytest.mark.parametrize("name", SETS)
def test_no_row_is_learnt_from(project: Path, learnt: set[str], name: str, kind: str) -> None:
    for path in (project / "tests" / "evaluation" / kind).glob(f"{name}*.tsv"):
        assert {folded(text) for text in texts_of(path)} & learnt == set(), path.name


@pytest.mark.parametrize("name", SETS)
def test_a_development_set_is_large_enough(project: Path, name: str) -> None:
    assert len(texts_of(project / "tests" / "evaluation" / "development" / f"{name}.tsv")) >= LEAST_ROWS


@pytest.mark.parametrize("name", SETS)
def test_no_held_out_row_stands_in_the_development_set(project: Path, name: str) -> None:
    folder = project / "tests" / "evaluation"
    development, held_out = (
        {folded(t) for t in texts_of(folder / kind / f"{name}.tsv")} for kind in ("development", "held_out")
    )
    assert {text for text in development & held_out if len(text.split()) > 3} == set()
