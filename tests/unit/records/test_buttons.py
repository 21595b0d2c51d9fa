"""Only the buttons of the question that stands can be pressed, and one of them once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from candidacy.assistant.reply import Button, Reply
from candidacy.records.buttons import StaleButton, live_button, press_button
from candidacy.records.conversation_lock import ConversationErased, ConversationUnknown
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import Received, receive, say
from candidacy.records.tables import messages
from candidacy.records.turns import claim_turn, finish_turn

FRACTURE = Reply(
    text="A fracture of the spine?",
    kind="question",
    buttons=(Button("Yes", '/answer{"fracture": "yes"}'), Button("No", '/answer{"fracture": "no"}')),
)
SURGERY = Reply(
    text="Surgery for stenosis?", kind="question", buttons=(Button("Yes", '/answer{"stenosis_surgery": "yes"}'),)
)
STATEMENT = Reply(text="A few days.", kind="answer")


class Talk:
    """One conversation, in the words of a story."""

    def __init__(self, database: Database, conversation: str, now: datetime) -> None:
        self.database, self.conversation, self.now = database, conversation, now

    def opens(self, *replies: Reply) -> None:
        """The assistant says something unasked."""
        with self.database.session() as session:
            say(session, conversation_id=self.conversation, replies=replies, now=self.now)

    def visitor(self, text: str) -> None:
        """The visitor types something."""
        with self.database.session() as session:
            receive(session, conversation_id=self.conversation, client_id=None, text=text, now=self.now)

    def answers(self, *replies: Reply) -> None:
        """The assistant answers the visitor's oldest message that has no answer."""
        with self.database.session() as session:
            turn = claim_turn(session, owner="desk", now=self.now, lease=timedelta(seconds=30))
            assert turn is not None
            assert finish_turn(session, turn=turn, owner="desk", replies=replies, understanding=None, now=self.now)

    def press(self, button_id: str, client_id: str | None = None) -> Received | StaleButton | None:
        """The visitor presses a button."""
        with self.database.session() as session:
            return press_button(
                session, conversation_id=self.conversation, client_id=client_id, button_id=button_id, now=self.now
            )

    def live(self, button_id: str) -> Button | StaleButton | None:
        """What would be pressed."""
        with self.database.session() as session:
            return live_button(session, conversation_id=self.conversation, button_id=button_id)


@pytest.fixture
def talk(database: Database, conversation: str, now: datetime) -> Talk:
    """A conversation that has just begun."""
    return Talk(database, conversation, now)


def test_the_buttons_of_the_opening_are_live(talk: Talk) -> None:
    talk.opens(STATEMENT, FRACTURE)

    assert talk.live("2-2") == Button("No", '/answer{"fracture": "no"}')


def test_the_buttons_of_the_newest_answer_are_live(talk: Talk) -> None:
    talk.visitor("ask me")
    talk.answers(FRACTURE, STATEMENT)

    assert talk.live("2-1") == FRACTURE.buttons[0]


@pytest.mark.parametrize(
    "button_id", ["", "-", "1-1", "2-", "2-0", "2-3", "9-1", "2-1 ", "x-1", "²-1", "9" * 30 + "-1"]
)
def test_a_button_that_was_never_offered_is_none(talk: Talk, button_id: str) -> None:
    talk.visitor("ask me")
    talk.answers(FRACTURE)

    assert talk.live(button_id) is None


def test_a_press_is_the_visitors_message(talk: Talk) -> None:
    talk.opens(FRACTURE)

    pressed = talk.press("1-1", client_id="a")

    assert isinstance(pressed, Received)
    with talk.database.read_session() as session:
        row = session.execute(select(messages).where(messages.c.id == pressed.id)).one()
    assert (row.author, row.text, row.payload, row.turn_state) == (
        "visitor",
        "Yes",
        '/answer{"fracture": "yes"}',
        "pending",
    )


def test_a_button_is_stale_once_another_question_stands(talk: Talk) -> None:
    talk.opens(FRACTURE)
    talk.visitor("no")
    talk.answers(SURGERY)

    assert talk.press("1-1") == StaleButton("Yes")
    assert talk.live("3-1") == SURGERY.buttons[0]


def test_a_button_is_stale_once_the_visitor_wrote_something(talk: Talk) -> None:
    talk.opens(FRACTURE)
    talk.visitor("no")

    assert talk.press("1-1") == StaleButton("Yes")


def test_a_button_is_stale_once_a_person_was_written_to(talk: Talk) -> None:
    talk.opens(FRACTURE)
    talk.visitor("hello, person")
    talk.answers()

    assert talk.press("1-1") == StaleButton("Yes")


def test_a_button_is_stale_while_an_earlier_message_waits_for_its_turn(talk: Talk) -> None:
    talk.visitor("ask me")
    talk.visitor("no fracture")
    talk.answers(FRACTURE)

    assert talk.press("3-1") == StaleButton("Yes")


def test_a_button_is_stale_once_an_earlier_message_was_answered_after_it(talk: Talk) -> None:
    talk.visitor("ask me")
    talk.visitor("no fracture")
    talk.answers(FRACTURE)
    talk.answers(SURGERY)

    assert talk.press("3-1") == StaleButton("Yes")
    assert talk.live("4-1") == SURGERY.buttons[0]


def test_a_press_sent_twice_is_one_message(talk: Talk) -> None:
    talk.opens(FRACTURE)
    first = talk.press("1-1", client_id="a")
    assert isinstance(first, Received)

    assert talk.press("1-1", client_id="a") == Received(id=first.id, position=first.position, duplicate=True)
    talk.answers(SURGERY)
    assert talk.press("1-1", client_id="a") == Received(id=first.id, position=first.position, duplicate=True)


def test_of_yes_and_no_pressed_at_once_one_counts(talk: Talk, at_once: Callable[..., list[object]]) -> None:
    talk.opens(FRACTURE)

    results = at_once(8, lambda number: talk.press(f"1-{number % 2 + 1}", client_id=str(number)))

    assert sum(isinstance(result, Received) for result in results) == 1
    assert sum(isinstance(result, StaleButton) for result in results) == 7


def test_one_press_posted_many_times_at_once_is_one_message(talk: Talk, at_once: Callable[..., list[Received]]) -> None:
    talk.opens(FRACTURE)

    results = at_once(8, lambda _: talk.press("1-1", client_id="a"))

    assert sorted(result.duplicate for result in results) == [False] + [True] * 7
    assert len({result.id for result in results}) == 1


def test_no_button_is_pressed_where_nothing_is(talk: Talk) -> None:
    talk.opens(FRACTURE)
    with talk.database.session() as session:
        erase_conversation(session, conversation_id=talk.conversation, now=talk.now)

    with pytest.raises(ConversationErased):
        talk.press("1-1")
    talk.conversation = "nowhere"
    with pytest.raises(ConversationUnknown):
        talk.press("1-1")
