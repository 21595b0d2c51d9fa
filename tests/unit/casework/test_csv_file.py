"""Lists as CSV: readable by a program, harmless in a spreadsheet, and marked."""

import csv
import io
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidacy.casework.csv_file import ExportMark, csv_text, neutralized

MARK = ExportMark(who="ann", at=datetime(2026, 3, 9, tzinfo=timezone.utc), reason="weekly report")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+12125550123", "'+12125550123"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
        (7, "7"),
        (-7, "'-7"),
    ],
)
def test_cells(cell: object, written: str) -> None:
    assert neutralized(cell) == written


@given(st.text())
def test_no_cell_ever_begins_like_a_formula(text: str) -> None:
    assert not neutralized(text).lstrip(" ").startswith(("=", "+", "-", "@"))


def test_the_file_reads_back_and_says_who_took_it() -> None:
    text = csv_text(("id", "text"), [("1", 'quote " comma , and\nline'), ("2", "=2")], mark=MARK)

    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["id", "text"],
        ["1", 'quote " comma , and\nline'],
        ["2", "'=2"],
        ["exported", "ann", "2026-03-09T00:00:00+00:00", "weekly report"],
    ]
