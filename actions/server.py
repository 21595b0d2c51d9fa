"""The action server: runs the actions for our own Rasa, on loopback, and never answers with a conversation.

Rasa's own server listens on every interface, asks for no secret, and an error's body holds the whole conversation.
"""

import hmac
from collections.abc import Sequence

import structlog
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.answering import ActionAnswer
from actions.consultation import ActionAskContactReview, ActionSubmitConsultation, ValidateConsultationForm
from actions.context import Context
from actions.course import (
    ActionConfirmErasure,
    ActionDeclineOffer,
    ActionPause,
    ActionResume,
    ActionStartOver,
    ActionTakeOffer,
)
from actions.handing_over import ActionRedFlag, ActionRequestPerson
from actions.screening import (
    ActionAskAgeRelated,
    ActionAskFracture,
    ActionAskScreeningReadBack,
    ActionAskStenosisSurgery,
    ActionNoteStatement,
    ActionSubmitScreening,
    ValidateScreeningForm,
)
from candidacy.assistant.client import TOKEN_HEADER

ACTIONS = (
    ValidateScreeningForm,
    ActionAskFracture,
    ActionAskAgeRelated,
    ActionAskStenosisSurgery,
    ActionAskScreeningReadBack,
    ActionSubmitScreening,
    ActionNoteStatement,
    ValidateConsultationForm,
    ActionAskContactReview,
    ActionSubmitConsultation,
    ActionAnswer,
    ActionTakeOffer,
    ActionDeclineOffer,
    ActionPause,
    ActionResume,
    ActionStartOver,
    ActionRedFlag,
    ActionRequestPerson,
    ActionConfirmErasure,
)

log = structlog.get_logger(__name__)


def build_actions(context: Context) -> list[Action]:
    """Every custom action of domain.yml."""
    return [action(context) for action in ACTIONS]


def create_server(*, actions: Sequence[Action], token: str) -> Sanic:
    """The server: POST /webhook as Rasa calls it, and GET /health."""
    server = Sanic("clinic_actions", configure_logging=False)
    executor = ActionExecutor()
    for action in actions:
        executor.register_action(action)

    async def health(_: Request) -> HTTPResponse:
        return json({"status": "ok"})

    async def webhook(request: Request) -> HTTPResponse:
        if not hmac.compare_digest(request.headers.get(TOKEN_HEADER, ""), token):
            return json({"error": "this address is for our own Rasa only"}, status=403)
        return await _run(executor, request)

    server.add_route(health, "/health", methods=["GET"])
    server.add_route(webhook, "/webhook", methods=["POST"])
    return server


async def _run(executor: ActionExecutor, request: Request) -> HTTPResponse:
    call = request.json
    if not isinstance(call, dict) or "next_action" not in call or "tracker" not in call:
        return json({"error": "the body must be an action call of Rasa's"}, status=400)
    name = call["next_action"]
    try:
        return json(await executor.run(call))
    except ActionExecutionRejection:
        return json({"error": "the action declined to run", "action_name": name}, status=400)
    except ActionNotFoundException:
        return json({"error": "there is no such action", "action_name": name}, status=404)
    except Exception as error:
        # The traceback's frames hold the conversation; its class and place say enough.
        log.error("action.failed", action=name, conversation=call.get("sender_id"), **_place_of(error))
        return json({"error": "the action failed", "action_name": name}, status=500)


def _place_of(error: Exception) -> dict[str, object]:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
    return {"error": type(error).__name__, "place": place}
