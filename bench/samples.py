"""A share of our examples, written out as projects that Rasa trains: with our pipeline, or with Rasa's default one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

PROJECT = Path(__file__).parent.parent
DEFAULT_CONFIGURATION = resources.files("rasa.engine.recipes.config_files") / "default_config.yml"
JOIN = "__"
"""Stands for the slash of a topic, which would make it a response selector's."""

_LINE_WIDTH = 4096

_yaml = YAML(typ="safe")


@dataclass(frozen=True)
class Sample:
    """Examples by their label, every so-manieth of each."""

    share: int

    def of(self, lines: Sequence[str]) -> list[str]:
        """The examples that are taken."""
        return list(lines[:: self.share])

    def topics(self) -> dict[str, list[str]]:
        """Messages by topic or intent."""
        found: dict[str, list[str]] = {}
        for path in sorted((PROJECT / "data/nlu").glob("*.yml")):
            for group in _yaml.load(path)["nlu"]:
                lines = [line.removeprefix("- ") for line in group["examples"].splitlines()]
                found.setdefault(group["intent"], []).extend(lines)
        return {label: self.of(lines) for label, lines in found.items()}

    def default_topics(self) -> dict[str, list[str]]:
        """The same, under names that Rasa's default pipeline takes as plain intents."""
        return {label.replace("/", JOIN): lines for label, lines in self.topics().items()}

    def copy_lines(self, source: Path, target: Path, *, header: int) -> None:
        """Write a file of one example a line, with the same header."""
        lines = source.read_text(encoding="utf-8").splitlines()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join([*lines[:header], *self.of(lines[header:])]) + "\n", encoding="utf-8")


def write_yaml(path: Path, content: Mapping[str, Any]) -> None:
    """Write a file of Rasa's, lines unbroken, and the folder it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = YAML()
    writer.width = _LINE_WIDTH  # type: ignore[assignment]
    with path.open("w", encoding="utf-8") as file:
        writer.dump(dict(content), file)


def write_examples(folder: Path, labelled: Mapping[str, Sequence[str]]) -> None:
    """Write examples as Rasa reads them."""
    groups = [
        {"intent": label, "examples": LiteralScalarString("".join(f"- {line}\n" for line in lines))}
        for label, lines in labelled.items()
    ]
    write_yaml(folder / "nlu.yml", {"version": "3.1", "nlu": groups})


def write_ours(folder: Path, sample: Sample) -> None:
    """Our pipeline with its share of all examples."""
    write_examples(folder / "nlu", sample.topics())
    for source in (PROJECT / "data/red_flags").rglob("*.txt"):
        sample.copy_lines(source, folder / "red_flags" / source.relative_to(PROJECT / "data/red_flags"), header=0)
    for source in (PROJECT / "data/statements").glob("*.tsv"):
        sample.copy_lines(source, folder / "statements" / source.name, header=1)
    configuration = _yaml.load(PROJECT / "config.yml")
    configuration["pipeline"][0] |= {
        "red_flag_examples": str(folder / "red_flags"),
        "statement_examples": str(folder / "statements"),
    }
    write_yaml(folder / "config.yml", configuration)


def default_configuration(*, epochs: int | None) -> dict[str, Any]:
    """Rasa's default pipeline and policies, each part with its own number of epochs unless one is given."""
    configuration: dict[str, Any] = _yaml.load(DEFAULT_CONFIGURATION.read_text(encoding="utf-8"))
    if epochs is not None:
        for part in (*configuration["pipeline"], *configuration["policies"]):
            part.update({"epochs": epochs} if "epochs" in part else {})
    return configuration
