"""The picture of what was expected by what was given."""

from io import BytesIO

from candidacy.evaluation.confusion_plot import axes, plot_confusion
from candidacy.evaluation.scored import Mark

MARKS = [
    Mark("right", "F10", "F10", {}),
    Mark("right", "F2", "F2", {}),
    Mark("wrong", "F2", "fallback", {}),
    Mark("wrong", "F2", "clarify", {}),
]


def picture() -> str:
    file = BytesIO()
    plot_confusion(MARKS, file, title="faq: 4 rows")
    return file.getvalue().decode()


def test_what_is_right_is_the_diagonal() -> None:
    assert axes(MARKS) == (["F2", "F10"], ["F2", "F10", "clarify", "fallback"])


def test_the_labels_are_text() -> None:
    svg = picture()
    for label in ("F2", "F10", "clarify", "fallback", "expected", "given", "faq: 4 rows"):
        assert f">{label}</text>" in svg


def test_the_same_figures_make_the_same_file() -> None:
    assert picture() == picture()
