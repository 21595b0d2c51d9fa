"""Rasa's agent as this product serves it: it answers the same, with less work around each prediction."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

from candidacy.assistant.graph_runner import InOrderGraphRunner
from candidacy.assistant.model_loading import load_predict_graph_runner


class ClinicProcessor(MessageProcessor):  # type: ignore[misc]  # Rasa comes without types
    """Rasa's processor with a lighter way to load a model and to run its graph."""

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        with TempDirectoryPath(get_temp_dir_name()) as folder:
            metadata, runner = load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, InOrderGraphRunner
            )
        return Path(model_path).name, metadata, runner


class ClinicAgent(Agent):  # type: ignore[misc]  # Rasa comes without types
    """Rasa's agent with our processor, and with its tracker store as it is.

    Rasa's own wraps the store: when it fails, the conversation goes on from nothing instead of failing the turn.
    """

    @staticmethod
    def _create_tracker_store(store: TrackerStore, domain: Domain | None) -> TrackerStore:
        store.domain = domain
        return store

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Load a trained model; raises what the loading raises."""
        self.processor = ClinicProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        if isinstance(self.nlg, TemplatedNaturalLanguageGenerator):
            self.nlg.responses = self.domain.responses


def find_events_by_table() -> None:
    """From now on Rasa knows a kind of event by its name at once, where it went through all classes for each event."""
    Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))
