"""The steps of a training are read from the configuration, and recognised in Rasa's log."""

import pytest

from candidacy.launcher.training_steps import step_reached, training_steps

CONFIG = {
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "candidacy.language.topic_classifier_component.TopicClassifier"},
    ],
    "policies": [{"name": "RulePolicy"}],
}
STEPS = training_steps(CONFIG)


def test_every_component_and_policy_is_a_step_before_the_saving() -> None:
    assert [step.title for step in STEPS] == [
        "training WhitespaceTokenizer",
        "training TopicClassifier",
        "training RulePolicy",
        "saving the model",
    ]


@pytest.mark.parametrize("config", [{}, {"pipeline": None, "policies": None}])
def test_a_configuration_without_components_has_the_other_steps(config: dict[str, object]) -> None:
    assert len(training_steps(config)) == 1


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("2026-01-01 INFO rasa.engine.training.hooks - Starting to train component 'TopicClassifier'.", 1),
        ("2026-01-01 INFO rasa.engine.training.hooks - Finished training component 'TopicClassifier'.", None),
        ("Your Rasa model is trained and saved at 'models/assistant.tar.gz'.", 3),
        ("UserWarning: something else", None),
    ],
)
def test_a_line_of_the_log_begins_a_step(line: str, step: int | None) -> None:
    assert step_reached(line, STEPS) == step
