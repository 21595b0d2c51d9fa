"""What is encrypted can be read with the keys, found without them, and moved to new ones."""

import pytest
from cryptography.fernet import Fernet

from candidacy.records.encryption import Cipher, EncryptionKeyError
from candidacy.records.keys.index_key import IndexKey

NAME = "María Fernández-O'Neil \N{SMILING FACE WITH SUNGLASSES}"


def new_key() -> str:
    """A fresh Fernet key."""
    return Fernet.generate_key().decode()


@pytest.mark.parametrize("text", [NAME, "", "+12125550123", "a" * 10_000])
def test_what_is_encrypted_can_be_read_again(cipher: Cipher, text: str) -> None:
    assert cipher.decrypt(cipher.encrypt(text)) == text


def test_what_is_encrypted_shows_nothing(cipher: Cipher) -> None:
    assert b"12125550123" not in cipher.encrypt("+12125550123")
    assert cipher.encrypt("+12125550123") != cipher.encrypt("+12125550123")


def test_nothing_stays_nothing(cipher: Cipher) -> None:
    assert cipher.encrypt_optional(None) is None
    assert cipher.decrypt_optional(None) is None
    assert cipher.decrypt_optional(cipher.encrypt_optional("a note")) == "a note"


def test_another_key_does_not_open_it(cipher: Cipher) -> None:
    encrypted = Cipher([new_key()]).encrypt(NAME)

    with pytest.raises(EncryptionKeyError, match="none of the encryption keys"):
        cipher.decrypt(encrypted)


def test_what_was_altered_is_not_read(cipher: Cipher) -> None:
    encrypted = cipher.encrypt(NAME)
    altered = encrypted[:-10] + (b"A" if encrypted[-10:-9] != b"A" else b"B") + encrypted[-9:]

    with pytest.raises(EncryptionKeyError):
        cipher.decrypt(altered)


def test_a_new_key_in_front_still_reads_the_old_rows() -> None:
    old, new = new_key(), new_key()
    encrypted = Cipher([old]).encrypt(NAME)

    assert Cipher([new, old]).decrypt(encrypted) == NAME


def test_a_rotated_row_no_longer_needs_the_old_key() -> None:
    old, new = new_key(), new_key()
    encrypted = Cipher([old]).encrypt(NAME)

    rotated = Cipher([new, old]).rotate(encrypted)

    assert Cipher([new]).decrypt(rotated) == NAME


def test_a_row_of_unknown_keys_cannot_be_rotated(cipher: Cipher) -> None:
    with pytest.raises(EncryptionKeyError):
        cipher.rotate(Cipher([new_key()]).encrypt(NAME))


def test_the_index_of_a_value_is_the_same_while_keys_are_added() -> None:
    old, new, newer = new_key(), new_key(), new_key()
    index = Cipher([old]).blind_index("+12125550123")

    assert Cipher([new, old]).blind_index("+12125550123") == index
    assert Cipher([newer, new, old]).blind_index("+12125550123") == index


def test_with_a_new_index_key_both_indexes_are_looked_for_and_the_new_one_is_stored() -> None:
    key, first, newest = new_key(), IndexKey.generate(), IndexKey.generate()
    cipher = Cipher([key], [newest, first])

    assert cipher.blind_indexes("Ann") == (
        Cipher([key], [newest]).blind_index("Ann"),
        Cipher([key], [first]).blind_index("Ann"),
    )
    assert cipher.blind_index("Ann") == cipher.blind_indexes("Ann")[0]


def test_the_index_stays_when_an_encryption_key_is_taken_away() -> None:
    old, new = new_key(), new_key()
    index_key = IndexKey.derived_from(old)

    assert Cipher([new], [index_key]).blind_index("Ann") == Cipher([old]).blind_index("Ann")


def test_it_is_known_which_key_a_value_is_under(cipher: Cipher) -> None:
    old, new = new_key(), new_key()
    both = Cipher([new, old])

    assert both.key_of(both.encrypt(NAME)) == 0
    assert both.key_of(Cipher([old]).encrypt(NAME)) == 1
    assert both.key_of(cipher.encrypt(NAME)) is None


def test_a_fingerprint_names_a_key_and_tells_nothing_of_it() -> None:
    key = new_key()
    (fingerprint,) = Cipher([key]).key_fingerprints

    assert len(fingerprint) == 8
    assert fingerprint not in key
    assert Cipher([new_key(), key]).key_fingerprints[1] == fingerprint


def test_the_index_depends_on_the_value_and_on_the_key(cipher: Cipher) -> None:
    index = cipher.blind_index("+12125550123")

    assert cipher.blind_index("+12125550124") != index
    assert Cipher([new_key()]).blind_index("+12125550123") != index
    assert len(index) == 64


@pytest.mark.parametrize("keys", [[], [""], ["too short"], ["0" * 43 + "!"]])
def test_unusable_keys_are_refused(keys: list[str]) -> None:
    with pytest.raises(EncryptionKeyError, match="encryption key"):
        Cipher(keys)
