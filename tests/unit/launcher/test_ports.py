"""Ports that are taken, shared or impossible are named with the setting that changes them."""

import socket

import pytest

from candidacy.launcher.errors import LaunchError
from candidacy.launcher.ports import Port, check_ports


def port(number: int, *, owner: str = "front desk", host: str = "127.0.0.1", field: str = "port") -> Port:
    return Port(owner, host, number, field, host_field="host")


def test_free_ports_are_fine(free_port: int) -> None:
    check_ports([port(free_port)])


def test_a_port_that_was_checked_can_still_be_had(free_port: int) -> None:
    check_ports([port(free_port)])
    with socket.create_server(("127.0.0.1", free_port)):
        pass


@pytest.mark.parametrize("listening_on", ["127.0.0.1", "0.0.0.0"])
def test_a_taken_port_is_one_line_with_its_number_and_its_setting(listening_on: str) -> None:
    with socket.create_server((listening_on, 0)) as other:
        number = other.getsockname()[1]
        with pytest.raises(LaunchError) as refusal:
            check_ports([port(number)])
    assert "\n" not in str(refusal.value)
    assert f"Port {number} is taken, and the front desk needs it" in str(refusal.value)
    assert "CANDIDACY_PORT" in str(refusal.value)


def test_every_taken_port_has_its_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        ports = [port(one.getsockname()[1]), port(two.getsockname()[1], field="rasa_port", owner="Rasa server")]
        with pytest.raises(LaunchError) as refusal:
            check_ports(ports)
    first, second = str(refusal.value).splitlines()
    assert "CANDIDACY_PORT" in first
    assert "the Rasa server needs it" in second
    assert "CANDIDACY_RASA_PORT" in second


def test_one_port_for_two_processes_names_both_settings(free_port: int) -> None:
    with pytest.raises(LaunchError, match="CANDIDACY_PORT, CANDIDACY_RASA_PORT must differ"):
        check_ports([port(free_port), port(free_port, field="rasa_port")])


def test_an_address_that_is_not_ours_names_the_host_setting(free_port: int) -> None:
    with pytest.raises(LaunchError, match=r"cannot listen on 192\.0\.2\.1.*change CANDIDACY_HOST or CANDIDACY_PORT"):
        check_ports([port(free_port, host="192.0.2.1")])
