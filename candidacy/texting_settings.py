"""The settings of text messages: all of them or none, and what they come to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import phonenumbers
from pydantic import BaseModel, Field, root_validator, validator

TWILIO_API_URL = "https://api.twilio.com"

NEEDED = ("sms_account_sid", "sms_auth_tokens", "sms_public_url")
SENDERS = ("sms_number", "sms_messaging_service")

_URL = re.compile(r"^https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?$")


@dataclass(frozen=True)
class Texting:
    """How the clinic sends and receives text messages by Twilio."""

    account_sid: str
    auth_tokens: tuple[str, ...] = field(repr=False)
    """Newest first: the first one sends, and each may have signed what comes in."""
    number: str | None
    """The clinic's number that people text, in E.164."""
    messaging_service: str | None
    """Sends in place of the number, where there is one."""
    public_url: str
    """What stands before `/sms/...` in the addresses that Twilio calls, without a slash at its end."""
    api_url: str
    regions: frozenset[str]
    """Countries whose numbers are answered."""
    link_life: timedelta
    """How long a link opens what may not be texted."""
    receipt_life: timedelta
    """How long a message that was received is known again."""


class TextingSettings(BaseModel):
    """The part of the settings that is about text messages."""

    sms_account_sid: str | None = Field(None, regex="^AC[0-9a-fA-F]{32}$")
    """Twilio's name of the clinic's account. With it, text messages are on."""
    sms_auth_tokens: str | None = None
    """The account's auth tokens, comma-separated, newest first: a second one while they are being changed."""
    sms_number: str | None = None
    """The clinic's number that people text, with its country code."""
    sms_messaging_service: str | None = Field(None, regex="^MG[0-9a-fA-F]{32}$")
    """Twilio's messaging service that sends, in place of the number alone."""
    sms_public_url: str | None = None
    """The address under which Twilio and people's telephones reach the front desk."""
    sms_api_url: str = TWILIO_API_URL
    """Where Twilio's REST interface is."""
    sms_regions: str = "US"
    """Countries, comma-separated, whose numbers are answered."""
    sms_number_messages_per_minute: int = Field(10, ge=0)
    """Most messages of one number that are answered; so many may come at once, and 0 is no limit."""
    sms_messages_per_minute: int = Field(300, ge=0)
    """Most messages of all numbers together that are answered."""
    sms_link_minutes: int = Field(60, ge=1, le=10_080)
    """How long a link opens what may not be texted."""
    sms_receipt_days: int = Field(7, ge=1, le=90)
    """How long a message that was received is known again when Twilio repeats it."""

    @validator("sms_number")
    def _whole_number(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            number = phonenumbers.parse(value)
        except phonenumbers.NumberParseException as error:
            raise ValueError("must be a telephone number with its country code, like +12125550123") from error
        if not phonenumbers.is_possible_number(number):
            raise ValueError("must be a complete telephone number, like +12125550123")
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    @validator("sms_public_url", "sms_api_url")
    def _whole_url(cls, value: str | None) -> str | None:
        if value is not None and not _URL.match(value):
            raise ValueError("must be an address without a slash at its end, like https://chat.clinic.example")
        return value

    @validator("sms_regions")
    def _known_regions(cls, value: str) -> str:
        regions = split_list(value)
        if not regions or not set(regions) <= phonenumbers.SUPPORTED_REGIONS:
            raise ValueError("must be countries' two letters, like US, or US, CA")
        return value

    @root_validator(skip_on_failure=True)
    def _all_or_none(cls, values: dict[str, Any]) -> dict[str, Any]:
        problems = missing_settings(values)
        if problems:
            raise ValueError("\n".join(f"CANDIDACY_{name.upper()}: {problem}" for name, problem in problems.items()))
        return values

    @property
    def texting(self) -> Texting | None:
        """How text messages are sent and received; None where they are not set up."""
        if self.sms_account_sid is None or self.sms_public_url is None:
            return None
        return Texting(
            account_sid=self.sms_account_sid,
            auth_tokens=split_list(self.sms_auth_tokens or ""),
            number=self.sms_number,
            messaging_service=self.sms_messaging_service,
            public_url=self.sms_public_url,
            api_url=self.sms_api_url,
            regions=frozenset(split_list(self.sms_regions)),
            link_life=timedelta(minutes=self.sms_link_minutes),
            receipt_life=timedelta(days=self.sms_receipt_days),
        )


def missing_settings(values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with settings of text messages that are set in part: a field, and what it must be."""
    if not any(split_list(values.get(name) or "") for name in (*NEEDED, *SENDERS)):
        return {}
    problems = {
        name: "must be set too: text messages need it" for name in NEEDED if not split_list(values.get(name) or "")
    }
    if not any(values.get(name) for name in SENDERS):
        problems[SENDERS[0]] = f"must be set too, or CANDIDACY_{SENDERS[1].upper()}: text messages need a sender"
    return problems


def split_list(text: str) -> tuple[str, ...]:
    """The items of a comma-separated setting, without blanks."""
    return tuple(item.strip() for item in text.split(",") if item.strip())
