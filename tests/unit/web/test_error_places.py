"""An error's places are told without its words."""

from candidacy.web.error_places import where


def fail() -> None:
    raise RuntimeError("my back hurts")


def test_where_names_the_places_and_not_the_words() -> None:
    try:
        fail()
    except RuntimeError as error:
        places = where(error)
    assert places[-1].endswith(" fail")
    assert "hurts" not in "".join(places)
