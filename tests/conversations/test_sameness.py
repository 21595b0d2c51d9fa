"""Our storage says what Rasa's own would say: random conversations with both, reply by reply."""

import asyncio
from pathlib import Path

from bench.random_visitors import read_sayings
from bench.sameness import compare, players
from tests.support.stack import trained_model

SEEDS = range(30)


def test_random_conversations_get_the_same_replies_with_stock_storage_and_with_ours(project: Path) -> None:
    with players(trained_model(project)) as (stock, ours):
        tally = asyncio.run(compare(stock, ours, sayings=read_sayings(project), seeds=SEEDS))
    assert not tally.differences, "\n".join(map(str, tally.differences))
    assert tally.replies > 4 * len(SEEDS)
