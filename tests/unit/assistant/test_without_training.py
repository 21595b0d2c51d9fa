"""The process that serves the assistant imports nothing that only training needs, and says so where it is used."""

import ast
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from candidacy.assistant.without_training import RASA_VERSION, STAND_INS, LeftOutError, leave_out_training

UNNEEDED = (
    "botocore.session",
    "google.auth",
    "jax",
    "keras",
    "matplotlib",
    "onnx",
    "onnxruntime.quantization",
    "pandas",
    "prompt_toolkit",
    "sklearn",
    "slack_sdk",
    "sympy",
    "tensorflow",
    "twilio",
)
PROGRAM = """
import sys
from candidacy.assistant.without_training import leave_out_training

leave_out_training()
import candidacy.assistant.configured
import candidacy.assistant.serving
import candidacy.language.statement_component
import candidacy.language.topic_classifier_component
import candidacy.language.understanding_component
import rasa.core.policies.rule_policy
import rasa.graph_components.validators.default_recipe_validator

{then}
"""


def run(then: str) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(then=then)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_what_serves_a_model_is_imported_without_what_trains_one() -> None:
    found = run(f"print(*(name for name in {UNNEEDED!r} if sys.modules.get(name)))")
    assert (found.stdout.split(), found.returncode) == ([], 0), found.stderr


def test_what_is_left_out_says_so_when_it_is_used() -> None:
    found = run("import rasa.core.test; rasa.core.test.test('a model')")
    assert "LeftOutError: rasa.core.test.test is left out when the assistant is served" in found.stderr


def test_it_is_refused_where_rasa_was_imported_already() -> None:
    found = run("leave_out_training()")
    assert "LeftOutError: too late to leave out what is imported already: rasa.utils.train_utils" in found.stderr


def test_a_process_that_does_not_ask_for_it_has_all_of_rasa() -> None:
    from rasa.core.channels.rest import RestInput

    assert RestInput.name() == "rest"
    with pytest.raises(LeftOutError):
        leave_out_training()


def test_the_stand_ins_fit_the_installed_rasa() -> None:
    """Look at each stand-in anew when this fails: who imports the module, and what of it do they use?"""
    assert version("rasa") == RASA_VERSION


@pytest.mark.parametrize("module", STAND_INS)
def test_a_module_that_is_left_out_has_what_stands_in_for_it(module: str) -> None:
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    assert set(STAND_INS[module]) <= set(top_level_names(tree))


def top_level_names(tree: ast.Module) -> list[str]:
    names = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.ImportFrom):
            names += [name.name for name in node.names]
    return names
