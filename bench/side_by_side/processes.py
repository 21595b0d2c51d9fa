"""What a process and everything it started use: memory, with what they share counted once, and the processor's time.

Read from Linux's /proc; see proc(5).
"""

import os
from collections.abc import Collection, Mapping
from itertools import pairwise
from pathlib import Path

PROC = Path("/proc")
_KIBIBYTE = 1024
_USER_TIME, _SYSTEM_TIME = 11, 12
"""Places in a line of /proc/<pid>/stat after the name; the parent's is 1."""


def family_of(pid: int) -> set[int]:
    """A process and all below it, now."""
    return family(pid, {member: read_parent(stat) for member, stat in _stats().items()})


def family(pid: int, parents_of: Mapping[int, int]) -> set[int]:
    """A process and all below it."""
    members = {pid}
    while found := {child for child, parent in parents_of.items() if parent in members} - members:
        members |= found
    return members


def proportional_bytes(pid: int) -> int:
    """The proportional set size (PSS) of a process and all below it: what several share is divided among them."""
    return sum(read_proportional_bytes(_read(member, "smaps_rollup")) for member in family_of(pid))


def processor_seconds(pids: Collection[int]) -> float:
    """What these processes have used of the processor since they began, of all cores together."""
    stats = _stats()
    ticks = os.sysconf("SC_CLK_TCK")
    return sum(read_processor_ticks(stats[pid]) for pid in pids if pid in stats) / ticks


def runs_module(pid: int, *modules: str) -> bool:
    """Whether a process is one of Python's modules, as ``python -m`` started it."""
    words = _read(pid, "cmdline").split("\0")
    return any(word == "-m" and following in modules for word, following in pairwise(words))


def machine_bytes() -> int:
    """The machine's memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def read_parent(stat: str) -> int:
    """The parent's id in a line of /proc/<pid>/stat."""
    return int(_after_name(stat)[1])


def read_processor_ticks(stat: str) -> int:
    """The processor's time in a line of /proc/<pid>/stat, the system's included, in clock ticks."""
    fields = _after_name(stat)
    return int(fields[_USER_TIME]) + int(fields[_SYSTEM_TIME])


def read_proportional_bytes(rollup: str) -> int:
    """The PSS in the text of /proc/<pid>/smaps_rollup, which is empty where a process has no memory any more."""
    line = next((line for line in rollup.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) * _KIBIBYTE


def _after_name(stat: str) -> list[str]:
    """The fields from the state on; the name before them, in brackets, may hold anything."""
    return stat.rpartition(")")[2].split()


def _stats() -> dict[int, str]:
    found = {int(folder.name): _read(int(folder.name), "stat") for folder in PROC.iterdir() if folder.name.isdecimal()}
    return {pid: stat for pid, stat in found.items() if stat}


def _read(pid: int, name: str) -> str:
    try:
        return (PROC / str(pid) / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        # It ended meanwhile.
        return ""
