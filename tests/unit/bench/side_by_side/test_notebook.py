"""Only rows that were measured come out, with all their runs."""

from bench.side_by_side.notebook import Notebook


def test_outcomes() -> None:
    notebook = Notebook()
    notebook.add("alone", subject=10, reference=100)
    notebook.add("alone", subject=20, reference=None)
    notebook.add("throughput", subject=50)
    notebook.add("first_text", subject=90)
    notebook.remark("alone", "warm")
    found = {outcome.row.key: outcome.runs for outcome in notebook.outcomes()}
    assert set(found) == {"alone", "first_text"}
    assert (found["alone"].subject, found["alone"].reference, found["alone"].note) == ((10, 20), (100,), "warm")


def test_times_are_kept_in_milliseconds() -> None:
    notebook = Notebook()
    notebook.keep("ours, alone", [0.5])
    notebook.keep("ours, alone", [0.25])
    assert notebook.series == {"ours, alone": [500.0, 250.0]}
