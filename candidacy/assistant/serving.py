"""Rasa with the bridge as its only channel, on loopback."""

from asyncio import AbstractEventLoop
from functools import partial

from rasa.core.run import configure_app, create_http_input_channels
from rasa.exceptions import ModelNotFound
from sanic import Sanic

from candidacy.assistant.action_endpoint import ActionEndpoint
from candidacy.assistant.action_results import check_results_by_kind
from candidacy.assistant.agent import ClinicAgent, find_events_by_table
from candidacy.assistant.dialogue_state import TurnTrackers
from candidacy.assistant.generator import ClinicTextGenerator
from candidacy.clinic import clinic_variables
from candidacy.machine import LOOPBACK, actions_url
from candidacy.machine_secrets import internal_token
from candidacy.settings import Settings

CREDENTIALS_FILE = "credentials.yml"


def serve(model: str, settings: Settings) -> None:
    """Serve the bridge until told to stop; Rasa's own HTTP API stays off."""
    check_results_by_kind()
    find_events_by_table()
    channels = create_http_input_channels(None, CREDENTIALS_FILE)
    app = configure_app(channels, enable_api=False, port=settings.rasa_port)
    app.register_listener(partial(_load_agent, model, settings), "before_server_start")
    app.run(host=LOOPBACK, port=settings.rasa_port, access_log=False, motd=False)


async def _load_agent(model: str, settings: Settings, app: Sanic, _: AbstractEventLoop) -> None:
    """Have the agent ready before anything is served; where it cannot be loaded, end."""
    agent = ClinicAgent(
        generator=ClinicTextGenerator(variables=clinic_variables(settings)),
        tracker_store=TurnTrackers(None),
        action_endpoint=ActionEndpoint(
            url=actions_url(settings),
            token=internal_token(settings),
            timeout_seconds=settings.action_timeout_seconds,
        ),
    )
    try:
        agent.load_model(model)
    except Exception as error:
        raise ModelNotFound("the model could not be loaded; train it again: candidacy train --force") from error
    app.ctx.agent = agent
