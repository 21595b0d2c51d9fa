"""What staff read before they text somebody at night. Pure."""

from dataclasses import dataclass
from datetime import datetime

from candidacy.sms.beginning import QuietNow


@dataclass(frozen=True)
class QuietNotice:
    """What is said, and the titles of the two ways on."""

    text: str
    wait: str
    anyway: str


def quiet_notice(quiet: QuietNow) -> QuietNotice:
    """The notice that a reply is held back, with the visitor's own time."""
    earliest, latest = _time(quiet.local[0]), _time(quiet.local[-1])
    present = earliest if earliest == latest else f"between {earliest} and {latest}"
    opens = _time(quiet.opens_at)
    day = "" if quiet.opens_at.date() == quiet.local[0].date() else f" on {quiet.opens_at:%A}"
    return QuietNotice(
        text=(
            f"It is {present} for them, by their number's area code, and they have not written lately. "
            "Your reply is kept below and was not sent."
        ),
        wait=f"Send at {opens}{day}, their time",
        anyway="Send anyway",
    )


def _time(local: datetime) -> str:
    return f"{local:%H:%M}"
