"""A folder that cannot be written to is named with the setting that changes it."""

from pathlib import Path

import pytest

from candidacy.launcher.errors import LaunchError
from candidacy.launcher.folders import ensure_writable


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    ensure_writable(tmp_path / "var" / "state", field="state_directory")
    assert list((tmp_path / "var" / "state").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")
    with pytest.raises(LaunchError) as refusal:
        ensure_writable(tmp_path / "var", field="state_directory")
    assert "\n" not in str(refusal.value)
    assert f"Cannot write to the folder {tmp_path / 'var'}" in str(refusal.value)
    assert "CANDIDACY_STATE_DIRECTORY" in str(refusal.value)


def test_a_folder_that_takes_no_file_is_refused() -> None:
    # Nobody can create a file here, not even root.
    with pytest.raises(LaunchError, match="CANDIDACY_MODEL_DIRECTORY"):
        ensure_writable(Path("/proc/self"), field="model_directory")
