"""The processes as the settings make them."""

from pathlib import Path
from typing import Any

import pytest

from candidacy.launcher.services import frontdesk_url, service_ports, services
from candidacy.settings import Settings

SETTINGS = Settings(port=8100, console_port=8101, rasa_port=8105, actions_port=8155)
SERVICES = {service.name: service for service in services(settings=SETTINGS, model=Path("/models/a.tar.gz"))}


@pytest.mark.parametrize(
    ("name", "health_url"),
    [
        ("front desk", "http://127.0.0.1:8100/readyz"),
        ("staff console", "http://127.0.0.1:8101/readyz"),
        ("Rasa server", "http://127.0.0.1:8105/"),
        ("action server", "http://127.0.0.1:8155/health"),
    ],
)
def test_each_process_is_asked_at_the_port_of_its_setting(name: str, health_url: str) -> None:
    assert SERVICES[name].health_url == health_url


def test_rasa_loads_the_model_of_the_present_data_and_logs_no_message_texts() -> None:
    rasa = SERVICES["Rasa server"]
    assert rasa.command[-2:] == ("--model", "/models/a.tar.gz")
    assert rasa.environment["LOG_LEVEL"] == "WARNING"


@pytest.mark.parametrize("name", list(SERVICES))
def test_every_process_is_kept_quiet_and_small(name: str) -> None:
    environment = SERVICES[name].environment
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["OMP_NUM_THREADS"] == "1"


def test_logs_have_different_names() -> None:
    assert len({service.log_name for service in SERVICES.values()}) == 4


def test_the_front_desk_is_the_last() -> None:
    assert list(SERVICES)[-1] == "front desk"


def test_only_the_front_desk_listens_where_the_settings_say() -> None:
    ports = {port.owner: port for port in service_ports(Settings(host="0.0.0.0"))}
    assert ports["front desk"].host == "0.0.0.0"
    assert ports["Rasa server"].host == ports["action server"].host == "127.0.0.1"


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0", "port": 80}, "http://127.0.0.1:80"),
        ({"host": "::"}, "http://[::1]:8000"),
        ({"host": "fd00::1"}, "http://[fd00::1]:8000"),
        ({"host": "clinic.example"}, "http://clinic.example:8000"),
    ],
)
def test_the_front_desk_can_be_reached_from_this_machine(settings: dict[str, Any], url: str) -> None:
    assert frontdesk_url(Settings(**settings)) == url


def test_three_assistants_are_three_pairs_and_each_knows_its_own_ports_alone() -> None:
    settings = Settings(rasa_port=8105, actions_port=8155, assistant_processes=3)
    by_name = {service.name: service for service in services(settings=settings, model=Path("/models/a.tar.gz"))}
    assert list(by_name) == [
        *("action server", "action server 2", "action server 3"),
        *("Rasa server", "Rasa server 2", "Rasa server 3"),
        *("staff console", "front desk"),
    ]
    assert by_name["Rasa server 3"].health_url == "http://127.0.0.1:8107/"
    assert by_name["action server 3"].health_url == "http://127.0.0.1:8157/health"
    assert len({service.log_name for service in by_name.values()}) == 8
    for name in ("Rasa server 3", "action server 3"):
        own = by_name[name].environment
        assert own["CANDIDACY_RASA_PORT"] == "8107"
        assert own["CANDIDACY_ACTIONS_PORT"] == "8157"
        assert own["CANDIDACY_ASSISTANT_PROCESSES"] == "1"


def test_every_port_of_several_assistants_is_checked() -> None:
    ports = {port.owner: port for port in service_ports(Settings(assistant_processes=2))}
    assert (ports["Rasa server 2"].number, ports["action server 2"].number) == (5006, 5056)
    assert ports["Rasa server 2"].field == "rasa_port"
