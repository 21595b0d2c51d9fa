"""A form's token belongs to its cookie."""

from candidacy.console.access.form_token import form_token, is_form_token


def test_it_is_known_again_and_does_not_give_the_cookie_away() -> None:
    token = form_token("secret")
    assert is_form_token(token, secret="secret")
    assert token == form_token("secret")
    assert "secret" not in token


def test_no_other_does() -> None:
    for given in ("", "x", "ü", form_token("another")):
        assert not is_form_token(given, secret="secret")


def test_without_a_cookie_none_does() -> None:
    assert not is_form_token(form_token(""), secret=None)
