"""Results are written row by row, and failed turns are told."""

import json
from io import StringIO
from pathlib import Path

from candidacy.assistant.reply import Reply
from candidacy.assistant.texts import Texts
from candidacy.evaluation.labelled_file import LabelledRow
from candidacy.evaluation.results import Results
from candidacy.evaluation.scored import Exchange
from candidacy.evaluation.sets import SETS


def row(text: str, line: int) -> LabelledRow:
    return LabelledRow(SETS["faq"].read({"text": text, "expects": "F6", "note": ""}), Path("faq.tsv"), line)


def test_each_row_is_one_line_at_once(texts: Texts) -> None:
    out = StringIO()
    results = Results(texts, out)
    results.take(row("¿cuánto tiempo?", 2), Exchange(replies=(Reply("A few days.", "answer", facts=("F6",)),)))
    [line] = out.getvalue().splitlines()
    assert json.loads(line)["text"] == "¿cuánto tiempo?"
    assert "¿" in line
    assert (len(results.marks), results.seconds, results.failures) == (1, [0.0], [])


def test_a_failed_turn_is_counted_as_wrong_and_told_with_its_place(texts: Texts) -> None:
    out = StringIO()
    results = Results(texts, out)
    results.take(row("how long?", 7), Exchange(failure="ReadTimeout"))
    assert json.loads(out.getvalue())["score"] == "wrong"
    assert results.seconds == []
    assert results.failures == ["faq.tsv, line 7: the turn failed (ReadTimeout): how long?"]
