"""What the parts for text messages share: how the clinic texts, the words and rules, and the secrets they need."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from candidacy.assistant.reply import Reply
from candidacy.assistant.texts import Texts
from candidacy.frontdesk.danger import RedFlags
from candidacy.frontdesk.limits import Limits
from candidacy.frontdesk.sms.plan import Words
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.sms.texters import CHANNEL, sender_keys_of
from candidacy.sms.choices import load_choice_words
from candidacy.sms.consent import load_consent_words
from candidacy.sms.delivery_errors import DeliveryErrors, explained, load_delivery_errors
from candidacy.sms.keywords import load_keywords
from candidacy.sms.privacy import load_conditions
from candidacy.sms.pumping import prefix_of
from candidacy.sms.quiet_hours import QuietHours, load_quiet_hours
from candidacy.texting_settings import Texting

_LINK_PURPOSE = b"candidacy sms link v1"


@dataclass(frozen=True)
class Rules:
    """The data that decisions about text messages are made with."""

    words: Words
    conditions: re.Pattern[str]
    delivery_errors: DeliveryErrors
    quiet_hours: QuietHours

    def for_staff(self, error_code: int | None) -> str:
        """Why a text failed, in plain words and with Twilio's code to look up."""
        meaning = explained(error_code, self.delivery_errors)
        return meaning if error_code is None or str(error_code) in meaning else f"{meaning} ({error_code})"


@dataclass(frozen=True)
class TextDesk:
    """Everything the parts for text messages may use."""

    texting: Texting
    database: Database
    cipher: Cipher
    texts: Texts
    red_flags: RedFlags
    limits: Limits
    rules: Rules
    screening_questions: frozenset[str]
    """The topics of what a screening asks."""
    now: Callable[[], datetime]
    link_secrets: tuple[bytes, ...] = field(repr=False)
    """What links are signed with, the newest first; one that was signed with an older opens too."""

    def senders_of(self, number: str) -> tuple[str, ...]:
        """The keys under which the records may know a number, the newest first."""
        return sender_keys_of(number, cipher=self.cipher)

    def block_of(self, number: str) -> str:
        """The key of the block of numbers that a number belongs to."""
        return self.cipher.blind_index(prefix_of(number))

    def words(self, name: str, **values: str) -> Reply:
        """A response of domain.yml as it is texted."""
        return self.texts.reply(name, channel=CHANNEL, **values)


def load_rules() -> Rules:
    """Read the data; raises ValueError, naming the file, when some of it cannot be used."""
    return Rules(
        words=Words(keywords=load_keywords(), choices=load_choice_words(), consent=load_consent_words()),
        conditions=load_conditions(),
        delivery_errors=load_delivery_errors(),
        quiet_hours=load_quiet_hours(),
    )


def link_secrets(cipher: Cipher) -> tuple[bytes, ...]:
    """What the links of a `TextDesk` are signed with, the newest first."""
    return cipher.derived_keys(_LINK_PURPOSE)
