"""The understanding does not fall below what it reached: the development sets, put to the whole assistant."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from candidacy.evaluation.asking import ask_rows
from candidacy.evaluation.labelled_file import read_files
from candidacy.evaluation.results import Results
from candidacy.evaluation.sets import SETS
from candidacy.launcher.stop_request import StopRequest
from tests.support.stack import Stack

FLOORS = yaml.safe_load((Path(__file__).parents[1] / "evaluation" / "floors.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reached(stack: Stack, project: Path) -> dict[str, Counter[tuple[str, str]]]:
    """How often each score was given in each expected class, by set."""
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for name in FLOORS:
        rows = read_files([project / "tests" / "evaluation" / "development" / f"{name}.tsv"], SETS[name])
        results = Results(stack.texts)
        ask_rows(rows, settings=stack.settings, take=results.take, stop=StopRequest())
        assert results.failures == []
        counts[name] = Counter((mark.expected, mark.score) for mark in results.marks)
    return counts


@pytest.mark.parametrize(
    ("name", "floor"),
    [(name, floor) for name, floors in FLOORS.items() for floor in floors],
    ids=lambda value: value if isinstance(value, str) else value["what"],
)
def test_a_figure_holds(reached: dict[str, Counter[tuple[str, str]]], name: str, floor: dict[str, object]) -> None:
    counted = {
        pair: count
        for pair, count in reached[name].items()
        if "of" not in floor or pair[0] in floor["of"]  # type: ignore[operator]
    }
    scored = sum(count for (_, score), count in counted.items() if score in floor["scores"])  # type: ignore[operator]
    share = 100 * scored / sum(counted.values())
    if "at_least" in floor:
        assert share >= float(str(floor["at_least"])), floor["what"]
    else:
        assert share <= float(str(floor["at_most"])), floor["what"]
