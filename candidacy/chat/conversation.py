"""A conversation with the front desk, over its web chat API."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

_ATTEMPTS = 3


class ChatError(Exception):
    """The conversation cannot go on; the message is written for the person at the terminal."""


class Refused(ChatError):
    """The front desk refused a request; the conversation can go on."""


@dataclass(frozen=True)
class Button:
    """A choice the assistant offers."""

    id: str
    title: str


@dataclass(frozen=True)
class Message:
    """A message as the front desk shows it."""

    id: int
    author: str
    text: str
    buttons: tuple[Button, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Message":
        """Read a message of the web chat API."""
        buttons = tuple(Button(id=button["id"], title=button["title"]) for button in data.get("buttons") or ())
        return cls(id=data["id"], author=data["author"], text=data["text"], buttons=buttons)


class Conversation:
    """One conversation with a front desk; from several threads, if need be.

    Args:
        http: a client whose base URL is the front desk's.
        pause_seconds: after a lost request, until it is sent again; twice as long the second time.
    """

    def __init__(self, http: httpx.Client, *, pause_seconds: float = 1.0) -> None:
        self._http = http
        self._pause_seconds = pause_seconds
        self._token = ""  # none yet  # nosec B105

    def begin(self) -> None:
        """Begin a conversation.

        Raises:
            ChatError: nobody listens there, or it is no front desk.
        """
        self._token = str(self._call("POST", "/api/chat/sessions", json={})["token"])

    def send(self, *, text: str | None = None, button: str | None = None) -> int:
        """Send a text or press a button; returns the message's id.

        A lost request is sent again under the same client id, so that the message is there once.

        Raises:
            Refused: the front desk does not take it; says why.
            ChatError: the front desk is gone.
        """
        content = {"button": button} if button is not None else {"text": text}
        return int(self._call("POST", "/api/chat/messages", json={"client_id": uuid.uuid4().hex, **content})["id"])

    def messages_after(self, position: int) -> list[Message]:
        """The messages after the one with this id, oldest first; raises ChatError when the front desk is gone."""
        data = self._call("GET", "/api/chat/messages", params={"after": position})
        return [Message.from_json(message) for message in data["messages"]]

    def _call(self, method: str, path: str, **options: Any) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                response = self._http.request(method, path, headers=headers, **options)
            except httpx.HTTPError as error:
                # Without a token the conversation has not begun: then nobody listens, and trying again is no use.
                if not self._token or attempt == _ATTEMPTS:
                    raise self._gone() from error
            else:
                if not response.is_server_error or attempt == _ATTEMPTS:
                    return _content(response)
            time.sleep(attempt * self._pause_seconds)
        raise self._gone()

    def _gone(self) -> ChatError:
        if self._token:
            return ChatError("The assistant stopped answering. See whether make run is still running.")
        return ChatError("The assistant is not running. Start it with: make run")


def _content(response: httpx.Response) -> Mapping[str, Any]:
    try:
        data = response.json()
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise ChatError(f"What answers at {response.url.copy_with(path='/')} is not the assistant's front desk.")
    if response.is_success:
        return data
    reason = str(data.get("message") or data.get("error") or f"status {response.status_code}")
    if response.status_code == httpx.codes.GONE:
        raise ChatError("This conversation is deleted. Begin another with: make chat")
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND):
        raise ChatError(reason)
    raise Refused(reason)
