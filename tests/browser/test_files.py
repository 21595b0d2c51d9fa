"""The files as they are delivered: whole, small, valid, and nothing in them that could run what somebody writes."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from scripts.assemble_widget import ASSEMBLED, README, SOURCE, WIDGET, assemble, integrity

MOST_BYTES = 20_000
DOORS = (
    r"innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|srcdoc|document\.write"
    r"|\beval\(|new Function"
)


def test_the_delivered_file_is_its_sources() -> None:
    assert ASSEMBLED.read_text(encoding="utf-8") == assemble(), "run `make widget`"


def test_the_readmes_script_tag_carries_the_files_hash() -> None:
    tags = re.findall(r"<script[^>]*candidacy-chat\.js[^>]*>", README.read_text(encoding="utf-8"))
    assert tags
    assert all(f'integrity="{integrity(ASSEMBLED.read_text(encoding="utf-8"))}"' in tag for tag in tags)


def test_all_that_runs_is_at_most_20_kb_on_its_way() -> None:
    assert len(gzip.compress(ASSEMBLED.read_bytes(), compresslevel=9)) <= MOST_BYTES


def test_it_loads_nothing_else() -> None:
    assert re.findall(r"^import |\bimport\(", ASSEMBLED.read_text(encoding="utf-8"), re.MULTILINE) == []


@pytest.mark.parametrize("source", sorted(SOURCE.glob("*.js")), ids=lambda path: path.name)
def test_no_source_has_a_door_for_markup_or_code(source: Path) -> None:
    assert re.findall(DOORS, source.read_text(encoding="utf-8")) == []


def test_the_sample_page_is_valid_html(html_validate: Path) -> None:
    checked = subprocess.run(
        [html_validate, "--config", Path(__file__).parent / "html-validate.json", WIDGET / "sample.html"],
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
