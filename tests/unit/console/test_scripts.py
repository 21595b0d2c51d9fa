"""The scripts: they set text and never markup, and what they look for in a page is there."""

import re
from pathlib import Path

import pytest

from candidacy.console.endpoints.static_files import STATIC_FOLDER
from candidacy.console.pages import TEMPLATES

SCRIPTS = sorted(STATIC_FOLDER.glob("*.js"))
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b"
)
TEMPLATE_TEXT = "".join(template.read_text(encoding="utf-8") for template in TEMPLATES.glob("*.html"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_sets_text_and_never_markup(script: Path) -> None:
    assert not MARKUP.findall(script.read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_what_a_script_looks_for_is_in_a_page(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    ids = {*re.findall(r'getElementById\("([^"]+)"\)', text), *re.findall(r'press\("([^"]+)"\)', text)}
    assert [wanted for wanted in sorted(ids) if f'id="{wanted}"' not in TEMPLATE_TEXT] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_takes_in_only_our_own(script: Path) -> None:
    for imported in re.findall(r'from "([^"]+)"', script.read_text(encoding="utf-8")):
        assert (STATIC_FOLDER / imported.removeprefix("./")).is_file()
