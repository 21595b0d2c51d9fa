"""Rasa's rules, found faster: the same predictions without going through every rule at each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

ANY = None
"""In place of an action or an intent of a rule: it does not matter to it."""

Place = tuple[str | None, str | None]
"""What a rule wants of the state it applies to: the action before it, and the intent."""


class RuleIndex:
    """Rules by what they want of the latest state.

    Args:
        rules: the states of each rule, oldest first, by its key.
    """

    def __init__(self, rules: Mapping[str, Sequence[State]]) -> None:
        self._by_place: dict[Place, set[str]] = defaultdict(set)
        for key, states in rules.items():
            self._by_place[place_of(states[-1])].add(key)
        self.longest = max(map(len, rules.values()), default=0)
        """States of the longest rule: no rule looks at older ones."""
        self.only_intents = all(intent is not ANY for action, intent in self._by_place if action == ACTION_LISTEN_NAME)
        """Whether every rule for a message of the visitor names its intent, so that none applies to a bare text."""

    def candidates(self, state: State) -> set[str]:
        """The keys of all rules that may apply in a conversation with this latest state, and of few others."""
        action, intent = place_of(state)
        places = {(action, intent), (action, ANY), (ANY, intent), (ANY, ANY)}
        return set().union(*(self._by_place.get(place, ()) for place in places))


def place_of(state: State) -> Place:
    """What stands in a state as the action before it, and as the intent."""
    return _named(state, PREVIOUS_ACTION, ACTION_NAME), _named(state, USER, INTENT)


def _named(state: State, part: str, name: str) -> str | None:
    value = state.get(part, {}).get(name)
    return value if isinstance(value, str) and value != SHOULD_NOT_BE_SET else ANY


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IndexedRulePolicy(RulePolicy):  # type: ignore[misc]  # Rasa comes without types
    """Rasa's own policy, of which only the search is another; what it learns and predicts is the same.

    Rasa tries every rule at every state of the conversation, several times a turn, and writes the states out for its
    log whether that is wanted or not: 27 % of the processor time of a turn's Rasa (docs/performance.md).
    """

    @cached_property
    def _indexes(self) -> dict[int, tuple[Mapping[str, str], RuleIndex]]:
        return {}

    def _index(self, lookup: Mapping[str, str]) -> RuleIndex:
        """The index of one of the policy's lookups, made when it is first asked for."""
        # The lookup is kept with it, so that no other one can come by its id.
        if id(lookup) not in self._indexes:
            self._indexes[id(lookup)] = lookup, RuleIndex({key: self._rule_key_to_state(key) for key in lookup})
        return self._indexes[id(lookup)][1]

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        """The keys of the rules that apply; see `RulePolicy`."""
        index = self._index(lookup)
        keys = index.candidates(states[-1]) if states and PREVIOUS_ACTION in states[-1] else set(lookup)
        # In training Rasa takes rules out that contradict others.
        keys &= lookup.keys()
        return set(super()._get_possible_keys(dict.fromkeys(keys, ""), states[-index.longest :]))

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        """The action that the rules say; see `RulePolicy`."""
        never_by_text = self._index(self.lookup[RULES]).only_intents and not tracker.is_active_loop_rejected
        if use_text_for_last_user_input and never_by_text:
            return None, None, False
        found: tuple[str | None, str | None, bool] = super()._find_action_from_rules(
            tracker, domain, use_text_for_last_user_input
        )
        return found

    @staticmethod
    def format_tracker_states(states: list[State]) -> str:
        """The states as words for the log, where they are not wanted."""
        return f"{len(states)} states"
