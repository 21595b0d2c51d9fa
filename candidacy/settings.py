"""Every setting of the product: read once from the environment, typed, and refused at start by name."""

import os
import re
from collections.abc import Mapping
from datetime import time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from cryptography.fernet import Fernet
from pydantic import BaseModel, Extra, Field, ValidationError, validator
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from candidacy.texting_settings import TextingSettings, split_list

Network = IPv4Network | IPv6Network

PREFIX = "CANDIDACY_"
DATABASE_VARIABLE = "DATABASE_URL"
DATABASE_FILE = "candidacy.db"

__all__ = ["ClinicHours", "Network", "Settings", "SettingsError", "read_settings", "split_list", "variable_name"]

LAST_PORT = 65535
MOST_ASSISTANT_PROCESSES = 50
"""So many that the default ports of Rasa and of the actions do not meet."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TOKEN_MIN_LENGTH = 16
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ORIGIN = re.compile(r"^https?://[A-Za-z0-9.-]+(?::\d+)?$")
_HOURS = re.compile(r"^(?P<first>[A-Z][a-z]{2})-(?P<last>[A-Z][a-z]{2}) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)$")


class SettingsError(Exception):
    """A setting is wrong; the message names each one and says what it must be."""


class ClinicHours(BaseModel):
    """The days and times at which the clinic can be reached, in the clinic's own time zone."""

    first_day: int = Field(ge=0, le=6, description="0 is Monday")
    last_day: int = Field(ge=0, le=6)
    opens: time
    closes: time

    class Config:
        allow_mutation = False

    @classmethod
    def parse(cls, text: str) -> "ClinicHours":
        """Read hours written as ``Mon-Fri 09:00-17:00``; raises ValueError when they are not."""
        match = _HOURS.match(text)
        if match is None or match["first"] not in _DAYS or match["last"] not in _DAYS:
            raise ValueError("must be written like 'Mon-Fri 09:00-17:00'")
        opens, closes = time.fromisoformat(match["opens"]), time.fromisoformat(match["closes"])
        if opens >= closes:
            raise ValueError("must open before it closes")
        return cls(
            first_day=_DAYS.index(match["first"]), last_day=_DAYS.index(match["last"]), opens=opens, closes=closes
        )

    def __str__(self) -> str:
        return f"{_DAYS[self.first_day]}-{_DAYS[self.last_day]} {self.opens:%H:%M}-{self.closes:%H:%M}"


class Settings(TextingSettings):
    """The settings; each field is the variable ``CANDIDACY_<NAME>`` (the database's is ``DATABASE_URL``)."""

    state_directory: Path = Path("var")
    """Where this machine keeps its database, its secrets and its logs."""
    database_url: str = ""
    """SQLite (one file; without a setting, in the state directory) or PostgreSQL."""
    model_directory: Path = Path("models")

    encryption_keys: str | None = None
    """Fernet keys, comma-separated, newest first; without it, the key file in the state directory is used."""
    index_key: str | None = None
    """Index keys, comma-separated, newest first; without it, the key file in the state directory is used."""
    internal_token: str | None = None
    """Shared by our own processes; without it, the token file in the state directory is used."""
    audit_key: str | None = None
    """What the audit's chain is made with; without it, the key file in the state directory is used."""

    host: str = Field("127.0.0.1", min_length=1)
    """The address the front desk listens on. Rasa and the action server always stay on loopback."""
    port: int = Field(8000, ge=1, le=LAST_PORT)
    rasa_port: int = Field(5005, ge=1, le=LAST_PORT)
    actions_port: int = Field(5055, ge=1, le=LAST_PORT)
    assistant_processes: int = Field(1, ge=1, le=MOST_ASSISTANT_PROCESSES)
    """How many pairs of a Rasa server and its action server; each further pair has the ports after the last one's."""
    allowed_origins: str = ""
    """Web origins, comma-separated, whose pages may use the chat besides the front desk's own."""
    trusted_proxies: str = ""
    """Addresses or networks of proxies, comma-separated, that are believed when they say whom they speak for."""
    forwarded_header: str = Field("X-Forwarded-For", regex="^[A-Za-z0-9-]+$")
    """The header in which they say so: addresses, the last one added last."""

    console_host: str = Field("127.0.0.1", min_length=1)
    """The address the staff console listens on."""
    console_port: int = Field(8001, ge=1, le=LAST_PORT)
    console_public_url: str = ""
    """The address staff have the console under, when a proxy with TLS stands before it."""

    session_minutes: float = Field(1440, ge=0.05, le=43_200)
    """How long a session lasts after it was last written in or extended."""
    session_messages_per_minute: int = Field(60, ge=0)
    """Most messages of one session; like the limits below, so many may come at once, and 0 is no limit."""
    address_messages_per_minute: int = Field(300, ge=0)
    """Most messages from one network address: a hospital's visitors may share one."""
    address_sessions_per_minute: int = Field(60, ge=0)
    """Most sessions begun from one network address."""
    address_requests_per_minute: int = Field(6000, ge=0)
    """Most requests of any kind to the chat from one network address."""

    clinic_region: str = "US"
    """Country that phone numbers without a country code belong to."""
    clinic_name: str = Field("Datta Endoscopic Back Surgery and Pain Center", min_length=2, max_length=120)
    clinic_phone: str = "(212) 430-0312"
    clinic_hours: str = "Mon-Fri 09:00-17:00"
    clinic_timezone: str = "America/New_York"

    waiting_minutes: float = Field(10, ge=0.05, le=1440)
    """How long somebody waits for a person before they are told that nobody came, and their call-back is queued."""
    retention_days: int = Field(0, ge=0, le=36_500)
    """After how many days without a word a conversation is deleted; 0 keeps them all."""

    turn_timeout_seconds: float = Field(8.0, gt=0, le=9.5)
    """How long the front desk waits for Rasa before it answers by itself."""
    action_timeout_seconds: float = Field(4.0, gt=0, le=9.0)
    """How long one custom action may take; must be less than the turn's time, which bounds them all together."""
    message_max_length: int = Field(2000, ge=200, le=10_000)
    """Longest message a visitor may send, in characters."""

    log_level: str = Field("INFO", regex="^(DEBUG|INFO|WARNING|ERROR)$")

    class Config:
        allow_mutation = False
        extra = Extra.forbid
        validate_all = True

    @validator("database_url")
    def _known_database(cls, value: str, values: Mapping[str, Any]) -> str:
        if not value:
            return f"sqlite:///{values['state_directory'] / DATABASE_FILE}"
        try:
            backend = make_url(value).get_backend_name()
        except ArgumentError as error:
            raise ValueError("must be a database URL, like sqlite:///var/candidacy.db") from error
        if backend not in ("sqlite", "postgresql"):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @validator("assistant_processes")
    def _within_ports(cls, value: int, values: Mapping[str, Any]) -> int:
        for name in ("rasa_port", "actions_port"):
            if values.get(name, 0) + value - 1 > LAST_PORT:
                raise ValueError(f"needs as many ports from {variable_name(name)} on, and {LAST_PORT} is the last")
        if value > 1 and abs(values.get("rasa_port", 0) - values.get("actions_port", LAST_PORT)) < value:
            raise ValueError(
                f"{variable_name('rasa_port')} and {variable_name('actions_port')} must lie at least as far apart"
            )
        return value

    @validator("encryption_keys")
    def _usable_keys(cls, value: str | None) -> str | None:
        for key in split_list(value or ""):
            try:
                Fernet(key)
            except ValueError as error:
                raise ValueError("each key must be 32 url-safe base64-encoded bytes") from error
        return value

    @validator("internal_token", "audit_key")
    def _long_token(cls, value: str | None) -> str | None:
        if value and len(value) < _TOKEN_MIN_LENGTH:
            raise ValueError(f"must have at least {_TOKEN_MIN_LENGTH} characters")
        return value

    @validator("clinic_phone")
    def _valid_phone(cls, value: str, values: Mapping[str, Any]) -> str:
        try:
            number = phonenumbers.parse(value, values.get("clinic_region", "US"))
        except phonenumbers.NumberParseException as error:
            raise ValueError("must be a telephone number, like (212) 430-0312") from error
        if not phonenumbers.is_possible_number(number):
            raise ValueError("must be a complete telephone number, like (212) 430-0312")
        return value

    @validator("clinic_hours")
    def _readable_hours(cls, value: str) -> str:
        ClinicHours.parse(value)
        return value

    @validator("clinic_timezone")
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("must be a time zone's name, like America/New_York") from error
        return value

    @validator("action_timeout_seconds")
    def _within_turn(cls, value: float, values: Mapping[str, Any]) -> float:
        if value >= values.get("turn_timeout_seconds", float("inf")):
            raise ValueError(f"must be less than {PREFIX}TURN_TIMEOUT_SECONDS")
        return value

    @validator("allowed_origins")
    def _whole_origins(cls, value: str) -> str:
        for origin in split_list(value):
            if not _ORIGIN.match(origin):
                raise ValueError("must name each origin in full and without a path, like https://clinic.example")
        return value

    @validator("console_public_url")
    def _safe_address(cls, value: str, values: Mapping[str, Any]) -> str:
        if value and not _ORIGIN.match(value):
            raise ValueError("must be the console's address without a path, like https://console.clinic.example")
        if values.get("console_host") not in _LOOPBACK and not value.startswith("https://"):
            raise ValueError(
                f"must be an https address, since {PREFIX}CONSOLE_HOST is not this machine alone: "
                "passwords would cross the network readable"
            )
        return value

    @validator("trusted_proxies")
    def _readable_proxies(cls, value: str) -> str:
        try:
            read_networks(value)
        except ValueError as error:
            raise ValueError("must be addresses or networks, like 127.0.0.1, 10.0.0.0/8") from error
        return value

    @validator("clinic_region")
    def _known_region(cls, value: str) -> str:
        if value not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError("must be a country's two letters, like US")
        return value

    @property
    def hours(self) -> ClinicHours:
        """When the clinic can be reached."""
        return ClinicHours.parse(self.clinic_hours)

    @property
    def timezone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return ZoneInfo(self.clinic_timezone)

    @property
    def origins(self) -> tuple[str, ...]:
        """The web origins that may use the chat besides the front desk's own."""
        return split_list(self.allowed_origins)

    @property
    def rasa_ports(self) -> range:
        """The ports of the Rasa servers on loopback."""
        return range(self.rasa_port, self.rasa_port + self.assistant_processes)

    @property
    def actions_ports(self) -> range:
        """The ports of the action servers on loopback, each of the Rasa server in the same place."""
        return range(self.actions_port, self.actions_port + self.assistant_processes)

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The proxies that are believed."""
        return read_networks(self.trusted_proxies)


def read_networks(text: str) -> tuple[Network, ...]:
    """The addresses and networks of a comma-separated setting; raises ValueError where one is neither."""
    return tuple(ip_network(item) for item in split_list(text))


def variable_name(field: str) -> str:
    """The environment variable that sets a field."""
    return DATABASE_VARIABLE if field == "database_url" else PREFIX + field.upper()


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: one line a wrong or unknown setting, each with the variable's name.
    """
    environment = os.environ if environment is None else environment
    values = {name[len(PREFIX) :].lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    if values.pop("database_url", None) is not None:
        raise SettingsError(f"{PREFIX}{DATABASE_VARIABLE}: there is no such setting; it is called {DATABASE_VARIABLE}")
    if DATABASE_VARIABLE in environment:
        values["database_url"] = environment[DATABASE_VARIABLE]
    try:
        return Settings.parse_obj(values)
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(problem) for problem in error.errors())) from error


def _explain(problem: Mapping[str, Any]) -> str:
    if problem["loc"][0] == "__root__":
        return str(problem["msg"])
    name = variable_name(str(problem["loc"][0]))
    if problem["type"] == "value_error.extra":
        return f"{name}: there is no such setting"
    return f"{name}: {problem['msg']}"
