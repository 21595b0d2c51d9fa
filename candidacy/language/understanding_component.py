"""The Rasa component that reads findings and the language of a message, after the red flags and the topics."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from candidacy.language.encoder_component import is_payload, rules_folder
from candidacy.language.findings import FindingsReader, Reading
from candidacy.language.red_flag import RedFlag
from candidacy.language.red_flag_component import RED_FLAG
from candidacy.language.spoken_language import ENGLISH, spoken_language
from candidacy.language.understanding import Gate, overriding_intent

_NOTHING_READ = Reading(findings=(), answer=None)
_CERTAIN = 1.0


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Understanding(GraphComponent, IntentClassifier):  # type: ignore[misc]  # Rasa comes without types
    """Sets what a message says beside its topic, and overrides the intent where that decides.

    Keys set on every message: ``findings`` (list), ``answer`` (yes, no, unknown or None), ``readings`` (the same two
    by the question put, since a component cannot know it), ``red_flag`` (level, category, language, or None) and
    ``language`` (en, es, other). Button payloads pass with these keys empty. The ranking of intents is left alone.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options.

        ``rules``: the folder of the rules, by default the product's own. ``question_confidence``: from which
        confidence, 0 to 1, a question or command stands although the message states something.
        ``question_intents``, ``command_intents``: which intents those are.
        """
        return {
            "rules": None,
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
        """Read the rules and build the readers; raises RuleError when a rule file is missing or malformed."""
        rules = rules_folder(config)
        return cls(
            findings=FindingsReader(rules=rules),
            gate=Gate(
                question_intents=frozenset(config["question_intents"]),
                command_intents=frozenset(config["command_intents"]),
                confidence=float(config["question_confidence"]),
            ),
        )

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed rule file makes a new model."""
        digest = hashlib.sha256()
        for path in sorted(rules_folder({**cls.get_default_config(), **config}).rglob("*.yml")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def __init__(self, *, findings: FindingsReader, gate: Gate) -> None:
        self._findings = findings
        self._gate = gate

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message; odd or missing text is read as nothing said."""
        for message in messages:
            self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        if is_payload(text):
            _set(message, readings={None: _NOTHING_READ}, red_flag=None, language=ENGLISH)
            return
        readings = self._findings.read_for_every_question(text)
        red_flag: RedFlag | None = message.get(RED_FLAG)
        language = spoken_language(text)
        _set(message, readings=readings, red_flag=red_flag, language=language)
        intent, confidence = _intent(message)
        override = overriding_intent(
            text=text,
            red_flag=red_flag,
            language=language,
            findings=readings[None].findings,
            intent=intent,
            confidence=confidence,
            gate=self._gate,
        )
        if override is not None:
            chosen = {INTENT_NAME_KEY: override, PREDICTED_CONFIDENCE_KEY: _CERTAIN}
            message.set(INTENT, chosen, add_to_output=True)


def _set(message: Message, *, readings: Mapping[str | None, Reading], red_flag: RedFlag | None, language: str) -> None:
    volunteered = readings[None].as_dict()
    message.set("findings", volunteered["findings"], add_to_output=True)
    message.set("answer", volunteered["answer"], add_to_output=True)
    when_asked = {asked: reading.as_dict() for asked, reading in readings.items() if asked is not None}
    message.set("readings", when_asked, add_to_output=True)
    message.set("red_flag", red_flag.as_dict() if red_flag else None, add_to_output=True)
    message.set("language", language, add_to_output=True)


def _intent(message: Message) -> tuple[str | None, float]:
    """The intent so far and its confidence; a message may come without one."""
    intent = message.get(INTENT)
    if not isinstance(intent, dict):
        return intent, _CERTAIN if intent else 0.0
    return intent.get(INTENT_NAME_KEY), float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0)
