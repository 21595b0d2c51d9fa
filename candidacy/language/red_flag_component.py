"""The red-flag detector as a component of Rasa's NLU pipeline, right after the message encoder."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from candidacy.language.encoder.message_encoder import EncodedTexts
from candidacy.language.encoder_component import ENCODED, RED_FLAG_CATEGORY, STATEMENT, rules_folder
from candidacy.language.red_flag import RedFlag
from candidacy.language.red_flag_classifier import RedFlagClassifier
from candidacy.language.red_flag_examples import NO_DANGER
from candidacy.language.red_flag_model import save_gates
from candidacy.language.red_flag_rules import RedFlagRules
from candidacy.language.red_flags import AlarmGates, detect_in

RED_FLAG = "red_flag"
"""Where a message carries its :class:`RedFlag`, or None."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class RedFlagComponent(IntentClassifier, GraphComponent):  # type: ignore[misc]  # Rasa comes without types
    """Sets ``red_flag`` of each message.

    Options: ``rules``, the folder of the written rules; ``may_be_danger``, the families of intents whose examples may
    speak of danger, and so are no examples of its absence; and each field of
    :class:`candidacy.language.red_flags.AlarmGates`.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options with their defaults."""
        return {"rules": None, "may_be_danger": ["clinician", "inform", "unsure"], **asdict(AlarmGates())}

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that must be installed."""
        return ["sklearn"]

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: RedFlagClassifier | None = None,
    ) -> None:
        self._rules = RedFlagRules(rules=rules_folder(config))
        self._may_be_danger = frozenset(config["may_be_danger"])
        self._gates = AlarmGates(**{gate.name: float(config[gate.name]) for gate in fields(AlarmGates)})
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier or RedFlagClassifier(levels=self._rules.levels)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RedFlagComponent:
        """An untrained component; raises RuleError when a rule file is missing or malformed."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RedFlagComponent:
        """The component as it was trained; raises ValueError when the model holds nothing of it."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, RedFlagClassifier.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn danger from its examples, and its absence from those and from the questions people ask."""
        encoded, categories = [], []
        for message in training_data.training_examples:
            category = self._category(message)
            if category is not None and message.get(ENCODED) is not None:
                encoded.append(message.get(ENCODED))
                categories.append(category)
        self._classifier.fit(EncodedTexts.together(encoded), categories)
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
            save_gates(self._gates, folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: nothing after this component learns from its guesses."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message; one that is blank or a button's payload has no red flag."""
        for message in messages:
            message.set(RED_FLAG, self._red_flag(message))
        return messages

    def _red_flag(self, message: Message) -> RedFlag | None:
        encoded = message.get(ENCODED)
        if encoded is None:
            return None
        return detect_in(encoded, rules=self._rules, classifier=self._classifier, gates=self._gates)

    def _category(self, message: Message) -> str | None:
        """The category of a training message; None for one from which nothing is learnt here."""
        category: str | None = message.get(RED_FLAG_CATEGORY)
        if category is not None:
            return category
        if (statement := message.get(STATEMENT)) is not None:
            # An answer to a question of the screening is none; what is volunteered may be danger.
            return NO_DANGER if statement["asked"] else None
        family = str(message.get_full_intent()).split("/")[0]
        return None if family in self._may_be_danger else NO_DANGER
