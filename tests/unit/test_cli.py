"""The `candidacy` command: its help, and what goes wrong said in lines, without a traceback."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest


def candidacy(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    environment: Mapping[str, str] = {
        name: value for name, value in os.environ.items() if not name.startswith(("CANDIDACY_", "DATABASE_URL"))
    }
    return subprocess.run(
        [sys.executable, "-m", "candidacy.cli", *arguments],
        env={**environment, **settings},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def free_port() -> str:
    """A port that nobody listens on, so that an assistant which runs on this machine is in no test's way."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


def test_help_lists_the_commands() -> None:
    result = candidacy("--help")
    assert result.returncode == 0
    for command in (
        "audit",
        "chat",
        "evaluate",
        "keys",
        "migrate",
        "run",
        "staff",
        "test-stories",
        "train",
        "validate",
    ):
        assert f"\n  {command} " in result.stdout


@pytest.mark.parametrize("command", ["chat", "migrate", "run", "test-stories", "train", "validate"])
def test_a_wrong_setting_is_refused_by_its_name(command: str) -> None:
    result = candidacy(command, CANDIDACY_PORT="eighty", CANDIDACY_PROT="80")
    assert result.returncode == 2
    first, second = sorted(result.stderr.splitlines())
    assert first.startswith("CANDIDACY_PORT: ")
    assert second == "CANDIDACY_PROT: there is no such setting"


def test_a_taken_port_is_one_line_and_nothing_is_left(tmp_path: Path) -> None:
    free = {f"CANDIDACY_{name}_PORT": free_port() for name in ("RASA", "ACTIONS", "CONSOLE")}
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        result = candidacy("run", CANDIDACY_PORT=port, CANDIDACY_STATE_DIRECTORY=str(tmp_path / "var"), **free)
    [line] = result.stderr.splitlines()
    assert line.startswith(f"Port {port} is taken")
    assert (result.returncode, result.stdout) == (1, "")
    assert not (tmp_path / "var").exists()


def test_a_folder_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    result = candidacy("train", CANDIDACY_STATE_DIRECTORY=str(tmp_path / "var"))
    [line] = result.stderr.splitlines()
    assert "CANDIDACY_STATE_DIRECTORY" in line
    assert (result.returncode, result.stdout) == (1, "")


def test_the_database_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "var" / "candidacy.db"
    result = candidacy("migrate", DATABASE_URL=f"sqlite:///{path}")
    assert (result.returncode, result.stdout) == (0, f"The database {path} is up to date.\n")
    assert path.exists()


def test_a_database_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = candidacy("migrate", DATABASE_URL=f"sqlite:///{tmp_path}/file/candidacy.db")
    [line] = result.stderr.splitlines()
    assert "DATABASE_URL" in line
    assert result.returncode == 1


def test_chat_without_a_running_assistant_is_one_line() -> None:
    result = candidacy("chat", CANDIDACY_PORT=free_port())
    assert result.stderr == "The assistant is not running. Start it with: make run\n"
    assert (result.returncode, result.stdout) == (1, "")


def test_a_malformed_file_of_labelled_messages_is_one_line_and_nothing_is_left(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.tsv", tmp_path / "bad.tsv"
    good.write_text("text\texpects\tnote\nbig operation?\tF2\t\n", encoding="utf-8")
    bad.write_text("text\texpects\tnote\nbig operation?\tF2\t\nhow long?\tF66\t\n", encoding="utf-8")
    out, var = tmp_path / "out.jsonl", tmp_path / "var"
    result = candidacy("evaluate", "faq", str(good), str(bad), "--out", str(out), CANDIDACY_STATE_DIRECTORY=str(var))
    [line] = result.stderr.splitlines()
    assert line.startswith(f"{bad}, line 3: the label 'F66' must be one of F1, ")
    assert (result.returncode, result.stdout) == (2, "")
    assert not out.exists()
    assert not var.exists()


@pytest.mark.parametrize("arguments", [("faq",), ("answers", __file__), ("faq", "no-such-file.tsv")])
def test_evaluate_wants_a_set_and_files(arguments: tuple[str, ...]) -> None:
    result = candidacy("evaluate", *arguments)
    assert result.returncode == 2
    assert "Usage: " in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_command_is_refused_without_a_traceback() -> None:
    result = candidacy("fly")
    assert result.returncode == 2
    assert "No such command 'fly'" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def clinic(tmp_path: Path) -> dict[str, str]:
    """Settings with a database that is up to date."""
    settings = {"CANDIDACY_STATE_DIRECTORY": str(tmp_path / "var")}
    assert candidacy("migrate", **settings).returncode == 0
    return settings


def test_staff_are_added_listed_disabled_and_reset(clinic: dict[str, str]) -> None:
    added = candidacy("staff", "add", "ann", "--name", "Ann Lee", "--role", "agent", **clinic)
    first, link = added.stdout.splitlines()
    assert "Ann Lee (ann, agent)" in first
    assert link.startswith("http://127.0.0.1:8001/enrol?link=")
    assert candidacy("staff", "role", "ann", "reviewer", **clinic).stdout == "The account ann has the role reviewer.\n"
    assert candidacy("staff", "disable", "ann", **clinic).stdout == "The account ann is disabled.\n"
    assert candidacy("staff", "list", **clinic).stdout.split() == ["ann", "reviewer", "disabled", "Ann", "Lee"]
    assert candidacy("staff", "reset", "ann", **clinic).stdout.splitlines()[1] != link


def test_the_audit_is_verified_by_a_noted_head(clinic: dict[str, str]) -> None:
    candidacy("staff", "add", "ann", "--name", "Ann Lee", "--role", "agent", **clinic)
    verified = candidacy("audit", "verify", **clinic)
    assert verified.returncode == 0
    said, head = verified.stdout.splitlines()
    assert "it has 1 entries" in said
    assert candidacy("audit", "verify", "--head", head, **clinic).returncode == 0
    gone = candidacy("audit", "verify", "--head", f"2:{'a' * 64}", **clinic)
    assert gone.returncode == 1
    assert gone.stdout.startswith("Entry 2: the head that was noted is not in the audit")
    assert gone.stderr == "The audit does not hold in 1 places.\n"


def test_a_key_is_replaced(clinic: dict[str, str]) -> None:
    candidacy("staff", "add", "ann", "--name", "Ann Lee", "--role", "agent", **clinic)
    file = Path(clinic["CANDIDACY_STATE_DIRECTORY"]) / "encryption-key"
    new = candidacy("keys", "new").stdout.strip()
    old = file.read_text().strip()
    file.write_text(f"{new},{old}\n")

    first, newest, oldest = candidacy("keys", "status", **clinic).stdout.splitlines()[:3]
    assert first == f"Encryption keys in {file}, newest first:"
    assert newest.endswith("0 rows  in use")
    assert oldest.endswith("1 rows  still in use")

    rotated = candidacy("keys", "rotate", **clinic)
    assert (rotated.returncode, rotated.stderr) == (0, "")
    assert rotated.stdout.splitlines()[0] == "1 rows were written anew."
    assert rotated.stdout.splitlines()[3].endswith("0 rows  no longer in use: it can be taken away")
    assert new not in rotated.stdout

    file.write_text(f"{new}\n")
    assert candidacy("keys", "status", **clinic).returncode == 0
    assert "it has 2 entries" in candidacy("audit", "verify", **clinic).stdout
    file.write_text(f"{old}\n")
    lost = candidacy("keys", "status", **clinic)
    assert (lost.returncode, lost.stderr) == (1, "Bring back the key that opens them.\n")


def test_the_index_is_made_anew(clinic: dict[str, str]) -> None:
    candidacy("keys", "status", **clinic)
    file = Path(clinic["CANDIDACY_STATE_DIRECTORY"]) / "index-key"
    new = candidacy("keys", "new", "--index").stdout.strip()
    file.write_text(f"{new},{file.read_text()}")
    reindexed = candidacy("keys", "reindex", **clinic)
    assert (reindexed.returncode, reindexed.stderr) == (0, "")
    assert reindexed.stdout.splitlines()[0] == "0 rows were indexed anew."


def test_keys_need_a_migrated_database(tmp_path: Path) -> None:
    result = candidacy("keys", "rotate", CANDIDACY_STATE_DIRECTORY=str(tmp_path))
    [line] = result.stderr.splitlines()
    assert "candidacy migrate" in line
    assert result.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("staff", "disable", "bob"), "There is no account bob"),
        (("staff", "add", "a b", "--name", "Ann", "--role", "agent"), "The sign-in name must be"),
        (("staff", "add", "ann", "--name", "Ann", "--role", "owner"), "The role must be one of"),
    ],
)
def test_a_mistake_about_staff_is_one_line(clinic: dict[str, str], arguments: tuple[str, ...], said: str) -> None:
    result = candidacy(*arguments, **clinic)
    [line] = result.stderr.splitlines()
    assert line.startswith(said)
    assert (result.returncode, result.stdout) == (1, "")


def test_staff_need_a_migrated_database(tmp_path: Path) -> None:
    result = candidacy("staff", "list", CANDIDACY_STATE_DIRECTORY=str(tmp_path))
    [line] = result.stderr.splitlines()
    assert line.endswith("Bring it up to date with: candidacy migrate")
    assert result.returncode == 1


def test_what_is_no_head_is_refused(clinic: dict[str, str]) -> None:
    result = candidacy("audit", "verify", "--head", "12", **clinic)
    assert result.returncode == 2
    assert "a head of the audit is written like" in result.stderr
