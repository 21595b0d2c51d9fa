"""How a conversation knows its sender."""

import pytest

from candidacy.sms.identity import sender_key

KEY = b"k" * 32
NUMBER = "+12125550123"


def test_the_same_number_has_the_same_key() -> None:
    assert sender_key(NUMBER, KEY) == sender_key(NUMBER, KEY)
    assert len(sender_key(NUMBER, KEY)) == 64


def test_another_number_or_another_secret_has_another_key() -> None:
    keys = {sender_key(NUMBER, KEY), sender_key("+12125550124", KEY), sender_key(NUMBER, b"j" * 32)}
    assert len(keys) == 3
    assert not any("2125550123" in key for key in keys)


@pytest.mark.parametrize(
    "number", ["", "2125550123", "+1 212 555 0123", "+0125550123", "+12345", "whatsapp:+12125550123"]
)
def test_a_number_that_is_not_e164(number: str) -> None:
    with pytest.raises(ValueError, match=r"E\.164") as error:
        sender_key(number, KEY)
    assert not number or number not in str(error.value)


def test_a_short_secret() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sender_key(NUMBER, b"k" * 31)
