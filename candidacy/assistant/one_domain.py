"""Loads a model whose domain is read once, from the metadata; Rasa reads it there and four times more, from its YAML.

A model holds the domain twice, both times written from the same dictionary. Its YAML takes two seconds to read.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine import loader
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.runner.interface import GraphRunner
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


def read_domain_once() -> None:
    """From now on Rasa loads models so; for the process that serves Rasa, before it starts."""
    loader.load_predict_graph_runner = load_predict_graph_runner


def load_predict_graph_runner(
    storage_path: Path,
    model_archive_path: Path,
    model_storage_class: type[ModelStorage],
    graph_runner_class: type[GraphRunner],
) -> tuple[ModelMetadata, GraphRunner]:
    """Rasa's function of this name, but for the domain."""
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
