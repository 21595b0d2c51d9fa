"""Runs the nodes of Rasa's graph one after the other, in an order that is worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class InOrderGraphRunner(GraphRunner):  # type: ignore[misc]  # Rasa comes without types
    """Gives what Rasa's own runner gives, which works the graph out anew at every run and schedules it by Dask.

    Args:
        graph_schema: the model's graph.
        nodes: its nodes, ready to run, by their names.
    """

    def __init__(self, graph_schema: GraphSchema, nodes: Mapping[str, GraphNode]) -> None:
        self._graph_schema = graph_schema
        self._nodes = nodes
        self._in_order = cache(self._work_out_order)

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> InOrderGraphRunner:
        """Load every node from the model's storage."""
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, nodes)

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """The outputs of the targets, and of nothing that they do not need.

        Args:
            inputs: what stands for a node that the graph does not have, by the name that it is needed by.
            targets: the names of nodes; by default those that the graph itself names.
        """
        targets = tuple(targets or self._graph_schema.target_names)
        outputs = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._in_order(targets):
            outputs[name] = self._nodes[name](*(outputs[need] for need in needs))
        return {target: outputs[target][1] for target in targets}

    def _work_out_order(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """The nodes that the targets need, each after those that it needs itself."""
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        return [(name, needs[name]) for name in TopologicalSorter(needs).static_order() if name in needs]
