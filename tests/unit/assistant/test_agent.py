"""What the served agent leaves out of Rasa's own."""

import pytest
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import Event, SlotSet

from candidacy.assistant.agent import ClinicAgent, find_events_by_table


def test_its_tracker_store_fails_where_it_fails() -> None:
    store = InMemoryTrackerStore(None)
    assert ClinicAgent(tracker_store=store).tracker_store is store


def test_events_are_found_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Event, "resolve_by_type", staticmethod(Event.resolve_by_type))
    find_events_by_table()
    for _ in range(2):
        assert Event.from_parameters({"event": "slot", "name": "asked", "value": 1}) == SlotSet("asked", 1)
        with pytest.raises(ValueError, match="unheard"):
            Event.from_parameters({"event": "unheard"})
