"""A secret is made once, kept for its owner alone, and the same for all who ask."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from candidacy.records.keyfile import KeyFileError, read_or_create_secret


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the secret is to be."""
    return tmp_path / "var" / "secret.key"


def test_a_secret_is_made_once(path: Path) -> None:
    assert read_or_create_secret(path, lambda: "first") == "first"
    assert read_or_create_secret(path, lambda: "second") == "first"


def test_only_the_owner_can_read_it(path: Path) -> None:
    mask = os.umask(0)
    try:
        read_or_create_secret(path, lambda: "secret")
    finally:
        os.umask(mask)

    assert path.stat().st_mode & 0o777 == 0o600


def test_of_many_that_start_at_once_all_get_the_same(path: Path, at_once: Callable[..., list[str]]) -> None:
    secrets = at_once(20, lambda number: read_or_create_secret(path, lambda: f"secret {number}"))

    assert set(secrets) == {path.read_text().strip()}


def test_nothing_else_is_left_in_the_folder(path: Path, at_once: Callable[..., list[str]]) -> None:
    at_once(20, lambda number: read_or_create_secret(path, lambda: f"secret {number}"))

    assert list(path.parent.iterdir()) == [path]


def test_a_secret_that_could_not_be_made_leaves_no_file(path: Path) -> None:
    def fail() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_or_create_secret(path, fail)

    assert not path.exists()


def test_a_secret_that_others_can_read_is_refused(path: Path) -> None:
    read_or_create_secret(path, lambda: "secret")
    path.chmod(0o640)

    with pytest.raises(KeyFileError, match=r"secret\.key: other users can read it; set its mode to 600"):
        read_or_create_secret(path, lambda: "another")


def test_an_empty_file_is_not_taken_for_a_secret(path: Path) -> None:
    path.parent.mkdir()
    path.touch(mode=0o600)

    with pytest.raises(KeyFileError, match=r"secret\.key: it is empty"):
        read_or_create_secret(path, lambda: "secret")


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("not a folder")

    with pytest.raises(KeyFileError, match=r"secret\.key: "):
        read_or_create_secret(tmp_path / "var" / "secret.key", lambda: "secret")
