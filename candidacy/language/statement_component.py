"""The reader of statements as a component of Rasa's NLU pipeline: the written rules, weighed with what was learnt."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from candidacy.language.encoder.message_encoder import EncodedTexts
from candidacy.language.encoder_component import ENCODED, STATEMENT, is_payload, rules_folder
from candidacy.language.findings import FindingsReader, Reading
from candidacy.language.opinions import OpinionGates, weighed
from candidacy.language.question_put import questions_to_read
from candidacy.language.statement_classifier import StatementClassifier
from candidacy.language.statement_examples import StatementExample

STATED = "stated"
"""Where a message carries its :class:`Reading` when nothing was asked."""

_NOTHING_READ = Reading(findings=(), answer=None)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class StatementComponent(IntentClassifier, GraphComponent):  # type: ignore[misc]  # Rasa comes without types
    """Sets ``findings`` (list), ``answer`` (yes, no, unknown or None) and ``readings`` of each message.

    ``readings`` holds the first two by the question put; by each question, where the message does not come with it.
    Options: ``rules``, the folder of the written rules, and each field of
    :class:`candidacy.language.opinions.OpinionGates`.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options with their defaults."""
        return {"rules": None, **asdict(OpinionGates())}

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that must be installed."""
        return ["sklearn"]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse a wrong gate; raises ValueError."""
        _gates(config)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: StatementClassifier | None = None,
    ) -> None:
        self._reader = FindingsReader(rules=rules_folder(config))
        self._gates = _gates(config)
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier or StatementClassifier()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> StatementComponent:
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
    ) -> StatementComponent:
        """The component as it was trained; raises ValueError when the model holds nothing of it."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, StatementClassifier.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed rule file makes a new model."""
        digest = hashlib.sha256()
        for path in sorted(rules_folder({**cls.get_default_config(), **config}).rglob("*.yml")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of statements, and from what the rules read in them."""
        messages = [message for message in training_data.training_examples if message.get(STATEMENT)]
        examples = [StatementExample(**message.get(STATEMENT)) for message in messages]
        readings = [self._reader.read(example.text, asked=example.asked) for example in examples]
        encoded = EncodedTexts.together([message.get(ENCODED) for message in messages])
        self._classifier.fit(encoded, readings, examples)
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: nothing after this component learns from its guesses."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message; one that is blank or a button's payload states nothing."""
        for message in messages:
            _set(message, self._readings(message))
        return messages

    def _readings(self, message: Message) -> Mapping[str | None, Reading]:
        text, encoded = message.get(TEXT) or "", message.get(ENCODED)
        if is_payload(text) or encoded is None:
            return {None: _NOTHING_READ}
        read = self._reader.read_for_questions(text, questions_to_read(message.get("metadata")))
        opinions = self._classifier.opinions(encoded, read)
        return {
            asked: weighed(reading, opinions[asked], asked=asked, gates=self._gates) for asked, reading in read.items()
        }


def _set(message: Message, readings: Mapping[str | None, Reading]) -> None:
    message.set(STATED, readings[None])
    volunteered = readings[None].as_dict()
    message.set("findings", volunteered["findings"], add_to_output=True)
    message.set("answer", volunteered["answer"], add_to_output=True)
    when_asked = {asked: reading.as_dict() for asked, reading in readings.items() if asked is not None}
    message.set("readings", when_asked, add_to_output=True)


def _gates(config: dict[str, Any]) -> OpinionGates:
    return OpinionGates(**{gate.name: config[gate.name] for gate in fields(OpinionGates) if gate.name in config})
