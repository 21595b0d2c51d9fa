"""Buttons that are always there."""

from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from candidacy.assistant.reply import Button
from candidacy.frontdesk.actions import ACTIONS


def test_each_is_a_button_that_the_assistant_offers_too(project: Path) -> None:
    responses = yaml.load((project / "domain.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["responses"]
    offered = {
        Button(title=button["title"], payload=button["payload"])
        for variants in responses.values()
        for variant in variants
        for button in variant.get("buttons") or ()
    }
    assert set(ACTIONS.values()) <= offered


@pytest.mark.anyio
async def test_a_visitor_asks_for_a_person_at_any_time(
    visitor: httpx.AsyncClient, assistant: Any, read_until: Any
) -> None:
    action = {"client_id": "a", "action": "talk_to_person"}
    answers = [await visitor.post("/api/chat/messages", json=action) for _ in range(2)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(202, {"id": 2})] * 2
    _, said, _ = await read_until(visitor, count=3)
    assert (said["author"], said["text"], said["client_id"]) == ("visitor", "Talk to a person", "a")
    assert [asked["payload"] for asked in assistant.asked] == ["/talk_to_person"]
