"""What staff's work goes by: rules of call-backs, what is taken out of a text, and what a correction may name."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from candidacy.casework.call_back_rules import CallBackRules, load_call_back_rules
from candidacy.casework.correction import Vocabulary
from candidacy.casework.redaction import Redaction, load_redaction
from candidacy.settings import Settings
from candidacy.sms.quiet_hours import QuietHours, load_quiet_hours
from candidacy.teaching.vocabulary import load_vocabulary


@dataclass(frozen=True)
class CaseworkRules:
    """Each is read from its file when it is first asked for, and once."""

    settings: Settings
    project: Path = Path()
    """Where the domain and the examples are; the console's process works in the project's folder."""

    @cached_property
    def call_backs(self) -> CallBackRules:
        """When calls are due and what follows from an attempt."""
        return load_call_back_rules(hours=self.settings.hours, timezone=self.settings.timezone)

    @cached_property
    def quiet_hours(self) -> QuietHours:
        """When somebody who has not written lately is not texted."""
        return load_quiet_hours()

    @cached_property
    def redaction(self) -> Redaction:
        """What is taken out of a text before it leaves."""
        return load_redaction(region=self.settings.clinic_region)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What a correction may name."""
        return load_vocabulary(self.project)
