"""Who follows a conversation learns what is new in it, and how it stands."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from candidacy.assistant.reply import Button, Reply
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import receive, say
from candidacy.records.news import (
    LOOK_LENGTH,
    PAGE_LENGTH,
    News,
    conversations_with_news,
    news_of_message,
    news_of_turn,
    read_news,
)
from candidacy.records.tables import conversations
from candidacy.records.turn import Taker
from candidacy.records.turns import finish_turn
from candidacy.records.visitor_sessions import end_session

STATEMENT = Reply(text="A few days.", kind="answer")
QUESTION = Reply(text="A fracture?", kind="question", buttons=(Button("Yes", "/yes"),))


def news(database: Database, conversation: str, position: int = 0) -> News:
    with database.read_session() as session:
        return read_news(session, conversation_id=conversation, position=position)


def said(database: Database, conversation: str, now: datetime, *replies: Reply) -> None:
    with database.session() as session:
        say(session, conversation_id=conversation, replies=replies, now=now)


def test_it_is_what_was_said_after_a_position(database: Database, conversation: str, now: datetime) -> None:
    said(database, conversation, now, STATEMENT, QUESTION)

    assert [view.id for view in news(database, conversation).messages] == [1, 2]
    assert [view.id for view in news(database, conversation, 1).messages] == [2]
    assert news(database, conversation, 2).messages == []


def test_it_is_known_up_to_the_last_one_found(database: Database, conversation: str, now: datetime) -> None:
    said(database, conversation, now, STATEMENT, STATEMENT)

    assert (news(database, conversation, 1).after, news(database, conversation, 1).last) == (1, 2)
    assert (news(database, conversation, 2).after, news(database, conversation, 2).last) == (2, 2)


def test_a_full_page_says_that_there_may_be_more(database: Database, conversation: str, now: datetime) -> None:
    said(database, conversation, now, *[STATEMENT] * (PAGE_LENGTH + 1))

    assert news(database, conversation).more
    assert not news(database, conversation, 2).more


def test_buttons_are_live_until_the_visitor_says_something(
    database: Database, conversation: str, now: datetime
) -> None:
    said(database, conversation, now, STATEMENT, QUESTION)
    assert news(database, conversation).live == {1, 2}

    with database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text="no", now=now)
    assert news(database, conversation).live == frozenset()


@pytest.mark.parametrize(("state", "working"), [("assistant", True), ("waiting", True), ("person", False)])
def test_the_assistant_works_while_it_owes_an_answer(
    database: Database, conversation: str, now: datetime, state: str, working: bool
) -> None:
    assert not news(database, conversation).working
    with database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text="no", now=now)
        session.execute(update(conversations).values(state=state))

    assert news(database, conversation).working is working


def test_it_says_how_the_session_stands(database: Database, now: datetime) -> None:
    ends = now + timedelta(hours=1)
    with database.session() as session:
        conversation, _ = start_conversation(session, channel="web", now=now, expires_at=ends)
    assert (news(database, conversation).expires_at, news(database, conversation).ended) == (ends, False)

    with database.session() as session:
        end_session(session, conversation_id=conversation, now=now)
    assert news(database, conversation).ended


def test_where_nothing_is_there_is_no_news(database: Database) -> None:
    assert news(database, "nowhere") == News(
        after=0, messages=[], live=frozenset(), owed=False, with_person=False, ended=False, expires_at=None
    )


def test_one_look_finds_the_conversations_with_news(database: Database, now: datetime) -> None:
    with database.session() as session:
        behind, up_to_date, ended, erased = [start_conversation(session, channel="web", now=now)[0] for _ in range(4)]
        for conversation in (behind, up_to_date, ended, erased):
            say(session, conversation_id=conversation, replies=[STATEMENT, STATEMENT], now=now)
        end_session(session, conversation_id=ended, now=now)
        erase_conversation(session, conversation_id=erased, now=now)
        say(session, conversation_id=erased, replies=[STATEMENT], now=now)

    waiting = {behind: 1, up_to_date: 2, ended: 2, erased: 2, "nowhere": 0}
    with database.read_session() as session:
        assert set(conversations_with_news(session, waiting=waiting)) == {behind, ended, erased}
        assert conversations_with_news(session, waiting={}) == []


def test_any_number_of_conversations_can_be_followed(database: Database, conversation: str, now: datetime) -> None:
    said(database, conversation, now, STATEMENT)
    waiting = {str(number): 0 for number in range(2 * LOOK_LENGTH)} | {conversation: 0}

    with database.read_session() as session:
        assert conversations_with_news(session, waiting=waiting) == [conversation]


@pytest.mark.parametrize("state", ["assistant", "person"])
def test_what_is_known_of_a_message_as_it_is_stored_is_what_would_be_read(
    database: Database, conversation: str, now: datetime, state: str
) -> None:
    said(database, conversation, now, QUESTION)
    until = now + timedelta(hours=1)
    with database.session() as session:
        session.execute(update(conversations).values(state=state))
        received = receive(
            session,
            conversation_id=conversation,
            client_id="a",
            text="how long?",
            taker=Taker("desk", timedelta(seconds=5), lambda: now),
            session_until=until,
            now=now,
        )
        assert received.turn is not None
        known = news_of_message(received, turn=received.turn, client_id="a", expires_at=until, now=now)
        assert known == read_news(session, conversation_id=conversation, position=1)


@pytest.mark.parametrize("buttons", [True, False])
@pytest.mark.parametrize("then", ["nothing", "another message waits", "a person took it", "the session ended"])
def test_what_is_known_of_a_turn_as_it_is_finished_is_what_would_be_read(
    database: Database, conversation: str, now: datetime, buttons: bool, then: str
) -> None:
    said(database, conversation, now, QUESTION)
    with database.session() as session:
        turn = receive(
            session,
            conversation_id=conversation,
            client_id="a",
            text="how long?",
            taker=Taker("desk", timedelta(seconds=5), lambda: now),
            session_until=now + timedelta(hours=1),
            now=now,
        ).turn
        assert turn is not None
        if then == "another message waits":
            receive(session, conversation_id=conversation, client_id="b", text="hello?", now=now)
        elif then == "a person took it":
            session.execute(update(conversations).values(state="person"))
        elif then == "the session ended":
            end_session(session, conversation_id=conversation, now=now)
        finished = finish_turn(
            session,
            turn=turn,
            owner="desk",
            replies=[Reply(text="Call 911.", kind="emergency", facts=("F1",)), *([QUESTION] if buttons else [])],
            understanding=None,
            now=now,
        )
        assert finished is not None
        known = news_of_turn(finished, owed=then == "another message waits")
        assert known == read_news(session, conversation_id=conversation, position=finished.conversation.last_position)
