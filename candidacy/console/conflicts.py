"""A request that cannot be done as things stand: the audit has that it was refused, and the page says why."""

from candidacy.console.errors import ERRORS, Refusal, Words
from candidacy.console.staff_request import StaffRequest

CONFLICT = 409


async def conflict(request: StaffRequest, *, subject: str, said: str, reason: str | None = None) -> Refusal:
    """The refusal to be raised, once it is entered in the audit.

    Args:
        request: who asked.
        subject: about what.
        said: why not, as the records say it.
        reason: why it was asked for.
    """
    await request.note(request.entry(subject=subject, reason=reason, outcome="refused"))
    text = f"{said[0].upper()}{said[1:]}. Nothing was changed. Load the page again to see how it is now."
    return Refusal(CONFLICT, Words(ERRORS[CONFLICT].title, text))
