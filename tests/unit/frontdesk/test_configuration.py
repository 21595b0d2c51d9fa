"""What a client may know without a session."""

import httpx
import pytest


@pytest.mark.anyio
async def test_it_names_the_clinic_and_the_limits(client: httpx.AsyncClient) -> None:
    configuration = (await client.get("/api/chat/configuration")).json()
    assert configuration.pop("version")
    assert configuration == {
        "clinic_name": "Datta Endoscopic Back Surgery and Pain Center",
        "clinic_phone": "(212) 430-0312",
        "clinic_phone_link": "tel:+1-212-430-0312",
        "message_max_length": 200,
        "session_seconds": 86_400,
    }
