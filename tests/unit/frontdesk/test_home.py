"""The front page."""

from typing import Any

import httpx
import pytest


@pytest.mark.anyio
async def test_it_says_what_this_is_and_where_to_read_on(client: httpx.AsyncClient, settings: Any) -> None:
    text = (await client.get("/")).text
    assert settings.clinic_name in text
    assert "/openapi.json" in text
