"""What more conversations cost: ``python -m bench.growth`` measures databases ten times the size of the last.

What the records do for a turn, the inbox, the search, a transcript, and the disk that a conversation takes: with a
thousand conversations, with ten thousand and so on, on SQLite, filled as `bench.console` does. Nothing may grow faster
than the logarithm of the number of conversations, as looking up in an index does. What a turn writes is forced to the
disk, so its time is mostly the disk's.
"""

import argparse
import json
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from cryptography.fernet import Fernet

from bench.console import FILTERS, PROJECT, TIMEZONE, open_transcript, search_for
from bench.console_content import NOW, database_bytes, fill, load_words, some_conversations
from bench.growth_plot import plot_growth
from candidacy.assistant.reply import Reply
from candidacy.records.console.inbox import inbox_page
from candidacy.records.database import Database
from candidacy.records.dialogue_states import sealed_state
from candidacy.records.encryption import Cipher
from candidacy.records.keyfile import read_or_create_secret
from candidacy.records.messages import receive
from candidacy.records.migrate import migrate
from candidacy.records.turns import claim_turn, finish_turn

SIZES = (1_000, 10_000, 100_000)
LEASE = timedelta(seconds=5)
ANSWER = Reply(text="People can expect a hospital stay of a few days.", kind="answer", topic="faq/hospital_stay")
STATE = [{"event": "slot", "name": f"slot_{number}", "value": "a value", "timestamp": 1.0} for number in range(30)]
"""About as large as a dialogue state in the middle of the questions."""

TOLERANCE = 1.25
"""How much steeper than the logarithm counts as chance: medians on a shared machine differ by that."""

Work = Callable[[random.Random], object]


@dataclass(frozen=True)
class Size:
    """What was measured with so many conversations: medians in seconds, by what was done, and the disk of them all."""

    conversations: int
    bytes: int
    seconds: dict[str, float]

    @property
    def bytes_each(self) -> float:
        """The disk that a conversation takes, with its part of every index."""
        return self.bytes / self.conversations


def measure_growth(sizes: Sequence[int], *, folder: Path, messages_each: int, samples: int) -> list[Size]:
    """The figures for each size, smallest first; a database that the folder holds already is not filled again."""
    cipher = Cipher([read_or_create_secret(folder / "encryption-key", lambda: Fernet.generate_key().decode())])
    measured = []
    for conversations in sorted(sizes):
        file = folder / f"{conversations}.db"
        is_new = not file.exists()
        database = Database(f"sqlite:///{file}")
        if is_new:
            migrate(f"sqlite:///{file}")
            words = load_words(PROJECT)
            fill(
                database,
                cipher=cipher,
                words=words,
                count=conversations,
                messages_each=messages_each,
                long_conversations=0,
            )
        size = database_bytes(database)
        seconds = _measure(database, cipher=cipher, samples=samples)
        measured.append(Size(conversations=conversations, bytes=size, seconds=seconds))
        database.dispose()
    return measured


def steeper_than_logarithm(sizes: Sequence[Size]) -> list[str]:
    """What grew faster from a size to the next than the logarithm of the number of conversations, but for chance.

    Of the disk it is what one conversation takes.
    """
    found = []
    for before, after in pairwise(sizes):
        allowed = TOLERANCE * math.log(after.conversations) / math.log(before.conversations)
        costs = {name: after.seconds[name] / before.seconds[name] for name in before.seconds}
        costs["disk"] = after.bytes_each / before.bytes_each
        found += [f"{name}, {after.conversations}" for name, cost in costs.items() if cost > allowed]
    return found


def as_json(sizes: Sequence[Size]) -> str:
    """The figures, for a file."""
    rows = [{**asdict(size), "bytes_each": size.bytes_each} for size in sizes]
    return json.dumps({"sizes": rows, "steeper_than_logarithm": steeper_than_logarithm(sizes)}, indent=2)


def table(sizes: Sequence[Size]) -> str:
    """The figures in words: medians in milliseconds, and kilobytes of disk a conversation."""
    lines = ["conversations".ljust(34) + "".join(f"{size.conversations:>12,}" for size in sizes)]
    for name in sizes[0].seconds:
        lines.append(name.ljust(34) + "".join(f"{size.seconds[name] * 1000:>9.1f} ms" for size in sizes))
    lines.append("disk a conversation".ljust(34) + "".join(f"{size.bytes_each / 1000:>9.1f} kB" for size in sizes))
    return "\n".join(lines)


def _measure(database: Database, *, cipher: Cipher, samples: int) -> dict[str, float]:
    """The median of each, in turns so that all see the same machine; the first round fills the caches."""
    chance = random.Random(11)
    with database.read_session() as session:
        people = some_conversations(session, count=samples, chance=chance)
    works = _works(database, cipher, people)
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(samples + 1):
        for name, work in works.items():
            began = time.perf_counter()
            work(chance)
            if number:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def _works(database: Database, cipher: Cipher, people: Sequence[str]) -> dict[str, Work]:
    def reading(query: Callable[..., object]) -> Work:
        def work(chance: random.Random) -> object:
            with database.read_session() as session:
                return query(session, chance)

        return work

    return {
        "a turn's records": lambda chance: _turn(database, cipher, chance.choice(people)),
        "inbox": reading(
            lambda session, _: inbox_page(session, narrowed=FILTERS["all"], timezone=TIMEZONE),
        ),
        "inbox, filtered": reading(
            lambda session, _: inbox_page(session, narrowed=FILTERS["unanswered"], timezone=TIMEZONE),
        ),
        "search, a common word": reading(search_for("surgery")),
        "search, a rare word": reading(search_for(None)),
        "transcript": reading(lambda session, chance: open_transcript(session, cipher, chance.choice(people))),
    }


def _turn(database: Database, cipher: Cipher, conversation_id: str) -> None:
    """All that the records do from a visitor's message to its answer, in the transactions that the product makes."""
    here = {"conversation_id": conversation_id, "now": NOW}
    with database.session() as session:
        receive(session, client_id=None, text="How long would I be in the hospital?", **here)
    with database.session() as session:
        turn = claim_turn(session, owner="bench", now=NOW, lease=LEASE)
    assert turn is not None
    state = sealed_state(STATE, cipher=cipher)
    with database.session() as session:
        finish_turn(
            session, turn=turn, owner="bench", replies=[ANSWER], understanding={}, dialogue_state=state, now=NOW
        )


def main() -> None:
    """Fill what is missing, measure, print the table, write the files; exit code 1 where something grew too fast."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--conversations", type=int, nargs="+", default=SIZES)
    parser.add_argument("--messages", type=int, default=20, help="of each conversation, about")
    parser.add_argument("--samples", type=int, default=100, help="of each measurement")
    parser.add_argument("--folder", type=Path, help="where the databases are kept; else in one that is deleted")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--plot", type=Path, help="also draw them, as SVG")
    given = parser.parse_args()
    with ExitStack() as ended:
        folder = given.folder or Path(ended.enter_context(tempfile.TemporaryDirectory(prefix="candidacy-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        sizes = measure_growth(given.conversations, folder=folder, messages_each=given.messages, samples=given.samples)
    print(table(sizes))
    if given.json:
        given.json.write_text(as_json(sizes) + "\n", encoding="utf-8")
    if given.plot:
        with given.plot.open("wb") as file:
            plot_growth(sizes, file)
    steep = steeper_than_logarithm(sizes)
    if steep:
        sys.exit(f"Faster than the logarithm: {'; '.join(steep)}")


if __name__ == "__main__":
    main()
