"""Who has a conversation: every state with every event."""

import pytest

from candidacy.casework.custody import Event, following, states_before
from candidacy.records.tables import STATES

FOLLOWING = {
    Event.PERSON_WANTED: {"assistant": "waiting", "closed": "waiting"},
    Event.CLAIMED: {"assistant": "person", "waiting": "person", "closed": "person"},
    Event.HANDED_BACK: {"person": "assistant"},
    Event.NOBODY_CAME: {"waiting": "assistant"},
    Event.VISITOR_WROTE: {"closed": "assistant"},
    Event.CLOSED: {"assistant": "closed", "waiting": "closed", "person": "closed"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", Event)
def test_what_follows(state: str, event: Event) -> None:
    assert following(state, event) == FOLLOWING[event].get(state)


def test_a_claim_takes_any_conversation_that_no_person_has() -> None:
    assert set(states_before(Event.CLAIMED)) == set(STATES) - {"person"}
