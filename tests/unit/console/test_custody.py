"""Claiming, answering, handing back and closing: each once, by whom it belongs to, and with its entry in the audit."""

import re
from datetime import datetime, timezone
from typing import Any

import pytest
from sqlalchemy import select

from candidacy.records.console.transcript import conversation_header, transcript_page
from candidacy.records.messages import receive
from candidacy.records.tables import messages
from tests.unit.console.test_html import check
from tests.unit.records.console.conftest import Clinic


@pytest.fixture
def clinic(database: Any, clock: Any) -> Clinic:
    return Clinic(database=database, now=clock())


@pytest.fixture
def conversation(clinic: Clinic) -> str:
    conversation = clinic.begin()
    clinic.write(conversation, "Can I talk to somebody?")
    return conversation


@pytest.fixture
def standing(database: Any, conversation: str) -> Any:
    def read() -> tuple[str, int | None]:
        with database.read_session() as session:
            header = conversation_header(session, conversation_id=conversation)
        assert header is not None
        return header.state, header.assignee_id

    return read


@pytest.fixture
def said(database: Any, conversation: str) -> Any:
    def read() -> list[tuple[str, str]]:
        with database.read_session() as session:
            page = transcript_page(session, conversation_id=conversation)
        return [(message.author, message.text) for message in page.messages]

    return read


def last(audit: Any) -> tuple[Any, ...]:
    entry = audit()[-1]
    return entry.action, entry.subject, entry.outcome


def reply(browser: Any, conversation: str, text: str, *, key: str = "k1") -> Any:
    return browser.post(f"/conversations/{conversation}/reply", {"text": text, "message_key": key})


def test_of_two_who_claim_one_gets_it_and_the_other_sees_who(
    signed_in: Any, hire: Any, conversation: str, standing: Any, said: Any, audit: Any
) -> None:
    ann, ben = hire("agent"), hire("agent", sign_in_name="ben")
    won = signed_in(person=ann).post(f"/conversations/{conversation}/claim")
    assert (won.status_code, won.headers["location"]) == (303, f"/conversations/{conversation}")
    assert last(audit) == ("conversation.claim", f"conversation/{conversation}", "done")
    lost = signed_in(person=ben).post(f"/conversations/{conversation}/claim")
    assert lost.status_code == 409
    assert "Ann Agent has this conversation now." in lost.text
    assert last(audit) == ("conversation.claim", f"conversation/{conversation}", "refused")
    assert audit()[-1].detail == {"holder": ann.account.id}
    assert standing() == ("person", ann.account.id)
    assert said()[-1][0] == "system"
    assert "staff has this chat now" in said()[-1][1]


def test_a_reply_reaches_the_visitor_once(signed_in: Any, conversation: str, said: Any, audit: Any) -> None:
    agent = signed_in("agent")
    agent.post(f"/conversations/{conversation}/claim")
    page = agent.get(f"/conversations/{conversation}").text
    check(page)
    assert "I am here now" in page
    key = re.search(r'name="message_key" value="([^"]+)"', page)
    assert key
    for _ in range(2):
        sent = reply(agent, conversation, " Yes, <b>gladly</b>. ", key=key[1])
        assert (sent.status_code, sent.headers["location"]) == (303, f"/conversations/{conversation}#m3")
    assert [words for words in said() if words[0] == "staff"] == [("staff", "Yes, <b>gladly</b>.")]
    assert last(audit) == ("conversation.reply", f"conversation/{conversation}", "done")
    assert "gladly" not in repr([vars(entry) for entry in audit()])


def test_who_went_on_by_text_message_is_texted(
    signed_in: Any, clinic: Clinic, conversation: str, database: Any
) -> None:
    with database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text="hi", channel="sms", now=clinic.now)
    agent = signed_in("agent")
    agent.post(f"/conversations/{conversation}/claim")
    reply(agent, conversation, "Yes, gladly.")
    with database.read_session() as session:
        said = transcript_page(session, conversation_id=conversation).messages[-2:]
    assert [message.delivery_state for message in said] == ["queued", "queued"]
    assert said[0].text.startswith("Clinic staff have this chat now")


@pytest.fixture
def texting(clinic: Clinic, clock: Any, cipher: Any) -> str:
    """A conversation by text in which somebody in New York wrote at noon; an hour to midnight there now."""
    conversation = clinic.begin(channel="sms")
    clinic.text("+12125550123", conversation, cipher=cipher)
    clinic.write(conversation, "Can I talk to somebody?")
    clock.present = datetime(2030, 5, 2, 3, 0, tzinfo=timezone.utc)
    return conversation


def outgoing(database: Any, conversation: str) -> list[tuple[str, str | None]]:
    """What staff said there, and whether it goes out at once."""
    with database.read_session() as session:
        rows = session.execute(
            select(messages).where(messages.c.conversation_id == conversation, messages.c.author == "staff")
        ).all()
    return [(row.text, row.next_attempt_at) for row in rows]


def test_a_reply_at_night_is_held_back_until_staff_say_when(
    signed_in: Any, texting: str, database: Any, audit: Any
) -> None:
    agent = signed_in("agent")
    agent.post(f"/conversations/{texting}/claim")
    warned = reply(agent, texting, "About <b>tomorrow</b>")
    check(warned.text)
    assert warned.status_code == 409
    assert "It is 23:0" in warned.text
    assert "Send at 08:00 on Thursday, their time" in warned.text
    assert "About &lt;b&gt;tomorrow&lt;/b&gt;" in warned.text
    assert outgoing(database, texting) == []
    assert ("conversation.reply", "refused") in [(entry.action, entry.outcome) for entry in audit()]


@pytest.mark.parametrize(("when", "at_once"), [("wait", False), ("anyway", True)])
def test_they_say_when(signed_in: Any, texting: str, database: Any, clock: Any, when: str, at_once: bool) -> None:
    agent = signed_in("agent")
    agent.post(f"/conversations/{texting}/claim")
    fields = {"text": "About tomorrow", "message_key": "k1", "when": when}
    assert agent.post(f"/conversations/{texting}/reply", fields).status_code == 303
    assert outgoing(database, texting) == [("About tomorrow", clock() if at_once else None)]


def test_who_wrote_a_moment_ago_is_answered_without_asking(
    signed_in: Any, texting: str, clinic: Clinic, database: Any, clock: Any
) -> None:
    clinic.write(texting, "Are you there?", at=clock())
    agent = signed_in("agent")
    agent.post(f"/conversations/{texting}/claim")
    assert reply(agent, texting, "Yes").status_code == 303
    assert len(outgoing(database, texting)) == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_reply_that_cannot_be_sent_stays_in_the_page(
    signed_in: Any, conversation: str, said: Any, text: str, audit: Any
) -> None:
    agent = signed_in("agent")
    agent.post(f"/conversations/{conversation}/claim")
    refused = reply(agent, conversation, text)
    assert refused.status_code == 422
    assert "It was not sent" in refused.text
    assert text.strip() in refused.text
    assert "staff" not in [author for author, _ in said()]
    assert last(audit)[0] == "conversation.view"


def test_who_does_not_have_it_cannot_answer_and_keeps_what_was_typed(
    signed_in: Any, hire: Any, conversation: str, said: Any, audit: Any
) -> None:
    ben = signed_in(person=hire("agent", sign_in_name="ben"))
    nobody = reply(ben, conversation, "Hello there")
    assert nobody.status_code == 409
    assert "Nobody has this conversation now" in nobody.text
    signed_in("agent").post(f"/conversations/{conversation}/claim")
    refused = reply(ben, conversation, "Hello there")
    check(refused.text)
    assert refused.status_code == 409
    assert "Ann Agent has this conversation now. Your reply was not sent" in refused.text
    assert "Hello there" in refused.text
    assert "staff" not in [author for author, _ in said()]
    assert ("conversation.reply", "refused") in [(entry.action, entry.outcome) for entry in audit()]


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_a_reply_has_the_key_of_its_page(signed_in: Any, conversation: str, key: str) -> None:
    assert reply(signed_in("agent"), conversation, "Hello", key=key).status_code == 400


def test_a_conversation_is_taken_from_who_has_it_and_from_nobody_else(
    signed_in: Any, hire: Any, conversation: str, standing: Any, audit: Any
) -> None:
    ann, ben = hire("agent"), hire("agent", sign_in_name="ben")
    signed_in(person=ann).post(f"/conversations/{conversation}/claim")
    taker = signed_in(person=ben)
    take = f"/conversations/{conversation}/take"
    assert "Take it over from Ann Agent" in taker.get(f"/conversations/{conversation}").text
    assert taker.post(take, {"holder_id": "99"}).status_code == 409
    assert last(audit)[2] == "refused"
    assert taker.post(take, {"holder_id": "nobody"}).status_code == 400
    assert taker.post(take, {"holder_id": str(ann.account.id)}).status_code == 303
    assert standing() == ("person", ben.account.id)
    assert last(audit) == ("conversation.take", f"conversation/{conversation}", "done")


def test_what_is_handed_back_the_assistant_has_again(
    signed_in: Any, hire: Any, conversation: str, standing: Any, said: Any, audit: Any
) -> None:
    agent = signed_in("agent")
    back = f"/conversations/{conversation}/hand-back"
    assert agent.post(back).status_code == 409
    assert last(audit) == ("conversation.hand_back", f"conversation/{conversation}", "refused")
    agent.post(f"/conversations/{conversation}/claim")
    assert signed_in(person=hire("agent", sign_in_name="ben")).post(back).status_code == 409
    assert agent.post(back).status_code == 303
    assert standing() == ("assistant", None)
    assert "automated assistant again" in said()[-1][1]
    assert last(audit) == ("conversation.hand_back", f"conversation/{conversation}", "done")


def test_a_closed_conversation_opens_when_the_visitor_writes(
    signed_in: Any, hire: Any, clinic: Clinic, conversation: str, standing: Any, audit: Any
) -> None:
    agent = signed_in("agent")
    agent.post(f"/conversations/{conversation}/claim")
    close = f"/conversations/{conversation}/close"
    assert signed_in(person=hire("agent", sign_in_name="ben")).post(close).status_code == 409
    assert agent.post(close).status_code == 303
    assert standing()[0] == "closed"
    assert last(audit) == ("conversation.close", f"conversation/{conversation}", "done")
    assert agent.post(close).status_code == 409
    with clinic.database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text="One more thing", now=clinic.now)
    assert standing()[0] == "assistant"


@pytest.mark.parametrize("act", ["claim", "take", "hand-back", "close", "reply"])
def test_nothing_is_done_where_there_is_no_conversation(signed_in: Any, act: str) -> None:
    agent = signed_in("agent")
    fields = {"holder_id": "1", "text": "Hello", "message_key": "k"}
    assert agent.post(f"/conversations/nowhere/{act}", fields).status_code == 404


@pytest.mark.parametrize("role", ["reader", "reviewer"])
@pytest.mark.parametrize("act", ["claim", "take", "hand-back", "close", "reply"])
def test_who_may_not_answer_is_refused(
    signed_in: Any, conversation: str, standing: Any, role: str, act: str, audit: Any
) -> None:
    refused = signed_in(role).post(f"/conversations/{conversation}/{act}")
    assert refused.status_code == 403
    assert audit()[-1].outcome == "refused"
    assert standing() == ("assistant", None)
