"""Nodes run in order, once, and only those that are needed."""

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from candidacy.assistant.graph_runner import InOrderGraphRunner

RAN: list[str] = []


class Double(GraphComponent):  # type: ignore[misc]
    @classmethod
    def create(cls, config: dict[str, Any], **_: Any) -> "Double":
        return cls()

    def double(self, value: int) -> int:
        RAN.append("double")
        return 2 * value


class Add(GraphComponent):  # type: ignore[misc]
    @classmethod
    def create(cls, config: dict[str, Any], **_: Any) -> "Add":
        return cls()

    def add(self, one: int, other: int) -> int:
        RAN.append("add")
        return one + other


def node(component: type, function: str, needs: dict[str, str]) -> SchemaNode:
    return SchemaNode(needs=needs, uses=component, constructor_name="create", fn=function, config={}, eager=True)


SCHEMA = GraphSchema(
    {
        "sum": node(Add, "add", {"one": "doubled", "other": "twice_doubled"}),
        "twice_doubled": node(Double, "double", {"value": "doubled"}),
        "doubled": node(Double, "double", {"value": "number"}),
        "apart": node(Double, "double", {"value": "number"}),
    }
)


@pytest.fixture(autouse=True)
def fresh() -> None:
    RAN.clear()


def runner(kind: type = InOrderGraphRunner) -> Any:
    return kind.create(SCHEMA, None, ExecutionContext(SCHEMA))


def test_each_node_runs_once_after_those_that_it_needs() -> None:
    assert runner().run({"number": 3}, ["sum"]) == {"sum": 18}
    assert RAN == ["double", "double", "add"]


def test_what_is_not_needed_does_not_run() -> None:
    assert runner().run({"number": 3}, ["doubled"]) == {"doubled": 6}
    assert RAN == ["double"]


@pytest.mark.parametrize("targets", [["sum"], ["sum", "apart"], ["twice_doubled"]])
def test_it_gives_what_rasas_own_runner_gives(targets: list[str]) -> None:
    stock, ours = runner(DaskGraphRunner), runner()
    for number in (5, 7):
        assert ours.run({"number": number}, targets) == stock.run({"number": number}, targets)
        assert ours.run({"number": number}, ["apart"]) == {"apart": 2 * number}
