"""What our processes listen on, whom they serve, and that no log holds what a visitor wrote."""

import re
import socket

import httpx
import pytest

from tests.support.action_switch import Fault
from tests.support.conversation import Visitor
from tests.support.stack import Stack

CANARY = "Quetzalcoatl"
CANARY_NUMBER = "917-555-0123"
CANARY_NUMBER_END = "5550123"


def test_no_log_holds_what_a_visitor_wrote(stack: Stack) -> None:
    visitor = Visitor(stack)
    visitor.say(f"my name is {CANARY} and I broke L1")
    visitor.press("Request a consultation")
    visitor.say(CANARY)
    visitor.say(CANARY_NUMBER)
    for fault in (Fault.ERROR, Fault.HUNG, Fault.DEAD):
        with stack.switch.fault(fault):
            visitor.say(f"{CANARY} {fault.value}?")
    visitor.say(f"/{CANARY}")
    visitor.http.post("/api/chat/messages", content=f"{{{CANARY}".encode())
    for process in stack.processes:
        log = process.log.read_text(errors="replace")
        assert CANARY.lower() not in log.lower(), process.name
        # However it is written. Fewer digits may stand in a time by chance.
        assert CANARY_NUMBER_END not in re.sub(r"[^\d\n]", "", log), process.name


def test_contact_details_are_not_readable_in_the_dialogue_state(stack: Stack) -> None:
    visitor = Visitor(stack)
    visitor.press("Request a consultation")
    visitor.say(CANARY)
    database = stack.directory / "candidacy.db"
    with stack.database.session() as session:
        blobs = session.connection().exec_driver_sql("SELECT state FROM dialogue_states").scalars().all()
    assert database.exists()
    assert blobs
    assert all(CANARY.encode() not in bytes(blob) for blob in blobs)


@pytest.mark.parametrize("name", ["rasa", "actions"])
def test_rasa_and_its_actions_listen_on_loopback_only(stack: Stack, name: str) -> None:
    port = stack.settings.rasa_port if name == "rasa" else stack.actions_port
    with socket.socket() as connection:
        assert connection.connect_ex(("127.0.0.1", port)) == 0
    with socket.socket() as elsewhere:
        # The port is still free on another address of this machine, so nobody listens on all of them.
        elsewhere.bind(("127.0.0.2", port))


@pytest.mark.parametrize("path", ["/webhooks/bridge/turn", "/webhooks/bridge/ready"])
def test_the_bridge_serves_nobody_else(stack: Stack, path: str) -> None:
    method = "POST" if path.endswith("turn") else "GET"
    url = f"http://127.0.0.1:{stack.settings.rasa_port}{path}"
    body = {"conversation": "x", "turn": "1", "channel": "web", "text": "hello"} if method == "POST" else None
    for headers in ({}, {"X-Candidacy-Token": "guess"}):
        assert httpx.request(method, url, json=body, headers=headers, trust_env=False).status_code == 403


def test_the_actions_serve_nobody_else(stack: Stack) -> None:
    url = f"http://127.0.0.1:{stack.actions_port}/webhook"
    assert httpx.post(url, json={"next_action": "action_answer", "tracker": {}}, trust_env=False).status_code == 403


@pytest.mark.parametrize("path", ["/webhooks/rest/webhook", "/conversations/x/tracker", "/model/parse", "/status"])
def test_rasas_own_doors_are_shut(stack: Stack, path: str) -> None:
    url = f"http://127.0.0.1:{stack.settings.rasa_port}{path}"
    assert httpx.get(url, trust_env=False).status_code in (404, 405)
    assert httpx.post(url, json={"sender": "x", "message": "hello"}, trust_env=False).status_code in (404, 405)
