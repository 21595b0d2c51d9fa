"""Does our way change what is said? ``python -m bench.sameness`` has random conversations with stock Rasa and ours.

The trained model plays each conversation twice in this process: with Rasa's own agent, its own search of rules and its
own tracker store, which keeps every event in memory; and with ours, where a bounded state goes from turn to turn, as
between the front desk and Rasa. Every reply must be the same.
"""

import argparse
import asyncio
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from actions.__main__ import build_context
from actions.context import Context
from actions.server import build_actions
from bench.random_visitors import RandomVisitor, Said, Sayings, read_sayings
from candidacy.assistant.agent import ClinicAgent
from candidacy.assistant.bridge import CollectingChannel, message_text
from candidacy.assistant.dialogue_state import TurnTrackers, requested_slot
from candidacy.assistant.generator import ClinicTextGenerator
from candidacy.assistant.reply import Reply
from candidacy.assistant.rule_policy import IndexedRulePolicy
from candidacy.assistant.running_turn import RunningTurn, running
from candidacy.clinic import clinic_variables
from candidacy.language.question_put import as_metadata
from candidacy.logs import configure_logs
from candidacy.readable_codes import ALPHABET
from candidacy.records.conversation_lock import ConversationErased, ConversationUnknown, lock_conversation
from candidacy.records.database import Database
from candidacy.records.dialogue_states import opened_state, sealed_state
from candidacy.records.encryption import Cipher
from candidacy.records.migrate import migrate
from candidacy.records.reference import LENGTH, PREFIX
from candidacy.settings import Settings
from tests.support.stack import trained_model

PROJECT = Path(__file__).parent.parent
PRESENT = datetime(2030, 5, 1, 15, 0, tzinfo=timezone.utc)
TURN_SECONDS = 3600.0
"""Nothing is said of how long a turn takes."""
CHANNEL = "web"
TOLD_EVERY = 50
"""After how many conversations it is told how far it is."""

_REFERENCE = re.compile(f"{PREFIX}[{ALPHABET}]{{{LENGTH}}}")


@dataclass(frozen=True)
class Difference:
    """Where a conversation went two ways."""

    seed: int
    turn: int
    said: Said
    stock: "Outcome"
    ours: "Outcome"

    def __str__(self) -> str:
        return f"conversation {self.seed}, turn {self.turn}: {self.said}\n  stock: {self.stock}\n  ours:  {self.ours}"


@dataclass(frozen=True)
class Outcome:
    """What came of a turn: replies, or why there are none."""

    replies: tuple[Reply, ...]
    problem: str | None = None


@dataclass(frozen=True)
class Tally:
    """What was compared."""

    conversations: int
    turns: int
    replies: int
    without_replies: int
    """Turns that failed alike; a conversation ends with it."""
    differences: tuple[Difference, ...]


class ActionsBeside(EndpointConfig):  # type: ignore[misc]
    """Runs the custom actions in this process; what passes is written as JSON and read again, as over a network."""

    def __init__(self, context: Context) -> None:
        super().__init__("http://in-this-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        for action in build_actions(context):
            self._executor.register_action(action)

    async def request(self, method: str = "post", *, json: Any = None, **_: Any) -> Any:
        """Run one action."""
        return _as_over_a_network(await self._executor.run(_as_over_a_network(json)))


class StockMemory:
    """Rasa's own: its tracker store keeps what was."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    async def question_put(self, conversation_id: str) -> str | None:
        """The question that the last turn put."""
        tracker = await self._agent.tracker_store.retrieve(conversation_id)
        return None if tracker is None else tracker.get_slot(REQUESTED_SLOT)

    def begin(self, turn: RunningTurn) -> None:
        """Nothing goes with a turn."""

    def end(self, turn: RunningTurn) -> None:
        """Nothing comes of a turn."""


class OurMemory:
    """What each conversation's last turn left, sealed."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher
        self._states: dict[str, bytes] = {}

    async def question_put(self, conversation_id: str) -> str | None:
        """The question that the last turn put."""
        return requested_slot(opened_state(self._states.get(conversation_id), cipher=self._cipher))

    def begin(self, turn: RunningTurn) -> None:
        """Give a turn what it goes on from."""
        turn.begins_with = opened_state(self._states.get(turn.conversation_id), cipher=self._cipher)

    def end(self, turn: RunningTurn) -> None:
        """Keep what a turn left, if it was whole."""
        if turn.problem() is None and turn.ends_with is not None:
            self._states[turn.conversation_id] = sealed_state(turn.ends_with, cipher=self._cipher)


class Player:
    """One of the two, with records of its own.

    Args:
        database: the records.
        agent: with its model loaded.
        memory: what goes from turn to turn.
    """

    def __init__(self, *, database: Database, agent: Agent, memory: StockMemory | OurMemory) -> None:
        self._database = database
        self._agent = agent
        self._memory = memory

    async def turn(self, *, conversation_id: str, number: int, said: Said) -> Outcome:
        """Have one message answered."""
        turn = RunningTurn(conversation_id, f"turn-{number}", time.monotonic() + TURN_SECONDS)
        self._memory.begin(turn)
        message = UserMessage(
            text=_text_of(said),
            output_channel=CollectingChannel(channel=CHANNEL, turn=turn),
            sender_id=conversation_id,
            input_channel=CHANNEL,
            message_id=turn.turn_id,
            metadata=as_metadata(await self._memory.question_put(conversation_id)),
        )
        with running(turn):
            message.parse_data = await self._agent.processor.parse_message(message)
            await self._agent.processor.handle_message(message)
        self._memory.end(turn)
        return Outcome(tuple(_comparable(reply) for reply in turn.replies), turn.problem())

    def was_deleted(self, conversation_id: str) -> bool:
        """Whether the visitor had the conversation deleted."""
        try:
            with self._database.session() as session:
                lock_conversation(session, conversation_id=conversation_id)
        except ConversationErased:
            return True
        except ConversationUnknown:
            # Nothing that was said has been stored yet.
            pass
        return False


@contextmanager
def players(model: Path) -> Iterator[tuple[Player, Player]]:
    """Rasa's own way, and ours."""
    key = Fernet.generate_key().decode()
    with tempfile.TemporaryDirectory(prefix="candidacy-sameness-") as folder:
        contexts = []
        for name in ("stock", "ours"):
            settings = Settings(
                state_directory=Path(folder), database_url=f"sqlite:///{folder}/{name}.db", encryption_keys=key
            )
            migrate(settings.database_url)
            contexts.append(replace(build_context(settings), now=lambda: PRESENT))
        generator = ClinicTextGenerator(variables=clinic_variables(settings))
        stock, ours = (
            kind(generator=generator, tracker_store=store, action_endpoint=ActionsBeside(context))
            for kind, store, context in (
                (Agent, InMemoryTrackerStore(None), contexts[0]),
                (ClinicAgent, TurnTrackers(None), contexts[1]),
            )
        )
        stock.load_model(model)
        _search_as_rasa_does(stock)
        ours.load_model(model)
        yield (
            Player(database=contexts[0].database, agent=stock, memory=StockMemory(stock)),
            Player(database=contexts[1].database, agent=ours, memory=OurMemory(contexts[1].cipher)),
        )


def _search_as_rasa_does(agent: Agent) -> None:
    """Have a loaded agent find rules by Rasa's own policy, which reads the same rules."""
    nodes = agent.processor.graph_runner._instantiated_nodes.values()
    for policy in (node._component for node in nodes if isinstance(node._component, IndexedRulePolicy)):
        policy.__class__ = RulePolicy


async def compare(
    stock: Player,
    ours: Player,
    *,
    sayings: Sayings,
    seeds: Sequence[int],
    tell: Callable[[str], None] = lambda line: None,
) -> Tally:
    """Have the conversations of the seeds with both, turn by turn; tells how far it is and what differs."""
    turns = replies = without_replies = 0
    differences: list[Difference] = []
    for count, seed in enumerate(seeds, start=1):
        visitor = RandomVisitor(seed, sayings)
        conversation_id, last = f"random-{seed}", tuple[Reply, ...]()
        for number in range(1, visitor.turns + 1):
            said = visitor.next(last)
            outcomes = [
                await player.turn(conversation_id=conversation_id, number=number, said=said) for player in (stock, ours)
            ]
            turns += 1
            if outcomes[0] != outcomes[1]:
                differences.append(Difference(seed, number, said, *outcomes))
                tell(str(differences[-1]))
                break
            if outcomes[0].problem is not None:
                without_replies += 1
                break
            last = outcomes[0].replies
            replies += len(last)
            if ours.was_deleted(conversation_id):
                # The front desk takes no more messages of it.
                break
        if count % TOLD_EVERY == 0:
            tell(f"{count} conversations, {turns} turns, {len(differences)} differences")
    return Tally(len(seeds), turns, replies, without_replies, tuple(differences))


def main() -> None:
    """Compare, say what came of it, and end with 1 where anything differs."""
    configure_logs("ERROR")
    parser = argparse.ArgumentParser(prog="python -m bench.sameness", description=__doc__)
    parser.add_argument("--conversations", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0, help="of the first one; each further one has the next")
    given = parser.parse_args()
    seeds = range(given.seed, given.seed + given.conversations)
    with players(trained_model(PROJECT)) as (stock, ours):
        tally = asyncio.run(
            compare(stock, ours, sayings=read_sayings(PROJECT), seeds=seeds, tell=partial(print, flush=True))
        )
    print(
        f"{tally.conversations} conversations, {tally.turns} turns, {tally.replies} replies; "
        f"{tally.without_replies} turns without a reply in both; {len(tally.differences)} conversations differ"
    )
    if tally.differences:
        sys.exit(1)


def _text_of(said: Said) -> str:
    return message_text(text=said.text, payload=said.payload)


def _comparable(reply: Reply) -> Reply:
    """Without what is drawn by lot: the reference of a request."""
    return replace(reply, text=_REFERENCE.sub(f"{PREFIX}...", reply.text))


def _as_over_a_network(value: Any) -> Any:
    return json.loads(json.dumps(value))


if __name__ == "__main__":
    main()
