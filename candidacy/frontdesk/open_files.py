"""How many connections the process may have open: each stream is one, and some systems allow 256 unless asked."""

import resource

WANTED = 8192


def allow_many_connections() -> None:
    """Ask the system for as many open files as are wanted, or as it gives; it never takes away what there is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_files(soft, hard), hard))


def open_files(soft: int, hard: int) -> int:
    """The limit to ask for.

    Args:
        soft: the limit that holds now.
        hard: the highest that the system gives.
    """
    if soft == resource.RLIM_INFINITY:
        return soft
    return max(soft, WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard))
