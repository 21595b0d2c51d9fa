"""The project's folder is found from anywhere in it."""

from pathlib import Path

import pytest

from candidacy.launcher.errors import LaunchError
from candidacy.launcher.project import project_folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "candidacy" / "launcher").mkdir(parents=True)
    (tmp_path / "config.yml").touch()
    return tmp_path


@pytest.mark.parametrize("inside", [".", "candidacy", "candidacy/launcher"])
def test_it_is_the_folder_with_the_configuration(checkout: Path, inside: str) -> None:
    assert project_folder((checkout / inside).resolve()) == checkout


def test_elsewhere_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match=r"not the project's folder: there is no config\.yml"):
        project_folder(tmp_path)
