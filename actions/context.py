"""What the actions need of the rest of the product."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from candidacy.assistant.texts import Texts
from candidacy.casework.call_back_rules import CallBackRules
from candidacy.dialogue.follow_up import FollowUps
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.screening.questionnaire import Questionnaire


@dataclass(frozen=True)
class Context:
    """Passed to every action when the action server builds it."""

    database: Database
    cipher: Cipher
    texts: Texts
    questionnaire: Questionnaire
    follow_ups: FollowUps
    region: str
    """Country of telephone numbers without a country code."""
    call_backs: CallBackRules
    """When a call that is asked for is due."""
    now: Callable[[], datetime]
