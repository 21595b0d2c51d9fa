"""The index finds what Rasa finds by going through all rules."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from candidacy.assistant.rule_policy import IndexedRulePolicy, RuleIndex, place_of

ACTIONS = st.sampled_from(["action_listen", "action_answer", "screening_form"])
INTENTS = st.sampled_from(["faq", "affirm", "should_not_be_set"])
LOOPS = st.sampled_from(["screening_form", "should_not_be_set"])


@st.composite
def states(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    state: dict[str, dict[str, Any]] = {}
    if draw(st.booleans()):
        state["prev_action"] = {"action_name": draw(ACTIONS)} if draw(st.booleans()) else {"action_text": "Hello."}
    if draw(st.booleans()):
        state["user"] = {"intent": draw(INTENTS)} if draw(st.booleans()) else {"entities": ["side"]}
    if draw(st.booleans()):
        state["active_loop"] = {"name": draw(LOOPS)}
    return state


CONVERSATIONS = st.lists(states(), min_size=1, max_size=5)
RULE_STATES = st.lists(st.lists(states(), min_size=1, max_size=3), max_size=12)


def policy_of(policy: type[RulePolicy], rules: dict[str, str]) -> RulePolicy:
    return policy(
        policy.get_default_config(), None, Resource("rules"), ExecutionContext(GraphSchema({})), lookup={RULES: rules}
    )


@given(rules=RULE_STATES, conversation=CONVERSATIONS)
def test_the_same_rules_apply(rules: list[Any], conversation: list[Any]) -> None:
    lookup = {json.dumps(rule, sort_keys=True): "action_listen" for rule in rules}
    stock, ours = policy_of(RulePolicy, lookup), policy_of(IndexedRulePolicy, lookup)
    assert ours._get_possible_keys(lookup, conversation) == stock._get_possible_keys(lookup, conversation)


@pytest.mark.parametrize(
    ("state", "place"),
    [
        ({}, (None, None)),
        ({"prev_action": {"action_name": "action_listen"}, "user": {"intent": "faq"}}, ("action_listen", "faq")),
        ({"prev_action": {"action_text": "Hello."}, "user": {"text": "Hi"}}, (None, None)),
        ({"prev_action": {"action_name": "should_not_be_set"}}, (None, None)),
    ],
)
def test_what_a_rule_wants(state: dict[str, Any], place: tuple[str | None, str | None]) -> None:
    assert place_of(state) == place


def test_only_some_rules_are_tried() -> None:
    wanted = [{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "faq"}}]
    other = [{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "affirm"}}]
    assert RuleIndex({"wanted": wanted, "other": other}).candidates(wanted[-1]) == {"wanted"}


def test_a_rule_that_is_taken_out_is_not_found() -> None:
    rule = [{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "faq"}}]
    lookup = {json.dumps(rule): "action_answer"}
    policy = policy_of(IndexedRulePolicy, lookup)
    assert policy._get_possible_keys(lookup, rule) == {json.dumps(rule)}
    lookup.clear()
    assert policy._get_possible_keys(lookup, rule) == set()


DOMAIN = Domain.from_yaml('version: "3.1"\nintents: [faq, affirm]\nactions: [action_answer]')
TRACKER = DialogueStateTracker.from_events(
    "someone",
    [ActionExecuted("action_listen"), UserUttered("What is it?", {"name": "faq", "confidence": 1.0})],
    domain=DOMAIN,
)


@pytest.mark.parametrize(
    ("user", "by_text"),
    [({"user": {"intent": "faq"}}, None), ({}, "action_answer"), ({"user": {"text": "What is it?"}}, "action_answer")],
)
def test_rules_without_an_intent_are_found_by_text_too(user: dict[str, Any], by_text: str | None) -> None:
    rule = [{"prev_action": {"action_name": "action_listen"}, **user}]
    lookup = {json.dumps(rule, sort_keys=True): "action_answer"}
    found = [
        policy_of(policy, lookup)._find_action_from_rules(TRACKER, DOMAIN, use_text_for_last_user_input=True)[0]
        for policy in (RulePolicy, IndexedRulePolicy)
    ]
    assert found == [by_text, by_text]
