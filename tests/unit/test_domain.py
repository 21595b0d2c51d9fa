"""The domain and the data keep Rasa's known traps shut, and know of each other what they must."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from actions.server import ACTIONS
from candidacy.consultation.fields import FIELDS
from candidacy.dialogue.answering import FIXED_ANSWERS
from candidacy.dialogue.intents import ANSWER_INTENTS, COMMAND_INTENTS, TOPIC_INTENTS
from candidacy.machine import clinic_texts
from candidacy.screening.questionnaire import load_questionnaire
from candidacy.settings import read_settings

PROJECT = Path(__file__).parent.parent.parent
DOMAIN: dict[str, Any] = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
RULES = [
    rule
    for file in sorted((PROJECT / "data" / "rules").glob("*.yml"))
    for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]
]
TEXTS = clinic_texts(read_settings({}))
QUESTIONNAIRE = load_questionnaire()
BUTTONS = [
    (name, button.payload) for name in sorted(TEXTS.names) for button in TEXTS.reply(name, **dict.fromkeys(
        ("lines", "label", "value", "detail", "reported", "unknown", "reference", "link", "link_minutes"), "x")).buttons
]  # fmt: skip


def test_a_conversation_never_expires() -> None:
    assert DOMAIN["session_config"]["session_expiration_time"] == 0


@pytest.mark.parametrize("slot", DOMAIN["slots"])
def test_only_our_actions_fill_slots(slot: str) -> None:
    assert DOMAIN["slots"][slot]["mappings"] == [{"type": "custom"}]
    assert DOMAIN["slots"][slot]["influence_conversation"] is False


def test_the_domain_lists_the_actions_there_are() -> None:
    names = {next(iter(entry)) if isinstance(entry, dict) else entry for entry in DOMAIN["actions"]}
    assert names == {action.action_name for action in ACTIONS}


def test_the_forms_ask_what_the_questionnaire_and_the_request_have() -> None:
    assert tuple(DOMAIN["forms"]["screening_form"]["required_slots"]) == QUESTIONNAIRE.ids
    assert tuple(DOMAIN["forms"]["consultation_form"]["required_slots"]) == FIELDS


@pytest.mark.parametrize("question", [*QUESTIONNAIRE.ids, *FIELDS])
def test_every_question_has_its_words(question: str) -> None:
    assert TEXTS.has(f"utter_ask_{question}")
    assert TEXTS.has("utter_explain_detail" if question.endswith("_detail") else f"utter_explain_{question}")


@pytest.mark.parametrize("intent", sorted(TOPIC_INTENTS | COMMAND_INTENTS | set(ANSWER_INTENTS) | set(FIXED_ANSWERS)))
def test_intents_in_the_code_are_intents_of_the_domain(intent: str) -> None:
    assert intent in DOMAIN["intents"]


@pytest.mark.parametrize("intent", DOMAIN["intents"])
def test_every_intent_has_a_rule_outside_of_forms(intent: str) -> None:
    assert intent in {name for rule in RULES if "condition" not in rule for name in first_intents(rule)}


@pytest.mark.parametrize("form", DOMAIN["forms"])
@pytest.mark.parametrize("intent", sorted(TOPIC_INTENTS | COMMAND_INTENTS))
def test_every_digression_has_a_rule_in_each_form(form: str, intent: str) -> None:
    in_form = [rule for rule in RULES if {"active_loop": form} in rule.get("condition", [])]
    assert intent in {name for rule in in_form for name in first_intents(rule)}


def test_no_rule_says_that_something_is_done() -> None:
    actions = {step["action"] for rule in RULES for step in rule["steps"] if "action" in step}
    assert not {action for action in actions if action.startswith("utter_")}


@pytest.mark.parametrize(("response", "payload"), BUTTONS)
def test_every_button_carries_a_payload_that_rasa_reads(response: str, payload: str) -> None:
    message = YAMLStoryReader.unpack_regex_message(Message({"text": payload}))
    assert message.get("intent")["name"] in DOMAIN["intents"]
    entities = {entity["entity"]: entity["value"] for entity in message.get("entities")}
    assert set(entities) <= set(DOMAIN["entities"])
    assert bool(entities) == ("{" in payload)
    for question in set(entities) & set(QUESTIONNAIRE.ids):
        assert entities[question] in QUESTIONNAIRE[question].accepts


def test_rasa_is_reached_through_the_bridge_alone() -> None:
    credentials = yaml.safe_load((PROJECT / "credentials.yml").read_text(encoding="utf-8"))
    assert list(credentials) == ["candidacy.assistant.configured.ConfiguredBridge"]


def test_rules_alone_decide() -> None:
    policies = yaml.safe_load((PROJECT / "config.yml").read_text(encoding="utf-8"))["policies"]
    assert [policy["name"] for policy in policies] == ["candidacy.assistant.rule_policy.IndexedRulePolicy"]


def first_intents(rule: dict[str, Any]) -> set[str]:
    first = rule["steps"][0]
    return {step["intent"] for step in first.get("or", [first]) if "intent" in step}
