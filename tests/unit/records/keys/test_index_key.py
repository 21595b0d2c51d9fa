"""The index key: apart from the keys that encrypt, and at first what was derived from them before there was one."""

import pytest

from candidacy.records.encryption import Cipher
from candidacy.records.keys.index_key import IndexKey, IndexKeyError
from candidacy.records.sms.texters import sender_key_of

PHONE = "+12125550123"
ENCRYPTION_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
INDEX_OF_PHONE = "8c087cb00cf8c8c1ee842a5004f736944b956ce99cf7f5c85aa9d34e650a7649"
SENDER_OF_PHONE = "d1f8e188562de4fa0f36d9399013227edbf4b0dd8e90dc9f06cbcc4baf5f158f"
"""As they were stored under this key by versions without an index key."""


@pytest.mark.parametrize("index_keys", [(), (IndexKey.derived_from(ENCRYPTION_KEY),)])
def test_what_was_stored_before_there_was_an_index_key_is_found(index_keys: tuple[IndexKey, ...]) -> None:
    cipher = Cipher([ENCRYPTION_KEY], index_keys)
    assert cipher.blind_index(PHONE) == INDEX_OF_PHONE
    assert sender_key_of(PHONE, cipher=cipher) == SENDER_OF_PHONE


def test_a_key_is_read_as_it_is_written() -> None:
    key = IndexKey.generate()
    assert IndexKey.parse(key.encoded()) == key
    assert key != IndexKey.generate()


def test_a_key_is_not_shown_by_accident() -> None:
    key = IndexKey.generate()
    assert repr(key) == "IndexKey()"


@pytest.mark.parametrize("text", ["", "too short", ENCRYPTION_KEY, "é" * 88, IndexKey.generate().encoded() + "AAAA"])
def test_what_is_no_index_key_is_refused(text: str) -> None:
    with pytest.raises(IndexKeyError, match="64 url-safe base64-encoded bytes"):
        IndexKey.parse(text)
