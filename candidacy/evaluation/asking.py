"""Puts rows to a running assistant, a few at once."""

import asyncio
from collections.abc import Callable, Sequence

from candidacy.assistant.client import AssistantClient
from candidacy.evaluation.at_once import answer_all
from candidacy.evaluation.conversation import Asker
from candidacy.evaluation.labelled_file import LabelledRow
from candidacy.evaluation.scored import Exchange
from candidacy.launcher.stop_request import StopRequest
from candidacy.machine import open_cipher, rasa_url
from candidacy.machine_secrets import internal_token
from candidacy.settings import Settings

AT_ONCE = 3
"""Conversations at the same time."""
_PATIENCE_SECONDS = 2.0
"""How much longer than a turn may take its answer is waited for."""

Take = Callable[[LabelledRow, Exchange], None]
"""Given each row, in order, with what came of it."""


def ask_rows(rows: Sequence[LabelledRow], *, settings: Settings, take: Take, stop: StopRequest) -> None:
    """Put the rows to the running assistant of the settings, each as a fresh conversation.

    Raises:
        Interrupted: a stop was asked for.
    """
    asyncio.run(_ask_rows(rows, settings=settings, take=take, stop=stop))


async def _ask_rows(rows: Sequence[LabelledRow], *, settings: Settings, take: Take, stop: StopRequest) -> None:
    client = AssistantClient(
        base_url=rasa_url(settings),
        token=internal_token(settings),
        timeout_seconds=settings.turn_timeout_seconds + _PATIENCE_SECONDS,
    )
    asker = Asker(client, cipher=open_cipher(settings))

    async def ask(row: LabelledRow) -> Exchange:
        return await asker.ask(row.case)

    try:
        await answer_all(rows, ask, take=take, at_once=AT_ONCE, stop=stop)
    finally:
        await client.close()
