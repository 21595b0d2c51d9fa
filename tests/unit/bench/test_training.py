"""What Rasa's log tells of a training."""

from bench.training import read_learning_seconds

LOG = """
2026-01-02 10:00:00 INFO     rasa.engine.training.hooks  - Starting to train component 'CountVectorsFeaturizer'.
2026-01-02 10:00:07 INFO     rasa.engine.training.hooks  - Finished training component 'CountVectorsFeaturizer'.
2026-01-02 10:00:10 INFO     rasa.engine.training.hooks  - Starting to train component 'DIETClassifier'.
Epochs: 100%|##########| 1/1 [00:54<00:00, 54.73s/it] 2026-01-02 10:01:10 INFO     rasa.engine.training.hooks  - \
Finished training component 'DIETClassifier'.
2026-01-02 10:02:00 INFO     rasa.engine.training.hooks  - Starting to train component 'TEDPolicy'.
2026-01-02 10:02:05 INFO     rasa.engine.training.hooks  - Finished training component 'TEDPolicy'.
"""


def test_only_the_parts_that_learn_in_epochs_count() -> None:
    assert read_learning_seconds(LOG) == 60 + 5
    assert read_learning_seconds("") == 0
