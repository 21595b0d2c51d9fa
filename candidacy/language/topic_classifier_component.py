"""The topic classifier as a component of Rasa's NLU pipeline, after the message encoder."""

from dataclasses import asdict, fields
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from candidacy.language.encoder.message_encoder import EncodedTexts
from candidacy.language.encoder_component import ENCODED
from candidacy.language.topic_classifier import Ranked, TopicClassifier
from candidacy.language.topics import Gates, TopicReading, topics_of

TOPICS = "topics"
CANDIDATES = "candidates"
RANKING_LENGTH = "ranking_length"
REGULARISATION = "regularisation"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifierComponent(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Sets ``intent``, ``intent_ranking``, ``topics`` and ``candidates`` of each message.

    Options: ``regularisation`` and ``ranking_length``, and each field of :class:`candidacy.language.topics.Gates`.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options with their defaults."""
        return {REGULARISATION: 1.0, RANKING_LENGTH: 10, **asdict(Gates())}

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
        classifier: TopicClassifier | None = None,
    ) -> None:
        self._ranking_length: int = config[RANKING_LENGTH]
        self._gates = _gates(config)
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier or TopicClassifier(regularisation=config[REGULARISATION])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifierComponent":
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicClassifierComponent":
        """The component as it was trained; raises ValueError when the model holds nothing of it."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TopicClassifier.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, retrieval intents under their full label, and write it into the model."""
        examples = [example for example in training_data.intent_examples if example.get(ENCODED)]
        self._classifier.fit(
            EncodedTexts.together([example.get(ENCODED) for example in examples]),
            [example.get_full_intent() for example in examples],
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: nothing after this component learns from its guesses."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message that somebody wrote; button payloads and blank messages pass untouched."""
        for message in messages:
            encoded = message.get(ENCODED)
            if encoded is not None:
                self._set(message, topics_of(encoded, ranker=self._classifier, gates=self._gates))
        return messages

    def _set(self, message: Message, reading: TopicReading) -> None:
        ranking = [_plain(ranked) for ranked in reading.intent_ranking[: self._ranking_length]]
        message.set(INTENT, _plain(reading.intent), add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(TOPICS, [asdict(topic) for topic in reading.topics], add_to_output=True)
        message.set(CANDIDATES, list(reading.candidates), add_to_output=True)


def _gates(config: dict[str, Any]) -> Gates:
    return Gates(**{gate.name: config[gate.name] for gate in fields(Gates) if gate.name in config})


def _plain(ranked: Ranked) -> dict[str, Any]:
    return {"name": ranked.name, "confidence": ranked.confidence}
