"""Secrets come from the settings, or else from files that are made once."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from candidacy.machine_secrets import audit_key, encryption_keys, index_keys, internal_token
from candidacy.records.keyfile import KeyFileError
from candidacy.records.keys.index_key import IndexKey
from candidacy.settings import Settings

NEW, OLD = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_the_settings_come_first_and_no_file_is_made(tmp_path: Path) -> None:
    settings = Settings(state_directory=tmp_path, encryption_keys=f"{NEW}, {OLD}", internal_token="a-token-of-our-own")
    assert encryption_keys(settings) == (NEW, OLD)
    assert internal_token(settings) == "a-token-of-our-own"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("blank", [None, ""])
def test_without_a_setting_they_are_made_and_stay(tmp_path: Path, blank: str | None) -> None:
    settings = Settings(state_directory=tmp_path, encryption_keys=blank, internal_token=blank)
    keys, token = encryption_keys(settings), internal_token(settings)
    Fernet(keys[0])
    assert len(token) >= 32
    assert (encryption_keys(settings), internal_token(settings)) == (keys, token)


def test_a_new_key_may_be_put_before_the_old_one_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "encryption-key"
    path.touch(mode=0o600)
    path.write_text(f"{NEW},{OLD}\n")
    assert encryption_keys(Settings(state_directory=tmp_path)) == (NEW, OLD)


def test_the_audits_key_stays_the_same(tmp_path: Path) -> None:
    key = audit_key(Settings(state_directory=tmp_path))
    assert len(key) >= 32
    assert audit_key(Settings(state_directory=tmp_path)) == key
    assert audit_key(Settings(state_directory=tmp_path, audit_key="a-key-of-our-own")) == b"a-key-of-our-own"


def test_the_index_key_begins_as_what_was_derived_before_and_outlives_the_key_it_came_from(tmp_path: Path) -> None:
    assert index_keys(Settings(state_directory=tmp_path, encryption_keys=f"{NEW},{OLD}")) == (
        IndexKey.derived_from(OLD),
    )
    assert index_keys(Settings(state_directory=tmp_path, encryption_keys=NEW)) == (IndexKey.derived_from(OLD),)
    assert OLD not in (tmp_path / "index-key").read_text()


def test_a_new_index_key_may_be_put_before_the_old_one(tmp_path: Path) -> None:
    first, newest = IndexKey.generate(), IndexKey.generate()
    settings = Settings(state_directory=tmp_path, index_key=f"{newest.encoded()}, {first.encoded()}")
    assert index_keys(settings) == (newest, first)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("setting", "named"), [("no key", "CANDIDACY_INDEX_KEY"), (None, "index-key")])
def test_what_is_no_index_key_is_refused_by_where_it_stands(tmp_path: Path, setting: str | None, named: str) -> None:
    path = tmp_path / "index-key"
    path.touch(mode=0o600)
    path.write_text("no key")
    with pytest.raises(KeyFileError, match=f"{named}: an index key must be"):
        index_keys(Settings(state_directory=tmp_path, index_key=setting))
