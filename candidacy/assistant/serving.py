"""Rasa with the bridge as its only channel, on loopback."""

import os
from asyncio import AbstractEventLoop
from functools import partial

from rasa.core.run import configure_app, create_http_input_channels, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.exceptions import ModelNotFound
from sanic import Sanic

from candidacy.assistant.action_endpoint import ActionEndpoint
from candidacy.assistant.action_results import check_results_by_one_schema
from candidacy.assistant.model_loading import load_models_sparingly
from candidacy.machine import LOOPBACK, actions_url
from candidacy.machine_secrets import internal_token
from candidacy.settings import Settings, variable_name

ENDPOINTS_FILE = "endpoints.yml"
CREDENTIALS_FILE = "credentials.yml"


def serve(model: str, settings: Settings) -> None:
    """Serve the bridge until told to stop; Rasa's own HTTP API stays off."""
    os.environ.setdefault(variable_name("internal_token"), internal_token(settings))
    endpoints = AvailableEndpoints.read_endpoints(ENDPOINTS_FILE)
    endpoints.action = ActionEndpoint(
        url=actions_url(settings),
        token=internal_token(settings),
        timeout_seconds=settings.action_timeout_seconds,
    )
    check_results_by_one_schema()
    load_models_sparingly()
    channels = create_http_input_channels(None, CREDENTIALS_FILE)
    app = configure_app(channels, enable_api=False, port=settings.rasa_port, endpoints=endpoints)
    app.register_listener(partial(load_agent_on_start, model, endpoints, None), "before_server_start")
    app.register_listener(_require_model, "before_server_start")
    app.run(host=LOOPBACK, port=settings.rasa_port, access_log=False, motd=False)


async def _require_model(app: Sanic, _: AbstractEventLoop) -> None:
    """Rasa serves on without a model that it cannot load, and answers nobody; end instead."""
    if not app.ctx.agent.is_ready():
        raise ModelNotFound("the model could not be loaded; train it again: candidacy train --force")
