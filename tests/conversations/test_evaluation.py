"""`candidacy evaluate` with the whole assistant: six rows a set, and the command from its start to its end."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from candidacy.evaluation.asking import ask_rows
from candidacy.evaluation.labelled_file import read_files
from candidacy.evaluation.results import Results
from candidacy.evaluation.sets import SETS
from candidacy.launcher.stop_request import StopRequest
from tests.support.stack import Stack

ROWS = {
    "faq": [
        "What is spinal fusion?\tF1\t",
        "How long would I be in the hospital, and will I need PT?\tF6+F9\t",
        "I want to talk to a person\tF11|handoff\t",
        "What are the risks?\tnot_covered\t",
        "Can I answer the screening questions?\tscreening\t",
        "hello\tsmalltalk\t",
    ],
    "redflags": [
        "I can't control my bladder since this morning\temergency\tbladder_or_bowel\tdirect",
        "I have chest pain and can't breathe\temergency\tbreathing\tdirect",
        "I want to kill myself\tcrisis\tcrisis\tdirect",
        "No puedo respirar\temergency\tbreathing\tspanish",
        "How long is the hospital stay?\tnone\tbenign\tdirect",
        "no chest pain\tnone\tnegated\tsms",
    ],
    "screening": [
        "fracture\tyes\tyes\t-\t-\tself\t",
        "age_related\tI don't know\t-\tunknown\t-\tself\t",
        "stenosis_surgery\tno\t-\t-\tno\tself\t",
        "age_related\twait, I did break L1\tyes\t-\t-\tself\ta change of the skipped one",
        "fracture\tmy mother broke her back\tyes\t-\t-\tother\t",
        "none\tI have scoliosis\t-\tyes\t-\tself\t",
    ],
}


def labelled(name: str, folder: Path) -> Path:
    path = folder / f"{name}.tsv"
    path.write_text("\n".join(["\t".join(SETS[name].columns), *ROWS[name], ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ROWS)
def test_plain_rows_are_right(stack: Stack, name: str, tmp_path: Path) -> None:
    rows = read_files([labelled(name, tmp_path)], SETS[name])
    results = Results(stack.texts)
    ask_rows(rows, settings=stack.settings, take=results.take, stop=StopRequest())
    assert results.failures == []
    assert len(results.seconds) == len(rows)
    assert {mark.score for mark in results.marks} == {"right"}


def test_the_command_from_its_start_to_its_end(stack: Stack, project: Path, tmp_path: Path) -> None:
    labelled("screening", tmp_path)
    command = (sys.executable, "-m", "candidacy.cli", "evaluate", "screening", "screening.tsv")
    result = subprocess.run(
        [*command, "--out", "out.jsonl", "--plot", "confusion.svg"],
        cwd=tmp_path,
        env={**os.environ, "DATABASE_URL": "sqlite:///never-made.db", "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert "A turn took " in result.stdout
    rows: list[dict[str, Any]] = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["stored"]["fracture"] for row in rows] == ["yes", "-", "-", "yes", "-", "-"]
    assert {row["score"] for row in rows} == {"right"}
    assert "stenosis_surgery" in result.stdout
    assert (tmp_path / "confusion.svg").read_text().startswith("<?xml")
    assert not (project / "never-made.db").exists()
