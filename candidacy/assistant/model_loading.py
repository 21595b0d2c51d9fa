"""Loads a model and does nothing twice, which saves two and a half seconds of every start.

A model holds its domain twice, both times written from the same dictionary: in its metadata, from where it is read, and
as YAML, from where Rasa would read it four times. And Rasa unpacks a model twice, the first time only to see whether it
would write outside of its folder; Python's own filter sees that while it unpacks.
"""

from __future__ import annotations

import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelMetadata, ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain


class GivenDomain(DomainProvider):  # type: ignore[misc]  # Rasa comes without types
    """Provides the domain that its options hold."""

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GivenDomain:
        """The provider of the domain given."""
        return cls(model_storage, resource, config["domain"])


class UnpackedModel(LocalModelStorage):  # type: ignore[misc]
    """A model's files, unpacked by Python's own filter for archives from elsewhere."""

    @staticmethod
    def _extract_archive_to_directory(model_archive_path: str | Path, temporary_directory: Path) -> None:
        with tarfile.open(model_archive_path, "r:gz") as archive:
            archive.extractall(temporary_directory, filter="data")


def load_predict_graph_runner(
    storage_path: Path,
    model_archive_path: Path,
    model_storage_class: type[ModelStorage],
    graph_runner_class: type[GraphRunner],
) -> tuple[ModelMetadata, GraphRunner]:
    """Rasa's function of this name, but for the domain and, where Python has the filter, the unpacking."""
    # Python 3.10 has it from 3.10.12 on.
    if model_storage_class is LocalModelStorage and hasattr(tarfile, "data_filter"):
        model_storage_class = UnpackedModel
    storage, metadata = model_storage_class.from_model_archive(
        storage_path=storage_path, model_archive_path=model_archive_path
    )
    schema = _with_domain(metadata.predict_schema, metadata.domain)
    runner = graph_runner_class.create(
        graph_schema=schema,
        model_storage=storage,
        execution_context=ExecutionContext(graph_schema=schema, model_id=metadata.model_id),
    )
    return metadata, runner


def _with_domain(schema: GraphSchema, domain: Domain) -> GraphSchema:
    nodes = {
        name: replace(node, uses=GivenDomain, config={"domain": domain}) if node.uses is DomainProvider else node
        for name, node in schema.nodes.items()
    }
    return GraphSchema(nodes)
