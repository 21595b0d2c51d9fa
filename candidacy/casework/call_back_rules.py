"""The rules of call-backs: when the first call is due, and what follows from an attempt (`call_backs.yml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from candidacy.casework.clinic_time import after_open_time
from candidacy.settings import ClinicHours

RULES_FILE = Path(__file__).parent / "call_backs.yml"


@dataclass(frozen=True)
class AttemptRule:
    """What follows from an attempt: the call-back is closed, or tried again after so much open time."""

    closes: bool
    next_attempt_after: timedelta | None


@dataclass(frozen=True)
class CallBackRules:
    """The rules, with the clinic's hours and time zone to count by."""

    due_after: timedelta
    outcomes: Mapping[str, AttemptRule]
    hours: ClinicHours
    timezone: ZoneInfo

    def due(self, requested_at: datetime, *, part: str = "any") -> datetime:
        """When a call that was asked for is due; `part` is when the visitor likes to be called."""
        return after_open_time(requested_at, self.due_after, hours=self.hours, timezone=self.timezone, part=part)

    def rule(self, outcome: str) -> AttemptRule:
        """What follows from an outcome; raises ValueError when there is no such outcome."""
        if outcome not in self.outcomes:
            raise ValueError(f"the outcome of an attempt must be one of {', '.join(self.outcomes)}")
        return self.outcomes[outcome]

    def next_attempt(self, outcome: str, *, at: datetime, part: str = "any") -> datetime | None:
        """When to try again after an attempt; None when its outcome closes the call-back."""
        after = self.rule(outcome).next_attempt_after
        if after is None:
            return None
        return after_open_time(at, after, hours=self.hours, timezone=self.timezone, part=part)


def load_call_back_rules(*, hours: ClinicHours, timezone: ZoneInfo, path: Path = RULES_FILE) -> CallBackRules:
    """Read the rules; raises ValueError when an outcome neither closes nor says when to try again."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return CallBackRules(
        due_after=timedelta(hours=data["due_after_hours"]),
        outcomes={name: _read_rule(name, rule) for name, rule in data["outcomes"].items()},
        hours=hours,
        timezone=timezone,
    )


def _read_rule(name: str, rule: Mapping[str, object]) -> AttemptRule:
    closes, again = bool(rule.get("closes")), rule.get("next_attempt_after_hours")
    if closes == (again is not None):
        raise ValueError(f"{name}: must either close or say next_attempt_after_hours")
    return AttemptRule(closes=closes, next_attempt_after=None if again is None else timedelta(hours=float(str(again))))
