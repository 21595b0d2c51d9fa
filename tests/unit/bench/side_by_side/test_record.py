"""The document has every figure, and only JSON."""

import json
from pathlib import Path

from bench.side_by_side.figures import Runs, outcome
from bench.side_by_side.record import document, rounded, write_document
from bench.side_by_side.rows import Row

ALONE = outcome(Row("alone", "a turn", "ms", ratio_at_most=0.2), Runs((10, 12.34567, 14), (100, 100, 100)))
TEXT = outcome(Row("text", "first text", "ms", reference=None, at_most=150), Runs((200,), note="slow"))


def test_document(tmp_path: Path) -> None:
    content = document([ALONE, TEXT], about={"machine": {"cores": 2}}, series={"ours, alone": [1.23456]})
    write_document(tmp_path / "new/bench.json", content)
    read = json.loads((tmp_path / "new/bench.json").read_text())
    assert read["about"] == {"machine": {"cores": 2}}
    assert read["series"] == {"ours, alone": [1.235]}
    assert read["rows"]["alone"] == {
        "title": "a turn",
        "unit": "ms",
        "subject": {"of": "ours", "median": 12.35, "least": 10.0, "most": 14.0, "runs": [10.0, 12.35, 14.0]},
        "reference": {"of": "stock Rasa", "median": 100.0, "least": 100.0, "most": 100.0, "runs": [100.0] * 3},
        "ratio": {"median": 0.1235, "least": 0.1, "most": 0.14},
        "target": {"ratio_at_most": 0.2},
        "reached": True,
        "shortfall": None,
        "note": "",
    }
    assert read["rows"]["text"]["reference"] is None
    assert read["rows"]["text"]["reached"] is False


def test_rounded() -> None:
    assert [rounded(value) for value in (0.000123456, 1234.567, 0.0)] == [0.0001235, 1235.0, 0.0]
