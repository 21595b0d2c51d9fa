"""Fills a migrated database with made-up conversations, as many as asked for, for `bench.console`.

What visitors and the assistant say is taken from the evaluation's rows and from domain.yml, with rare words among it,
so that a search meets words as common and as rare as they are.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from candidacy.records.console.name_words import name_indexes
from candidacy.records.console.tables import call_backs, conversation_tags, red_flags, request_name_words
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import consultation_requests, conversations, messages

NOW = datetime(2026, 3, 9, 15, tzinfo=timezone.utc)
YEARS = 3
STAFF = 12
TAGS = ("follow up", "insurance", "spanish", "second opinion", "complaint", "press", "research", "vip", "test", "rare")
LONG_CONVERSATIONS = 3
LONG_CONVERSATION_MESSAGES = 2000
AT_ONCE = 500
"""Conversations a transaction."""
FIRST_NAMES = (
    "Ann",
    "Ben",
    "Carla",
    "Dev",
    "Eve",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jo",
    "Kay",
    "Liam",
    "Mia",
    "Noor",
)
_QUESTIONS = ("answer", "answer", "answer", "not_covered", "clinician")


@dataclass
class Words:
    """What is said, and the words that the search looks for."""

    visitor: Sequence[str]
    assistant: Sequence[str]
    topics: Sequence[str]
    last_names: Sequence[str] = field(default_factory=lambda: [f"name{number:05d}" for number in range(20_000)])

    def by_visitor(self, chance: random.Random) -> str:
        """A visitor's message; one in three holds a word that few others hold."""
        said = chance.choice(self.visitor)
        return f"{said} {rare_word(chance)}" if chance.random() < 1 / 3 else said


@dataclass(frozen=True)
class Plan:
    """How many conversations, of about how many messages; the last of them are long."""

    count: int
    messages_each: int
    long_conversations: int


def rare_word(chance: random.Random) -> str:
    """A word out of 50,000, the later ones the rarer."""
    return f"word{int(50_000 * chance.random() ** 3):05d}"


def load_words(project: Path) -> Words:
    """What there is to say."""
    rows = (project / "tests/evaluation/development/faq.tsv").read_text(encoding="utf-8").splitlines()[1:]
    responses = yaml.load((project / "domain.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["responses"]
    return Words(
        visitor=[row.split("\t")[0] for row in rows],
        assistant=[variants[0]["text"] for name, variants in responses.items() if name.startswith("utter_faq")],
        topics=[name.removeprefix("utter_") for name in responses if name.startswith("utter_faq/")],
    )


def fill(
    database: Database,
    *,
    cipher: Cipher,
    words: Words,
    count: int,
    messages_each: int,
    long_conversations: int = LONG_CONVERSATIONS,
) -> None:
    """Put so many conversations of about so many messages into an empty database; prints how far it is.

    The last `long_conversations` of them have `LONG_CONVERSATION_MESSAGES`.
    """
    plan = Plan(count=count, messages_each=messages_each, long_conversations=long_conversations)
    chance = random.Random(20260309)
    with database.session() as session:
        session.execute(insert(staff_accounts), [_staff(number) for number in range(1, STAFF + 1)])
    for start in range(0, count, AT_ONCE):
        with database.session() as session:
            _fill_some(session, cipher, words, chance, range(start, min(start + AT_ONCE, count)), plan)
        if (start // AT_ONCE) % 20 == 0:
            print(f"{start:>8} of {count} conversations", flush=True)
    with database.session() as session:
        session.execute(text("ANALYZE"))


def _staff(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "sign_in_name": f"staff{number}",
        "full_name": f"Staff {number}",
        "role": "agent",
        "created_at": NOW,
    }


def _fill_some(
    session: Session,
    cipher: Cipher,
    words: Words,
    chance: random.Random,
    numbers: range,
    plan: Plan,
) -> None:
    begun = [_conversation(number, plan, chance) for number in numbers]
    session.execute(insert(conversations), begun)
    session.execute(insert(messages), [row for one in begun for row in _messages(one, words, chance)])
    tags = [
        {"conversation_id": one["id"], "tag": TAGS[min(9, int(chance.expovariate(0.8)))], "staff_id": 1, "at": NOW}
        for one in begun
        if chance.random() < 0.1
    ]
    if tags:
        session.execute(insert(conversation_tags), tags)
    flags = [
        {"conversation_id": one["id"], "level": one["red_flag"], "at": one["created_at"]}
        for one in begun
        if one["red_flag"]
    ]
    if flags:
        session.execute(insert(red_flags), flags)
    _requests(session, cipher, words, chance, [one for one in begun if one["requested_at"]])


def _conversation(number: int, plan: Plan, chance: random.Random) -> dict[str, Any]:
    created = NOW - timedelta(days=365 * YEARS) * (1 - number / plan.count)
    is_long = number >= plan.count - plan.long_conversations
    usual = max(2, int(chance.gauss(plan.messages_each, plan.messages_each / 4)))
    length = LONG_CONVERSATION_MESSAGES if is_long else usual
    state = chance.choices(("closed", "assistant", "waiting", "person"), (700, 290, 4, 6))[0]
    flagged = chance.random() < 0.03
    consented = created if chance.random() < 0.4 else None
    finished = created if consented and chance.random() < 0.7 else None
    channel = "web" if chance.random() < 0.7 else "sms"
    return {
        "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "channel": channel,
        "texter_key": f"{chance.getrandbits(256):064x}" if channel == "sms" else None,
        "state": state,
        "last_position": length,
        "created_at": created,
        "last_activity_at": created + timedelta(minutes=length),
        "waiting_since": created if state == "waiting" else None,
        "assignee_id": chance.randint(1, STAFF) if state == "person" or chance.random() < 0.05 else None,
        "claimed_at": created if state == "person" else None,
        "alarming": flagged and number > plan.count * 0.98,
        "red_flag": chance.choice(("emergency", "crisis", "urgent")) if flagged else None,
        "low_confidence_at": created if chance.random() < 0.15 else None,
        "unanswered_at": created if chance.random() < 0.2 else None,
        "outcome": chance.choice(("reported", "unclear", "nothing_reported", "danger")) if finished else None,
        "last_question": chance.choice(("fracture", "age_related", "stenosis_surgery")) if consented else None,
        "started_at": created,
        "consented_at": consented,
        "finished_at": finished,
        "requested_at": created if chance.random() < 0.08 else None,
    }


def _messages(conversation: dict[str, Any], words: Words, chance: random.Random) -> Iterator[dict[str, Any]]:
    for position in range(1, conversation["last_position"] + 1):
        visitor = position % 2 == 0
        kind = None if visitor else chance.choice(_QUESTIONS)
        yield {
            "conversation_id": conversation["id"],
            "position": position,
            "author": "visitor" if visitor else "assistant",
            "text": words.by_visitor(chance) if visitor else chance.choice(words.assistant),
            "kind": kind,
            "topic": None if visitor else chance.choice(words.topics),
            "facts": None if visitor else ["F1"],
            "buttons": None,
            "understanding": {"intent": {"name": "faq", "confidence": 0.9}} if visitor else None,
            "turn_state": "done" if visitor else None,
            "turn_attempts": 0,
            "delivery_attempts": 0,
            "created_at": conversation["created_at"] + timedelta(minutes=position),
        }


def _requests(
    session: Session, cipher: Cipher, words: Words, chance: random.Random, asking: list[dict[str, Any]]
) -> None:
    if not asking:
        return
    requests, names, calls = [], [], []
    for one in asking:
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(words.last_names)}"
        phone = f"+1212{chance.randint(2_000_000, 9_999_999)}"
        requests.append(
            {
                "conversation_id": one["id"],
                "reference": f"SF-{uuid.UUID(int=chance.getrandbits(128)).hex[:10]}",
                "name_encrypted": cipher.encrypt(name),
                "phone_encrypted": cipher.encrypt(phone),
                "phone_index": cipher.blind_index(phone),
                "contact_method": "call",
                "contact_time": "any",
                "consent_wording_version": "1",
                "status": "new",
                "created_at": one["created_at"],
                "updated_at": one["created_at"],
            }
        )
        names += [{"conversation_id": one["id"], "word_index": index} for index in name_indexes(cipher, name)]
        is_open = chance.random() < 0.05
        calls.append(
            {
                "conversation_id": one["id"],
                "reason": "consultation",
                "requested_at": one["created_at"],
                "due_at": one["created_at"] + timedelta(hours=4),
                "attempts": 0,
                "closed_at": None if is_open else one["created_at"],
                "closed_as": None if is_open else "scheduled",
            }
        )
    session.execute(insert(consultation_requests), requests)
    session.execute(insert(request_name_words), names)
    session.execute(insert(call_backs), calls)


def database_bytes(database: Database) -> int:
    """What the database takes on disk, its indexes and the search index with it."""
    statement = {
        True: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        False: "SELECT pg_database_size(current_database())",
    }[database.one_writer]
    with database.read_session() as session:
        return int(session.execute(text(statement)).scalar_one())


def some_conversations(session: Session, *, count: int, chance: random.Random) -> list[str]:
    """So many of the conversations, picked at random."""
    ids = list(session.execute(select(conversations.c.id)).scalars())
    return chance.sample(ids, min(count, len(ids)))


def longest_conversation(session: Session) -> str:
    """The conversation with the most messages."""
    statement = select(conversations.c.id).order_by(conversations.c.last_position.desc()).limit(1)
    return str(session.execute(statement).scalar_one())
