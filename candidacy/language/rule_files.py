"""Reads the rule files: YAML that a clinician can read and change."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).parent / "rules"
"""The folder of the rules that come with the product."""


class RuleError(ValueError):
    """A rule file is missing or malformed; the message names the file and what is wrong with it."""


def read_rule_file(path: Path) -> Mapping[str, Any]:
    """The content of one rule file.

    Raises:
        RuleError: the file is missing, is not YAML, or is not a mapping.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise RuleError(f"{path}: cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise RuleError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise RuleError(f"{path}: must be a mapping of names to rules")
    return content


def phrases(content: Mapping[str, Any], name: str, *, path: Path) -> tuple[str, ...]:
    """The phrases listed under a name.

    Raises:
        RuleError: there is no such list, it is empty, or it holds something that YAML did not read as text
            (an unquoted ``no`` or ``2019``).
    """
    listed = content.get(name)
    if not isinstance(listed, list) or not listed:
        raise RuleError(f"{path}: '{name}' must be a list of phrases")
    return checked_phrases(listed, name=name, path=path)


def checked_phrases(listed: Iterable[Any], *, name: str, path: Path) -> tuple[str, ...]:
    """The phrases, if each is text; raises RuleError otherwise."""
    checked = tuple(listed)
    for phrase in checked:
        if not isinstance(phrase, str) or not phrase.strip():
            raise RuleError(f"{path}: '{name}' holds {phrase!r}, which is not text; put it in quotes")
    return checked
