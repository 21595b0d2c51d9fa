"""Sends one text by Twilio's own client, and says plainly what came of it."""

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from candidacy.texting_settings import TWILIO_API_URL, Texting

REQUEST_SECONDS = 10.0
"""How long Twilio may take for one text."""

MOST_RETRY_AFTER = timedelta(minutes=10)


class TextNotSent(Exception):
    """A text was not taken.

    Args:
        status_code: of Twilio's answer; None when there was none.
        error_code: Twilio's own code, if it gave one.
        retry_after: how long it asked to wait.
    """

    def __init__(
        self, *, status_code: int | None = None, error_code: int | None = None, retry_after: timedelta | None = None
    ) -> None:
        # Never Twilio's own words: they quote the number.
        super().__init__(f"status {status_code}, code {error_code}")
        self.status_code = status_code
        self.error_code = error_code
        self.retry_after = retry_after


class Sender(Protocol):
    """What the delivery needs of Twilio; see `TwilioSender`."""

    def send(self, *, to: str, body: str, status_url: str) -> str:
        """Hand a text over; returns its id there, and raises TextNotSent."""


@dataclass(frozen=True)
class TwilioSender:
    """Hands texts to Twilio.

    Args:
        texting: the account, and who sends.
        client: Twilio's own.
        http: what the client calls Twilio with.
    """

    texting: Texting
    client: Client
    http: "_HttpClient"

    @classmethod
    def of(cls, texting: Texting) -> "TwilioSender":
        """A sender for the account of the settings."""
        http = _HttpClient(texting.api_url)
        return cls(
            texting=texting, client=Client(texting.account_sid, texting.auth_tokens[0], http_client=http), http=http
        )

    def send(self, *, to: str, body: str, status_url: str) -> str:
        """Hand a text over.

        Args:
            to: the number, in E.164.
            body: the text.
            status_url: where Twilio reports how it gets on.

        Returns:
            Twilio's id of the text.

        Raises:
            TextNotSent: Twilio did not take it, or did not answer in time.
        """
        service = self.texting.messaging_service
        sender = {"messaging_service_sid": service} if service else {"from_": self.texting.number}
        try:
            message = self.client.messages.create(to=to, body=body, status_callback=status_url, **sender)
        except TwilioRestException as error:
            raise TextNotSent(
                status_code=error.status, error_code=error.code or None, retry_after=self.http.retry_after()
            ) from None
        except requests.RequestException:
            raise TextNotSent from None
        return str(message.sid)


class _HttpClient(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's own, at another address where the settings name one, and keeping the last answer's Retry-After."""

    def __init__(self, api_url: str) -> None:
        super().__init__(timeout=REQUEST_SECONDS)
        self._api_url = api_url
        self._last = threading.local()

    def request(self, method: str, url: str, **options: Any) -> Response:
        """Make a request."""
        response = super().request(method, url.replace(TWILIO_API_URL, self._api_url, 1), **options)
        self._last.headers = response.headers or {}
        return response

    def retry_after(self) -> timedelta | None:
        """How long the answer to this thread's last request asked to wait."""
        return read_retry_after(getattr(self._last, "headers", {}).get("Retry-After"))


def read_retry_after(value: str | None) -> timedelta | None:
    """The header Retry-After where it is a number of seconds, 10 minutes at most (RFC 9110, section 10.2.3)."""
    if value is None or not (value.isascii() and value.isdecimal() and len(value) < 10):
        return None
    return min(timedelta(seconds=int(value)), MOST_RETRY_AFTER)
