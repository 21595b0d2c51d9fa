"""The arrows between the folders point one way, Rasa stays behind its seam, and SQL stays in the records."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent

MAY_IMPORT = {
    "candidacy.screening": {"candidacy.screening", "candidacy.lay_words"},
    "candidacy.consultation": {"candidacy.consultation", "candidacy.lay_words"},
    "candidacy.dialogue": {"candidacy.dialogue"},
    "candidacy.language": {"candidacy.language"},
    "candidacy.casework": {
        "candidacy.casework",
        "candidacy.assistant.reply",
        "candidacy.dialogue.danger",
        "candidacy.settings",
    },
    "candidacy.teaching": {"candidacy.teaching", "candidacy.casework", "candidacy.records", "candidacy.screening"},
    "candidacy.records": {
        "candidacy.records",
        "candidacy.assistant.reply",
        "candidacy.casework",
        "candidacy.readable_codes",
        "candidacy.settings",
        "candidacy.sms.identity",
    },
    "candidacy.sms": {
        "candidacy.sms",
        "candidacy.assistant.reply",
        "candidacy.dialogue.danger",
        "candidacy.language.rule_files",
        "candidacy.readable_codes",
    },
    "candidacy.keys": {"candidacy.keys", "candidacy.records"},
    "candidacy.web": {"candidacy.web", "candidacy.records", "candidacy.settings"},
    "candidacy.assistant": {
        "candidacy.assistant",
        "candidacy.records",
        "candidacy.clinic",
        "candidacy.language.question_put",
        "candidacy.logs",
        "candidacy.machine",
        "candidacy.machine_secrets",
        "candidacy.settings",
    },
}
"""What each inner folder may know of the product; the outer ones (`OUTER`) may know them all."""

MAY_IMPORT_RASA = {
    "candidacy/assistant/action_endpoint.py",
    "candidacy/assistant/action_results.py",
    "candidacy/assistant/agent.py",
    "candidacy/assistant/bridge.py",
    "candidacy/assistant/configured.py",
    "candidacy/assistant/dialogue_state.py",
    "candidacy/assistant/generator.py",
    "candidacy/assistant/graph_runner.py",
    "candidacy/assistant/model_loading.py",
    "candidacy/assistant/rule_policy.py",
    "candidacy/assistant/serving.py",
    "candidacy/language/encoder_component.py",
    "candidacy/language/red_flag_component.py",
    "candidacy/language/topic_classifier_component.py",
    "candidacy/language/statement_component.py",
    "candidacy/language/understanding_component.py",
}
OUTER = {
    "candidacy.evaluation",
    "candidacy.console",
    "candidacy.frontdesk",
    "candidacy.launcher",
    "candidacy.chat",
    "actions",
}


def sources() -> list[Path]:
    return sorted([*PROJECT.glob("candidacy/**/*.py"), *PROJECT.glob("actions/**/*.py")])


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def ours(module: str) -> bool:
    return within(module, "candidacy") or within(module, "actions")


@pytest.mark.parametrize("file", sources(), ids=module_of)
def test_arrows_point_one_way(file: Path) -> None:
    folder = next((folder for folder in MAY_IMPORT if within(module_of(file), folder)), None)
    if folder is None:
        return
    modules = {module for module in imports_of(file) if ours(module) and module != "candidacy"}
    wrong = {module for module in modules if not any(within(module, allowed) for allowed in MAY_IMPORT[folder])}
    assert not wrong


@pytest.mark.parametrize("file", sources(), ids=module_of)
def test_rasa_stays_behind_its_seam(file: Path) -> None:
    if file.relative_to(PROJECT).as_posix() in MAY_IMPORT_RASA:
        return
    allowed = {"rasa_sdk"} if within(module_of(file), "actions") else set()
    roots = {module.split(".")[0] for module in imports_of(file)}
    assert not roots & ({"rasa", "rasa_sdk"} - allowed)


@pytest.mark.parametrize("file", sources(), ids=module_of)
def test_only_the_records_build_sql(file: Path) -> None:
    if within(module_of(file), "candidacy.records"):
        return
    queries = {"sqlalchemy.select", "sqlalchemy.insert", "sqlalchemy.update", "sqlalchemy.delete", "sqlalchemy.text"}
    assert not queries & set(imports_of(file))


@pytest.mark.parametrize("file", sources(), ids=module_of)
def test_no_note_of_staff_comes_near_what_speaks_to_visitors(file: Path) -> None:
    if within(module_of(file), "candidacy.console") or within(module_of(file), "candidacy.records.console"):
        return
    assert not [module for module in imports_of(file) if within(module, "candidacy.records.console.notes")]


@pytest.mark.parametrize("package", sorted(OUTER))
def test_nothing_inside_knows_the_outside(package: str) -> None:
    inner = [file for file in sources() if any(within(module_of(file), folder) for folder in MAY_IMPORT)]
    assert not [file for file in inner for module in imports_of(file) if within(module, package)]


@pytest.mark.parametrize("folder", sorted({file.parent for file in sources()}), ids=lambda folder: folder.name)
def test_every_folder_says_what_lives_there(folder: Path) -> None:
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert docstring
    assert len(docstring) > 60
