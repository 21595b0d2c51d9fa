"""How long to wait after failed sign-ins. Pure.

Counted by the name that was typed, whether or not somebody has it, and by network address: so the wait tells nobody
which names exist, and nobody tries one password with every name. See OWASP, "Authentication Cheat Sheet", and NIST
SP 800-63B-4, section 3.2.2, which allows 100 failures in a row at most.
"""

from datetime import datetime, timedelta

from candidacy.records.staff.attempts import CountedAttempts

NAME_ALLOWANCE = 5
"""Failures of one name that cost nothing but another try."""
ADDRESS_ALLOWANCE = 20
"""The same for one network address, which a whole clinic may share."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)
"""Failures count until none was added for so long."""


def failures_still_counted(attempts: CountedAttempts, *, now: datetime) -> int:
    """How many failures count now."""
    return 0 if now - attempts.last_at >= FORGOTTEN_AFTER else attempts.failures


def wait_until(attempts: CountedAttempts, *, allowance: int, now: datetime) -> datetime | None:
    """When the next attempt may be made; None when it may be made now.

    The wait begins with the last failure allowed and doubles with each one after it.
    """
    beyond = failures_still_counted(attempts, now=now) - allowance
    if beyond < 0:
        return None
    end = attempts.last_at + min(FIRST_WAIT * 2 ** min(beyond, 30), LONGEST_WAIT)
    return end if end > now else None
