"""Who signed a request: Twilio's published examples, and every way in which address and form may differ."""

from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from candidacy.sms.form import Form
from candidacy.sms.signature import is_signed, public_url

TOKEN = "12345"
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
SIGNATURE = "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
OTHER_TOKEN = "f" * 32
PUBLIC = "https://sms.clinic.example/sms/twilio"
TEXT = [("MessageSid", "SM1"), ("From", "+12125550123"), ("Body", ""), ("NumMedia", "0"), ("FromCity", "")]


def published(caller: str = "+12349013030") -> Form:
    """The form of the example in Twilio's documentation of webhook security."""
    return Form(
        [
            ("Digits", "1234"),
            ("To", "+18005551212"),
            ("From", caller),
            ("Caller", caller),
            ("CallSid", "CA1234567890ABCDE"),
        ]
    )


def signed(url: str, pairs: list[tuple[str, str]], token: str = TOKEN) -> str:
    return str(RequestValidator(token).compute_signature(url, Form(pairs)))


@pytest.mark.parametrize(
    ("caller", "signature"), [("+12349013030", SIGNATURE), ("+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
)
def test_twilios_published_examples(caller: str, signature: str) -> None:
    assert is_signed(url=URL, form=published(caller), signature=signature, tokens=[TOKEN])


@pytest.mark.parametrize(
    "signature", [None, "", "0", SIGNATURE[:-1], SIGNATURE.lower(), f" {SIGNATURE}", "ä" * 28, SIGNATURE + SIGNATURE]
)
def test_a_wrong_or_missing_signature(signature: str | None) -> None:
    assert not is_signed(url=URL, form=published(), signature=signature, tokens=[TOKEN])


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ([TOKEN], True),
        ([OTHER_TOKEN, TOKEN], True),
        ([OTHER_TOKEN], False),
        ([""], False),
        (["", TOKEN], True),
        ([], False),
    ],
)
def test_tokens(tokens: list[str], expected: bool) -> None:
    assert is_signed(url=URL, form=published(), signature=SIGNATURE, tokens=tokens) is expected


def test_no_blank_token_signs() -> None:
    assert not is_signed(url=PUBLIC, form=Form(TEXT), signature=signed(PUBLIC, TEXT, token=""), tokens=[""])


@pytest.mark.parametrize(
    ("configured", "signed_for", "expected"),
    [
        ("https://a.example/sms", "https://a.example/sms", True),
        ("https://a.example/sms", "https://a.example:443/sms", True),
        ("https://a.example:443/sms", "https://a.example/sms", True),
        ("https://a.example:8443/sms", "https://a.example:8443/sms", True),
        ("https://a.example:8443/sms", "https://a.example/sms", True),
        ("http://a.example/sms", "http://a.example/sms", True),
        ("http://a.example/sms", "http://a.example:80/sms", True),
        ("http://a.example:8000/sms", "http://a.example:8000/sms", True),
        ("http://a.example:8000/sms", "http://a.example/sms", True),
        ("https://a.example/sms", "https://a.example:8443/sms", False),
        ("https://a.example/sms", "http://a.example/sms", False),
        ("http://a.example/sms", "https://a.example/sms", False),
        ("https://a.example/sms", "http://a.example:443/sms", False),
        ("https://a.example/sms", "https://b.example/sms", False),
        ("https://a.example/sms", "https://a.example/sms/", False),
        ("https://a.example/sms", "https://a.example/sms?x=1", False),
        ("https://a.example/sms?x=1&y=", "https://a.example/sms?x=1&y=", True),
        ("https://a.example/sms?x=1", "https://a.example:443/sms?x=1", True),
        ("https://a.example/sms?x=1&y=2", "https://a.example/sms?y=2&x=1", False),
    ],
)
def test_ports_and_schemes(configured: str, signed_for: str, expected: bool) -> None:
    signature = signed(signed_for, TEXT)
    assert is_signed(url=configured, form=Form(TEXT), signature=signature, tokens=[TOKEN]) is expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (TEXT, True),
        (list(reversed(TEXT)), True),
        ([*TEXT, TEXT[0]], True),
        ([*TEXT, ("New", "")], False),
        ([*TEXT, ("New", "1")], False),
        ([pair for pair in TEXT if pair[1]], False),
        ([pair for pair in TEXT if pair[0] != "FromCity"], False),
        ([(name, value or " ") for name, value in TEXT], False),
        ([(name, value.strip("+")) for name, value in TEXT], False),
        ([(name.lower(), value) for name, value in TEXT], False),
        ([*TEXT, ("Body", "more")], False),
        ([], False),
    ],
)
def test_every_parameter_counts_blank_ones_too(received: list[tuple[str, str]], expected: bool) -> None:
    assert is_signed(url=PUBLIC, form=Form(received), signature=signed(PUBLIC, TEXT), tokens=[TOKEN]) is expected


@pytest.mark.parametrize("body", ["", " ", "\U0001f600", "1+1", "a&b=c", "línea\ndos", "\u0000", "x" * 1600])
def test_any_words_pass_through_the_form(body: str) -> None:
    pairs = [*TEXT[:2], ("Body", body)]
    form = Form.read(urlencode(pairs).encode())
    assert is_signed(url=PUBLIC, form=form, signature=signed(PUBLIC, pairs), tokens=[TOKEN])


@pytest.mark.parametrize(
    ("base", "path", "query", "url"),
    [
        ("https://a.example", "/sms/twilio", "", "https://a.example/sms/twilio"),
        ("https://a.example/", "/sms/twilio", "", "https://a.example/sms/twilio"),
        ("https://a.example/desk", "/sms/twilio", "a=1&b=", "https://a.example/desk/sms/twilio?a=1&b="),
        ("https://a.example:8443", "/sms/twilio", "", "https://a.example:8443/sms/twilio"),
    ],
)
def test_the_address_is_the_configured_one(base: str, path: str, query: str, url: str) -> None:
    assert public_url(base, path, query) == url
