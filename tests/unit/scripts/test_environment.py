"""The script that makes the environment: finds Python 3.10 and uv, or says in one line what is missing.

It runs in a small project of its own, with programs that stand in for Python and uv on its PATH.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = ("sh", "sed", "cat", "cp", "cksum", "dirname", "mkdir", "rm", "sort", "head", "tail", "sleep", "env")

UV = """#!/bin/sh
[ "$1" = --version ] && { echo "uv VERSION (stand-in)"; exit 0; }
echo "uv VERSION $*" >>"$PWD/calls"
[ ! -e "$PWD/uv-fails" ] || { echo "no such package"; exit 2; }
mkdir -p .venv/bin
cp PYTHON .venv/bin/python
"""
PYTHON = """#!/bin/sh
case "$*" in
*version_info*) echo "VERSION" ;;
*sys.executable*) echo "$0" ;;
"-m pip --version") [ ! -e "$PWD/no-pip" ] ;;
*"-m pip install"*)
    echo "pip $*" >>"$PWD/calls"
    mkdir -p .tools/uv/bin
    cp PIPS_UV .tools/uv/bin/uv
    ;;
esac
"""
PYENV_SHIM = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"


class Machine:
    """A machine with a clone of the project, and only the programs that a test puts there."""

    def __init__(self, folder: Path, *, script: Path) -> None:
        self.clone = folder / "a clone"
        self.home = folder / "home"
        self._programs = folder / "bin"
        for directory in (self.clone / "scripts", self.home, self._programs):
            directory.mkdir(parents=True)
        shutil.copy(script, self.clone / "scripts" / script.name)
        (self.clone / "uv.lock").write_text("locked")
        (self.clone / "pyproject.toml").write_text("declared")
        for tool in TOOLS:
            (self._programs / tool).symlink_to(str(shutil.which(tool)))

    def program(self, path: Path | str, text: str) -> Path:
        """Put a program on the PATH, or elsewhere."""
        place = self._programs / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        place.chmod(0o755)
        return place

    def python(self, path: Path | str, *, version: str = "3.10") -> Path:
        """Put a Python there, whose pip brings a uv."""
        pips_uv = self.program(
            self.home / "pips-uv", UV.replace("VERSION", "9.9.9").replace("PYTHON", f"'{self.real}'")
        )
        return self.program(path, PYTHON.replace("VERSION", version).replace("PIPS_UV", f"'{pips_uv}'"))

    def uv(self, *, version: str = "9.9.9") -> None:
        """Put a uv on the PATH."""
        self.program("uv", UV.replace("VERSION", version).replace("PYTHON", f"'{self.real}'"))

    @property
    def real(self) -> Path:
        """A Python 3.10 for the environment that the stand-in for uv makes."""
        return self.program(self.home / "python", PYTHON.replace("VERSION", "3.10"))

    def make_environment(self) -> "subprocess.CompletedProcess[str]":
        """Run the script."""
        return subprocess.run(
            ["sh", "scripts/environment.sh"],
            cwd=self.clone,
            env={"PATH": str(self._programs), "HOME": str(self.home)},
            capture_output=True,
            text=True,
            check=False,
        )

    def make_environment_well(self) -> None:
        """Run the script, which must succeed."""
        result = self.make_environment()
        assert result.returncode == 0, result.stderr

    @property
    def calls(self) -> list[str]:
        """What was asked of pip and uv."""
        path = self.clone / "calls"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def machine(tmp_path: Path, project: Path) -> Machine:
    return Machine(tmp_path, script=project / "scripts" / "environment.sh")


def assert_one_line(result: "subprocess.CompletedProcess[str]", *words: str) -> None:
    assert result.returncode == 1
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    for word in words:
        assert word in line


def test_without_python_3_10_there_is_one_line_and_nothing_else(machine: Machine) -> None:
    machine.python("python3", version="3.11")
    machine.uv()
    assert_one_line(machine.make_environment(), "Python 3.10 was not found")
    assert sorted(path.name for path in machine.clone.iterdir()) == ["pyproject.toml", "scripts", "uv.lock"]


def test_a_python_3_10_in_name_only_is_not_taken(machine: Machine) -> None:
    machine.python("python3.10", version="3.11")
    assert_one_line(machine.make_environment(), "Python 3.10 was not found")


def test_a_shim_that_runs_nothing_leads_to_the_python_of_pyenv(machine: Machine) -> None:
    machine.program("python3.10", PYENV_SHIM)
    python = machine.python(machine.home / ".pyenv" / "versions" / "3.10.99" / "bin" / "python3.10")
    machine.uv()
    machine.make_environment_well()
    [call] = machine.calls
    assert call.startswith(f"uv 9.9.9 sync --frozen --python {python} --no-python-downloads")


def test_the_default_python_is_taken_when_it_is_3_10(machine: Machine) -> None:
    python = machine.python("python3")
    machine.uv()
    machine.make_environment_well()
    assert f"--python {python}" in machine.calls[0]


@pytest.mark.parametrize("there_is", ["no uv", "an old uv"])
def test_uv_is_fetched_with_pip_into_the_projects_folder(machine: Machine, there_is: str) -> None:
    machine.python("python3.10")
    if there_is == "an old uv":
        machine.uv(version="0.4.30")
    result = machine.make_environment()
    assert (result.returncode, result.stdout) == (0, "")
    pip, uv = machine.calls
    assert "--target .tools/uv uv==" in pip
    assert uv.startswith("uv 9.9.9 sync")


def test_a_fetched_uv_is_used_again(machine: Machine) -> None:
    machine.python("python3.10")
    machine.make_environment_well()
    (machine.clone / "uv.lock").write_text("another lock")
    machine.make_environment_well()
    assert [call.split()[0] for call in machine.calls] == ["pip", "uv", "uv"]


def test_without_uv_and_without_pip_there_is_one_line(machine: Machine) -> None:
    machine.python("python3.10")
    (machine.clone / "no-pip").touch()
    assert_one_line(machine.make_environment(), "uv was not found", "has no pip")


def test_a_second_time_nothing_happens(machine: Machine) -> None:
    machine.python("python3.10")
    machine.uv()
    machine.make_environment_well()
    result = machine.make_environment()
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert len(machine.calls) == 1


@pytest.mark.parametrize("changed", ["uv.lock", "pyproject.toml"])
def test_it_is_made_again_when_what_is_declared_changes(machine: Machine, changed: str) -> None:
    machine.python("python3.10")
    machine.uv()
    machine.make_environment_well()
    (machine.clone / changed).write_text("something else")
    machine.make_environment_well()
    assert len(machine.calls) == 2


def test_it_is_made_again_when_its_python_is_gone(machine: Machine) -> None:
    machine.python("python3.10")
    machine.uv()
    machine.make_environment_well()
    (machine.clone / ".venv" / "bin" / "python").unlink()
    machine.make_environment_well()
    assert len(machine.calls) == 2


@pytest.mark.parametrize("folder", [".tools", ".venv"])
def test_a_folder_that_cannot_be_written_to_is_one_line(machine: Machine, folder: str) -> None:
    machine.python("python3.10")
    machine.uv()
    (machine.clone / folder).write_text("a file in the way")
    assert_one_line(machine.make_environment(), f"Cannot write to {machine.clone}/{folder}")


def test_a_failure_quotes_the_log_and_is_tried_again(machine: Machine) -> None:
    machine.python("python3.10")
    machine.uv()
    (machine.clone / "uv-fails").touch()
    result = machine.make_environment()
    assert result.returncode == 1
    assert "no such package" in result.stderr
    assert f"the whole log is {machine.clone}/.tools/environment.log" in result.stderr.splitlines()[-1]
    (machine.clone / "uv-fails").unlink()
    machine.make_environment_well()
