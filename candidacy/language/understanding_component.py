"""The Rasa component that decides the intent in the end, after the red flags, the topics and the statements."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from candidacy.language.encoder_component import is_payload
from candidacy.language.reading import Reading
from candidacy.language.red_flag import RedFlag
from candidacy.language.red_flag_component import RED_FLAG
from candidacy.language.spoken_language import ENGLISH, spoken_language
from candidacy.language.statement_component import STATED
from candidacy.language.understanding import Gate, overriding_intent

_CERTAIN = 1.0


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Understanding(GraphComponent, IntentClassifier):  # type: ignore[misc]  # Rasa comes without types
    """Overrides the intent where danger, the language or a statement decides.

    Sets on every message ``red_flag`` (level, category, language, or None) and ``language`` (en, es, other); button
    payloads pass without the first and in English. The ranking of intents is left alone.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options.

        ``question_confidence``: from which confidence, 0 to 1, a question or command stands although the message
        states something. ``question_intents``, ``command_intents``: which intents those are.
        """
        return {
            "question_confidence": 0.5,
            "question_intents": ["faq", "not_covered", "clinician", "screening"],
            "command_intents": ["stop", "pause", "start_over", "delete_data", "talk_to_person"],
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Understanding:
        """The component; there is nothing to read or to learn."""
        gate = Gate(
            question_intents=frozenset(config["question_intents"]),
            command_intents=frozenset(config["command_intents"]),
            confidence=float(config["question_confidence"]),
        )
        return cls(gate=gate)

    def __init__(self, *, gate: Gate) -> None:
        self._gate = gate

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message; odd or missing text is read as nothing said."""
        for message in messages:
            self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        if is_payload(text):
            _set(message, red_flag=None, language=ENGLISH)
            return
        stated: Reading | None = message.get(STATED)
        red_flag: RedFlag | None = message.get(RED_FLAG)
        language = spoken_language(text)
        _set(message, red_flag=red_flag, language=language)
        intent, confidence = _intent(message)
        override = overriding_intent(
            text=text,
            red_flag=red_flag,
            language=language,
            findings=stated.findings if stated else (),
            intent=intent,
            confidence=confidence,
            gate=self._gate,
        )
        if override is not None:
            chosen = {INTENT_NAME_KEY: override, PREDICTED_CONFIDENCE_KEY: _CERTAIN}
            message.set(INTENT, chosen, add_to_output=True)


def _set(message: Message, *, red_flag: RedFlag | None, language: str) -> None:
    message.set("red_flag", red_flag.as_dict() if red_flag else None, add_to_output=True)
    message.set("language", language, add_to_output=True)


def _intent(message: Message) -> tuple[str | None, float]:
    """The intent so far and its confidence; a message may come without one."""
    intent = message.get(INTENT)
    if not isinstance(intent, dict):
        return intent, _CERTAIN if intent else 0.0
    return intent.get(INTENT_NAME_KEY), float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0)
