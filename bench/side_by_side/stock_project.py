"""Writes the stock assistant: a project as ``rasa init`` leaves it, about our topics.

It has Rasa's default pipeline and policies, an intent, a rule and a response for each topic, a few stories, one form
with our three clinical questions, and custom actions for the form, from ``stock_template``.
"""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.samples import JOIN, default_configuration, write_examples, write_yaml
from candidacy.assistant.texts import Texts

TEMPLATE = Path(__file__).parent / "stock_template"
ASSISTANT = "stock_assistant"
VERSION = {"version": "3.1"}

QUESTIONS = ("fracture", "age_related", "stenosis_surgery")
FORM = "screening_form"
BEGINS_FORM = "screening"
SUBMIT = "action_submit_screening"
UNCLEAR = "nlu_fallback"
NO_TEXT = "utter_not_understood"
"""Said where a topic has no text of its own."""

TOPICS_A_STORY = 4
STORIES = 5

SESSION = {"session_expiration_time": 60, "carry_over_slots_to_new_session": True}

Step = dict[str, Any]


def write_stock_project(
    folder: Path, *, labelled: Mapping[str, Sequence[str]], texts: Texts, epochs: int | None = None
) -> None:
    """Write the whole project.

    Args:
        folder: where to; it may exist.
        labelled: examples by their intent.
        texts: where the responses come from.
        epochs: of every trained part, instead of its own, for a training that is only to be short.
    """
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    write_examples(folder / "data", labelled)
    write_yaml(folder / "data/rules.yml", {**VERSION, "rules": rules(tuple(labelled))})
    write_yaml(folder / "data/stories.yml", {**VERSION, "stories": stories(tuple(labelled))})
    write_yaml(folder / "domain.yml", domain(tuple(labelled), texts))
    # Rasa makes up a new name at every training of a project that has none.
    write_yaml(folder / "config.yml", {**default_configuration(epochs=epochs), "assistant_id": ASSISTANT})


def domain(intents: Sequence[str], texts: Texts) -> dict[str, Any]:
    """What the assistant knows and says."""
    return {
        **VERSION,
        "intents": list(intents),
        "slots": {question: _slot(question) for question in QUESTIONS},
        "forms": {FORM: {"required_slots": list(QUESTIONS)}},
        "actions": [f"validate_{FORM}", SUBMIT],
        "responses": {
            **{_response(intent): [{"text": _text(intent, texts)}] for intent in (*_answered(intents), UNCLEAR)},
            **{
                f"utter_ask_{question}": [{"text": texts.reply(f"utter_ask_{question}").text}] for question in QUESTIONS
            },
        },
        "session_config": SESSION,
    }


def rules(intents: Sequence[str]) -> list[Step]:
    """One for each topic, and the form's two."""
    answers = [{"rule": f"Answer {intent}", "steps": _exchange(intent)} for intent in (*_answered(intents), UNCLEAR)]
    return [
        *answers,
        {"rule": "Begin the screening", "steps": _begin_form()},
        {
            "rule": "Submit the screening",
            "condition": [{"active_loop": FORM}],
            "steps": [{"action": FORM}, *_end_form()],
        },
    ]


def stories(intents: Sequence[str]) -> list[Step]:
    """Some conversations: a few topics after each other, half of them with the screening filled in after them."""
    answered = _answered(intents)
    return [
        {
            "story": f"Conversation {number + 1}",
            "steps": [
                *(step for intent in answered[number::STORIES][:TOPICS_A_STORY] for step in _exchange(intent)),
                *([*_begin_form(), *_end_form()] if number % 2 == 0 else []),
            ],
        }
        for number in range(STORIES)
    ]


def _answered(intents: Sequence[str]) -> list[str]:
    return [intent for intent in intents if intent != BEGINS_FORM]


def _exchange(intent: str) -> list[Step]:
    return [{"intent": intent}, {"action": _response(intent)}]


def _begin_form() -> list[Step]:
    return [{"intent": BEGINS_FORM}, {"action": FORM}, {"active_loop": FORM}]


def _end_form() -> list[Step]:
    return [{"active_loop": None}, {"slot_was_set": [{"requested_slot": None}]}, {"action": SUBMIT}]


def _slot(question: str) -> Step:
    asked = {"active_loop": FORM, "requested_slot": question}
    return {
        "type": "text",
        "influence_conversation": False,
        "mappings": [{"type": "from_text", "conditions": [asked]}],
    }


def _response(intent: str) -> str:
    return f"utter_{intent}"


def _text(intent: str, texts: Texts) -> str:
    own = _response(intent.replace(JOIN, "/"))
    return texts.reply(own if texts.has(own) else NO_TEXT).text
