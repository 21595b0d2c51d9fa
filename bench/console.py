"""How fast is the console with years of conversations? ``python -m bench.console`` fills a database and measures it.

With ``--folder`` the databases stay, so that they are filled (``--only fill``) and measured (``--only measure``) apart.

The inbox with each filter and deep down its pages, the search for common and rare words and for people, transcripts
short and long: each many times over, on SQLite and on PostgreSQL. What is measured is the query as the console makes
it, in a transaction of its own, with everything in the database's and the system's caches that has room there.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from bench.console_content import (
    FIRST_NAMES,
    NOW,
    database_bytes,
    fill,
    load_words,
    longest_conversation,
    rare_word,
    some_conversations,
)
from candidacy.casework.inbox_filter import InboxFilter
from candidacy.records.console.beside import beside_transcript
from candidacy.records.console.call_backs import call_back_page
from candidacy.records.console.changes import changed_since
from candidacy.records.console.inbox import InboxCursor, inbox_page
from candidacy.records.console.numbers import numbers
from candidacy.records.console.search import find_by_name, find_by_phone, search_messages
from candidacy.records.console.transcript import conversation_header, transcript_page
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.keyfile import read_or_create_secret
from candidacy.records.migrate import migrate

PROJECT = Path(__file__).parent.parent
TIMEZONE = ZoneInfo("America/New_York")
GOALS = {"inbox": 0.1, "search": 0.2, "transcript": 0.1}
"""Seconds within which 95 of 100 must be; the rest is measured without a goal."""

Query = Callable[[Session, random.Random], Any]

FILTERS = {
    "all": InboxFilter(),
    "waiting": InboxFilter(state="waiting"),
    "closed": InboxFilter(state="closed"),
    "sms": InboxFilter(channel="sms"),
    "outcome": InboxFilter(outcome="danger"),
    "assignee": InboxFilter(assignee_id=3),
    "common tag": InboxFilter(tag="follow up"),
    "rare tag": InboxFilter(tag="rare"),
    "unknown tag": InboxFilter(tag="nothing has this"),
    "red flag": InboxFilter(red_flag=True),
    "alarming": InboxFilter(alarming=True),
    "low confidence": InboxFilter(low_confidence=True),
    "unanswered": InboxFilter(unanswered=True),
    "old dates": InboxFilter(active_from=date(2023, 6, 1), active_to=date(2023, 6, 7)),
    "combined": InboxFilter(channel="sms", outcome="danger", low_confidence=True, unanswered=True),
    "combined to nothing": InboxFilter(state="waiting", red_flag=True, tag="press"),
    "waiting on old dates": InboxFilter(state="waiting", active_to=date(2023, 6, 7)),
    "outcome and old dates": InboxFilter(outcome="danger", active_to=date(2023, 4, 7), low_confidence=True),
    "topic": InboxFilter(topic="faq/hospital_stay"),
    "dropped at": InboxFilter(dropped_at="fracture", begun_from=date(2026, 2, 1)),
}


@dataclass(frozen=True)
class Summary:
    """The times of one query, in seconds."""

    name: str
    median: float
    p95: float
    longest: float


def queries(cipher: Cipher, people: Sequence[str], longest: str) -> dict[str, dict[str, Query]]:
    """What is measured, by group and name."""
    inbox: dict[str, Query] = {name: _inbox(narrowed) for name, narrowed in FILTERS.items()}
    inbox["deep down"] = lambda session, chance: _inbox_deep_down(session, chance)
    transcript: dict[str, Query] = {
        "newest turns": lambda session, chance: open_transcript(session, cipher, chance.choice(people)),
        "longest, newest": lambda session, _: transcript_page(session, conversation_id=longest),
        "longest, older": lambda session, chance: transcript_page(
            session, conversation_id=longest, before=chance.randint(200, 1900)
        ),
    }
    return {
        "inbox": inbox,
        "search": _searches(cipher),
        "transcript": transcript,
        "call-backs": {"queue": lambda session, _: call_back_page(session, cipher=cipher)},
        "news": {"changes": lambda session, _: changed_since(session, at=NOW)},
        "numbers": {
            "30 days": lambda session, _: numbers(
                session, narrowed=InboxFilter(begun_from=date(2026, 2, 7)), timezone=TIMEZONE
            ),
        },
    }


def _inbox(narrowed: InboxFilter) -> Query:
    return lambda session, _: inbox_page(session, narrowed=narrowed, timezone=TIMEZONE)


def _inbox_deep_down(session: Session, chance: random.Random) -> Any:
    at = NOW - (NOW - NOW.replace(year=NOW.year - 3)) * chance.random()
    after = InboxCursor(alarming=False, last_activity_at=at, id="f")
    return inbox_page(session, narrowed=InboxFilter(), timezone=TIMEZONE, after=after)


def search_for(text: str | None, narrowed: InboxFilter = FILTERS["all"], *, before: int | None = None) -> Query:
    """A search for words; without any, for a rare word, another one each time."""
    return lambda session, chance: search_messages(
        session, words=text or rare_word(chance), narrowed=narrowed, timezone=TIMEZONE, before=before
    )


def _searches(cipher: Cipher) -> dict[str, Query]:
    return {
        "common word": search_for("surgery"),
        "commonest word": search_for("the"),
        "rare word": search_for(None),
        "unknown word": search_for("xylophone"),
        "two common words": search_for("hospital insurance"),
        "common and rare word": search_for("surgery word49999"),
        "words never together": search_for("anesthesia graft hospital insurance"),
        "phrase": search_for('"how long"'),
        "common word, second page": search_for("surgery", before=10_000),
        "common word, rare filter": search_for("surgery", FILTERS["combined"]),
        "common word, old dates": search_for("surgery", FILTERS["old dates"]),
        "rare word, filter": search_for(None, FILTERS["sms"]),
        "name": lambda session, chance: find_by_name(
            session, cipher=cipher, name=f"{chance.choice(FIRST_NAMES)} name{chance.randint(0, 19_999):05d}"
        ),
        "common name": lambda session, _: find_by_name(session, cipher=cipher, name="Ann"),
        "number": lambda session, chance: find_by_phone(
            session, cipher=cipher, phone_e164=f"+1212{chance.randint(2_000_000, 9_999_999)}"
        ),
    }


def open_transcript(session: Session, cipher: Cipher, conversation_id: str) -> Any:
    """All that a transcript's page asks for."""
    return (
        conversation_header(session, conversation_id=conversation_id),
        transcript_page(session, conversation_id=conversation_id),
        beside_transcript(session, cipher=cipher, conversation_id=conversation_id),
    )


def measure(database: Database, *, cipher: Cipher, samples: int) -> dict[str, list[Summary]]:
    """The times of every query, each in transactions of its own, in turns so that all see the same machine."""
    chance = random.Random(7)
    with database.read_session() as session:
        people = some_conversations(session, count=samples, chance=chance)
        asked = queries(cipher, people, longest_conversation(session))
    times: dict[tuple[str, str], list[float]] = {(group, name): [] for group in asked for name in asked[group]}
    for number in range(samples + 1):
        for (group, name), seconds in times.items():
            began = time.perf_counter()
            with database.read_session() as session:
                asked[group][name](session, chance)
            # The first round fills the caches.
            if number:
                seconds.append(time.perf_counter() - began)
    return {group: [_summary(name, times[group, name]) for name in asked[group]] for group in asked}


def _summary(name: str, seconds: Sequence[float]) -> Summary:
    p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
    return Summary(name=name, median=statistics.median(seconds), p95=p95, longest=max(seconds))


def table(title: str, measured: dict[str, list[Summary]]) -> str:
    """The result in words and figures."""
    lines = [title, f"{'':<38}{'median':>10}{'95 %':>10}{'longest':>10}"]
    for group, summaries in measured.items():
        goal = GOALS.get(group)
        lines.append(group if goal is None else f"{group}, goal: 95 % within {goal * 1000:.0f} ms")
        for summary in summaries:
            figures = "".join(f"{value * 1000:>7.1f} ms" for value in (summary.median, summary.p95, summary.longest))
            missed = "  MISSED" if goal is not None and summary.p95 > goal else ""
            lines.append(f"  {summary.name:<36}{figures}{missed}")
    return "\n".join(lines)


@contextmanager
def database_urls(kinds: Sequence[str], folder: Path) -> Iterator[dict[str, str]]:
    """A new database of each kind; PostgreSQL's server runs until the end."""
    urls = {}
    server = None
    if "sqlite" in kinds:
        urls["SQLite"] = f"sqlite:///{folder / 'console.db'}"
    if "postgresql" in kinds:
        import pgserver

        server = pgserver.get_server(folder / "postgresql")
        urls["PostgreSQL"] = server.get_uri()
    try:
        yield urls
    finally:
        if server is not None:
            server.cleanup()


def main() -> None:
    """Fill, measure, print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.console", description=__doc__)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=20, help="of each conversation, about")
    parser.add_argument("--samples", type=int, default=100, help="of each query")
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=("sqlite", "postgresql"))
    parser.add_argument("--folder", type=Path, help="where the databases are kept; else in one that is deleted")
    parser.add_argument("--only", choices=("fill", "measure"), help="of a folder that is kept")
    given = parser.parse_args()
    if given.only and not given.folder:
        parser.error("--only needs --folder")
    with ExitStack() as ended:
        folder = given.folder or Path(ended.enter_context(tempfile.TemporaryDirectory(prefix="candidacy-bench-")))
        cipher = Cipher([read_or_create_secret(folder / "encryption-key", lambda: Fernet.generate_key().decode())])
        for kind, url in ended.enter_context(database_urls(given.databases, folder)).items():
            database = Database(url)
            if given.only != "measure":
                _fill(kind, url, database, cipher=cipher, count=given.conversations, messages_each=given.messages)
            if given.only != "fill":
                measured = measure(database, cipher=cipher, samples=given.samples)
                title = f"{kind}: {given.conversations} conversations of about {given.messages} messages"
                print(table(title, measured), flush=True)
            database.dispose()


def _fill(kind: str, url: str, database: Database, *, cipher: Cipher, count: int, messages_each: int) -> None:
    began = time.perf_counter()
    migrate(url)
    fill(database, cipher=cipher, words=load_words(PROJECT), count=count, messages_each=messages_each)
    size = database_bytes(database)
    print(f"{kind}: filled in {time.perf_counter() - began:.0f} s, {size / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
