"""A recorder before Prism: keeps what is sent, names each text, reports on it, and refuses when told to."""

import asyncio
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from candidacy.launcher.ports import free_ports

PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Failure:
    """How Twilio refuses a text: the status, its own code, and how long to wait."""

    status: int
    code: int = 20500
    retry_after: int | None = None


OPTED_OUT = Failure(400, 21610)


@dataclass(frozen=True)
class Sent:
    """A text that was taken."""

    to: str
    body: str
    status_callback: str
    message_sid: str
    at: float
    """Point of the monotonic clock, in seconds."""


@dataclass
class Recorder:
    """Twilio as the front desk sees it.

    Attributes:
        token: signs the reports on texts.
        upstream: the address of Prism.
        sent: all that was taken, in order.
        failures: come first, one for each request.
        delay_seconds: how long each request takes.
        statuses: what is reported of each text that was taken, in order.
        heard: told of each text that was taken.
    """

    token: str
    upstream: str
    sent: list[Sent] = field(default_factory=list)
    requests: int = 0
    failures: list[Failure] = field(default_factory=list)
    delay_seconds: float = 0
    statuses: tuple[str, ...] = ("sent", "delivered")
    heard: Callable[[Sent], None] = lambda _: None
    url: str = ""
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def listening(self) -> Iterator["Recorder"]:
        """Listen on loopback for as long as the context lasts."""
        (port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        path = "/2010-04-01/Accounts/{account}/Messages.json"
        config = uvicorn.Config(
            Starlette(routes=[Route(path, self._take, methods=["POST"])]),
            host="127.0.0.1",
            port=port,
            log_level="error",
            ws="none",
            loop="asyncio",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the recorder could not listen"
            time.sleep(0.01)
        try:
            yield self
        finally:
            server.should_exit = True
            thread.join(timeout=10)

    def sent_to(self, number: str) -> list[str]:
        """The bodies that a number was sent."""
        return [sent.body for sent in self.sent if sent.to == number]

    async def _take(self, request: Request) -> Response:
        self.requests += 1
        await asyncio.sleep(self.delay_seconds)
        if self.failures:
            return _refusal(self.failures.pop(0))
        body = await request.body()
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        answer = await self._ask_prism(request, body)
        if answer.status_code != 201:
            return Response(answer.content, status_code=answer.status_code, media_type="application/json")
        sent = Sent(
            to=form["To"],
            body=form["Body"],
            status_callback=form["StatusCallback"],
            message_sid=f"SM{next(self._numbers):032x}",
            at=time.monotonic(),
        )
        self.sent.append(sent)
        self.heard(sent)
        task = asyncio.create_task(self._report(sent))
        _reports.add(task)
        task.add_done_callback(_reports.discard)
        return JSONResponse({**answer.json(), "sid": sent.message_sid}, status_code=201)

    async def _ask_prism(self, request: Request, body: bytes) -> httpx.Response:
        headers = {name: request.headers[name] for name in ("authorization", "content-type") if name in request.headers}
        async with httpx.AsyncClient(base_url=self.upstream, trust_env=False, timeout=PATIENCE_SECONDS) as client:
            return await client.post(request.url.path, content=body, headers=headers)

    async def _report(self, sent: Sent) -> None:
        """Report as Twilio does: signed, and without waiting for the answer to the request that sent the text."""
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE_SECONDS) as client:
            for status in self.statuses:
                form = {"MessageSid": sent.message_sid, "MessageStatus": status, "To": sent.to}
                signature = RequestValidator(self.token).compute_signature(sent.status_callback, form)
                try:
                    await client.post(sent.status_callback, data=form, headers={"X-Twilio-Signature": signature})
                except httpx.HTTPError:
                    # The front desk may have been stopped or killed meanwhile.
                    return


_reports: "set[asyncio.Task[None]]" = set()


def _refusal(failure: Failure) -> Response:
    headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
    body = {"status": failure.status, "code": failure.code, "message": "refused", "more_info": ""}
    return JSONResponse(body, status_code=failure.status, headers=headers)
