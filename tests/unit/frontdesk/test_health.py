"""Whether it lives, and whether what it needs is there."""

from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from candidacy.frontdesk import health
from candidacy.records.database import Database

pytestmark = pytest.mark.anyio


async def test_it_lives(client: httpx.AsyncClient) -> None:
    response = await client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "alive"})


async def test_it_is_ready(client: httpx.AsyncClient) -> None:
    response = await client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "database": True,
        "assistant": True,
        "assistant_processes": {"answering": 2, "of": 2},
    }


async def test_one_process_of_the_assistant_is_enough(client: httpx.AsyncClient, assistant: Any) -> None:
    assistant.ready_processes = 1
    response = await client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["assistant_processes"] == {"answering": 1, "of": 2}


async def test_without_the_assistant_it_lives_but_is_not_ready(client: httpx.AsyncClient, assistant: Any) -> None:
    assistant.ready_processes = 0
    response = await client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "not_ready",
        "database": True,
        "assistant": False,
        "assistant_processes": {"answering": 0, "of": 2},
    }
    assert (await client.get("/healthz")).status_code == 200


async def test_an_assistant_that_hangs_is_not_ready(
    client: httpx.AsyncClient, assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "READY_TIMEOUT_SECONDS", 0.01)
    monkeypatch.setattr(assistant, "answering", anyio.sleep_forever)
    assert (await client.get("/readyz")).json()["assistant"] is False


async def test_without_the_database_it_is_not_ready(serve: Any, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/folder/candidacy.db")
    (tmp_path / "folder").rmdir()
    async with serve(database=database) as client:
        response = await client.get("/readyz")
    assert response.status_code == 503
    answer = response.json()
    assert (answer["status"], answer["database"], answer["assistant"]) == ("not_ready", False, True)
