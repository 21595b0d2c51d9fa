"""The form that Twilio posts."""

import pytest

from candidacy.sms.form import MOST_FIELDS, Form


def test_blank_parameters_are_kept() -> None:
    form = Form.read(b"Body=&From=%2B12125550123&NumMedia=0&FromCity=")
    assert list(form) == ["Body", "From", "NumMedia", "FromCity"]
    assert form.get("Body") == ""
    assert form.get("From") == "+12125550123"


def test_a_repeated_parameter_keeps_all_its_values() -> None:
    form = Form.read(b"A=2&A=1&A=2&B=x")
    assert form.getlist("A") == ["2", "1", "2"]
    assert form.get("A") == "2"
    assert len(form) == 2


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"Body=a+b%20c", "a b c"),
        (b"Body=%F0%9F%98%80", "\U0001f600"),
        (b"Body=1%2B1%3D2%26", "1+1=2&"),
        (b"Body=%ff", "\ufffd"),
        (b"Other=1", ""),
        (b"", ""),
        (b"Body", ""),
    ],
)
def test_values_are_decoded(body: bytes, text: str) -> None:
    assert Form.read(body).get("Body") == text


def test_an_endless_form_is_refused() -> None:
    with pytest.raises(ValueError, match="fields"):
        Form.read(b"a=&" * (MOST_FIELDS + 1))
