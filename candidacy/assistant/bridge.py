"""Rasa's one input channel: a turn of the front desk comes in, and its replies go back in the same call.

The conversation's dialogue state comes with it and goes back with the replies, encrypted, and nothing of it stays here.
So any process of Rasa can run any turn, and a turn is kept when the front desk stores it, with its replies.
"""

import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from candidacy.assistant.action_endpoint import ActionEndpoint
from candidacy.assistant.client import TOKEN_HEADER
from candidacy.assistant.dialogue_state import requested_slot
from candidacy.assistant.reply import Reply
from candidacy.assistant.running_turn import RunningTurn, running
from candidacy.language.question_put import as_metadata
from candidacy.records.dialogue_states import opened_state, sealed_state
from candidacy.records.encryption import Cipher

PAYLOAD_PREFIX = "/"
TYPED_SLASH = "\u2215"
"""What stands for a "/" at the start of a typed text, so that Rasa reads it as text and not as a command."""

UNDERSTANDING = (
    "intent",
    "intent_ranking",
    "topics",
    "candidates",
    "findings",
    "answer",
    "readings",
    "red_flag",
    "language",
)
"""What is handed on of Rasa's parse data, for the staff and the evaluation."""

log = structlog.get_logger(__name__)


class CollectingChannel(OutputChannel):  # type: ignore[misc]
    """Collects what is said in one turn, under the name of the visitor's channel so that its variants are chosen."""

    def __init__(self, *, channel: str, turn: RunningTurn) -> None:
        self._channel = channel
        self._turn = turn

    def name(self) -> str:
        """The visitor's channel, such as web or sms."""
        return self._channel

    async def send_response(self, recipient_id: str, message: Mapping[str, Any]) -> None:
        """Take one message; one without a kind fails the turn, for nobody could tell what it is."""
        try:
            self._turn.replies.append(read_reply(message))
        except (KeyError, ValueError, TypeError) as error:
            self._turn.fail(f"a reply is not one of ours: {type(error).__name__}")


class BridgeChannel(InputChannel):  # type: ignore[misc]
    """Serves POST /webhooks/bridge/turn and GET /webhooks/bridge/ready to our own front desk."""

    def __init__(self, *, token: str, turn_timeout_seconds: float, cipher: Cipher) -> None:
        self._token = token
        self._turn_timeout_seconds = turn_timeout_seconds
        self._cipher = cipher

    @classmethod
    def name(cls) -> str:
        """The channel's name in its address."""
        return "bridge"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two addresses, for Rasa to serve."""
        bridge = Blueprint("bridge")

        # Functions, because Sanic writes on its handlers, which a method does not allow.
        async def turn(request: Request) -> HTTPResponse:
            return await self._serve_turn(request)

        async def ready(request: Request) -> HTTPResponse:
            return await self._serve_ready(request)

        bridge.add_route(turn, "/turn", methods=["POST"])
        bridge.add_route(ready, "/ready", methods=["GET"])
        return bridge

    async def _serve_turn(self, request: Request) -> HTTPResponse:
        if not self._is_ours(request):
            return json({"error": "this address is for the front desk only"}, status=403)
        problem = _problem_with(request.json)
        if problem is not None:
            return json({"error": problem}, status=400)
        return await self._run(request.app.ctx.agent, request.json)

    async def _run(self, agent: Agent, body: Mapping[str, Any]) -> HTTPResponse:
        turn = RunningTurn(
            conversation_id=body["conversation"],
            turn_id=body["turn"],
            deadline=time.monotonic() + self._turn_timeout_seconds - body.get("spent_seconds", 0.0),
        )
        understanding: Mapping[str, Any] = {}
        with running(turn):
            try:
                turn.begins_with = opened_state(_sealed(body), cipher=self._cipher)
                understanding = await self._answer(agent, turn, body)
            except Exception as error:
                # Whatever went wrong inside Rasa, the visitor must get words: the front desk has them.
                turn.fail(type(error).__name__)
                log.error(
                    "turn.failed", conversation=turn.conversation_id, turn=turn.turn_id, reason=type(error).__name__
                )
        problem = turn.problem()
        if problem is not None or turn.ends_with is None:
            return json({"error": problem or "the turn left no dialogue state"}, status=503)
        return json(
            {
                "replies": [reply.as_dict() for reply in turn.replies],
                "understanding": understanding,
                "state": sealed_state(turn.ends_with, cipher=self._cipher).decode("ascii"),
            }
        )

    async def _answer(self, agent: Agent, turn: RunningTurn, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Have Rasa run the turn; returns what was understood."""
        message = UserMessage(
            text=message_text(text=body.get("text"), payload=body.get("payload")),
            output_channel=CollectingChannel(channel=body["channel"], turn=turn),
            sender_id=turn.conversation_id,
            input_channel=body["channel"],
            message_id=turn.turn_id,
            metadata=as_metadata(requested_slot(turn.begins_with)),
        )
        message.parse_data = await agent.processor.parse_message(message)
        # Without the agent's lock of the conversation: turns share nothing here, and the front desk puts them in order.
        await agent.processor.handle_message(message)
        return understanding_of(message.parse_data)

    async def _serve_ready(self, request: Request) -> HTTPResponse:
        if not self._is_ours(request):
            return json({"error": "this address is for the front desk only"}, status=403)
        agent = getattr(request.app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            return json({"error": "no model is loaded"}, status=503)
        if isinstance(agent.action_endpoint, ActionEndpoint) and not await agent.action_endpoint.ready():
            return json({"error": "the action server does not answer"}, status=503)
        return json({"status": "ready"})

    def _is_ours(self, request: Request) -> bool:
        return hmac.compare_digest(request.headers.get(TOKEN_HEADER, ""), self._token)


def message_text(*, text: str | None, payload: str | None) -> str:
    """What Rasa is given: a payload as it is, and typed text never as a command."""
    if payload is not None:
        return payload
    typed = (text or "").strip()
    if typed.startswith(PAYLOAD_PREFIX):
        return TYPED_SLASH + typed[len(PAYLOAD_PREFIX) :]
    return typed


def read_reply(message: Mapping[str, Any]) -> Reply:
    """A message of Rasa's as a reply; raises KeyError, TypeError or ValueError when it carries no kind."""
    metadata = message["metadata"]
    return Reply.from_dict({**metadata, "text": message["text"], "buttons": message.get("buttons")})


def understanding_of(parse_data: Mapping[str, Any]) -> dict[str, Any]:
    """What was understood of the message."""
    return {key: parse_data[key] for key in UNDERSTANDING if key in parse_data}


def _sealed(body: Mapping[str, Any]) -> bytes | None:
    state = body.get("state")
    return None if state is None else str(state).encode()


def _problem_with(body: Any) -> str | None:
    if not isinstance(body, dict):
        return "the body must be a JSON object"
    for name in ("conversation", "turn", "channel"):
        if not isinstance(body.get(name), str) or not body[name]:
            return f"{name} must be a text"
    if not isinstance(body.get("text"), str) and not isinstance(body.get("payload"), str):
        return "text or payload must be given"
    if not isinstance(body.get("state"), str | None):
        return "state must be what the last turn answered, or null"
    if not isinstance(body.get("spent_seconds", 0.0), int | float):
        return "spent_seconds must be a number"
    return None
