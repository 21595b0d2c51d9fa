"""How much memory a process and everything it started take, with what they share counted once."""

import os
from collections.abc import Mapping
from pathlib import Path

PROCESSES = Path("/proc")
_KIBIBYTE = 1024


def proportional_bytes(pid: int) -> int:
    """The proportional set size (PSS) of a process and all below it: what several share is divided among them."""
    return sum(_proportional_bytes(member) for member in family(pid, parents()))


def family(pid: int, parents_of: Mapping[int, int]) -> set[int]:
    """A process and all below it."""
    members = {pid}
    while found := {child for child, parent in parents_of.items() if parent in members} - members:
        members |= found
    return members


def parents() -> dict[int, int]:
    """The parent of every process of this machine."""
    found = {}
    for folder in PROCESSES.iterdir():
        if folder.name.isdecimal():
            try:
                found[int(folder.name)] = read_parent((folder / "stat").read_text(encoding="utf-8", errors="replace"))
            except OSError:
                # It ended meanwhile.
                continue
    return found


def read_parent(stat: str) -> int:
    """The parent's id in a line of /proc/<pid>/stat; see proc(5). The name, in brackets, may hold anything."""
    return int(stat.rpartition(")")[2].split()[1])


def read_proportional_bytes(rollup: str) -> int:
    """The PSS in the text of /proc/<pid>/smaps_rollup."""
    line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * _KIBIBYTE


def _proportional_bytes(pid: int) -> int:
    try:
        return read_proportional_bytes((PROCESSES / str(pid) / "smaps_rollup").read_text(encoding="ascii"))
    except (OSError, StopIteration):
        # It ended meanwhile, as a process without memory.
        return 0


def machine_bytes() -> int:
    """The machine's memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
