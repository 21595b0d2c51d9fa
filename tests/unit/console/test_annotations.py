"""Notes, tags and acknowledged red flags: seen by staff, entered in the audit without their words, never said."""

from typing import Any

import pytest

from candidacy.assistant.reply import Reply
from candidacy.records.console.transcript import transcript_page
from tests.unit.console.test_html import check
from tests.unit.records.console.conftest import Clinic

EMERGENCY = Reply(text="Call 911 now.", kind="emergency")


@pytest.fixture
def clinic(database: Any, clock: Any) -> Clinic:
    return Clinic(database=database, now=clock())


@pytest.fixture
def conversation(clinic: Clinic) -> str:
    conversation = clinic.begin()
    clinic.turn(conversation, "I cannot feel my legs", EMERGENCY)
    return conversation


def test_a_red_flag_alarms_until_somebody_acknowledges_it_by_name(
    signed_in: Any, conversation: str, audit: Any
) -> None:
    agent = signed_in("agent")
    assert 'data-alarming="yes"' in agent.get(f"/conversations/{conversation}").text
    assert agent.post(f"/conversations/{conversation}/acknowledge").status_code == 303
    assert (audit()[-1].action, audit()[-1].detail) == ("conversation.acknowledge", {"red_flags": 1})
    page = agent.get(f"/conversations/{conversation}").text
    check(page)
    assert "Acknowledged by Ann Agent" in page
    assert "acknowledge as" not in page
    assert "(acknowledged)" in agent.get("/inbox").text


def test_a_note_is_seen_by_staff_and_said_to_nobody(
    signed_in: Any, conversation: str, database: Any, database_url: str, audit: Any
) -> None:
    reviewer = signed_in("reviewer")
    kept = reviewer.post(f"/conversations/{conversation}/notes", {"text": " Sounds <frightened> "})
    assert kept.status_code == 303
    assert (audit()[-1].action, audit()[-1].detail) == ("conversation.note", {"note": 1})
    page = reviewer.get(f"/conversations/{conversation}").text
    check(page)
    assert "Sounds &lt;frightened&gt;" in page
    with database.read_session() as session:
        said = transcript_page(session, conversation_id=conversation).messages
    assert "frightened" not in repr([message.text for message in said])
    assert "frightened" not in repr([vars(entry) for entry in audit()])


def test_tags_are_put_on_and_taken_off(signed_in: Any, conversation: str, audit: Any) -> None:
    agent = signed_in("agent")
    path = f"/conversations/{conversation}/tags"
    assert agent.post(path, {"tag": "  Call  Friday "}).status_code == 303
    assert (audit()[-1].action, audit()[-1].detail) == ("conversation.tag", None)
    page = agent.get(f"/conversations/{conversation}").text
    check(page)
    assert "call friday: remove" in page
    assert agent.post(f"{path}/remove", {"tag": "call friday"}).status_code == 303
    assert audit()[-1].action == "conversation.untag"
    assert "call friday" not in agent.get(f"/conversations/{conversation}").text


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("notes", {"text": " "}, "A note must have"),
        ("notes", {"text": "x" * 4001}, "A note must have"),
        ("tags", {"tag": ""}, "A tag must have"),
        ("tags", {"tag": "x" * 61}, "A tag must have"),
        ("tags/remove", {"tag": " "}, "A tag must have"),
    ],
)
def test_what_cannot_be_kept_is_said(
    signed_in: Any, conversation: str, path: str, fields: dict[str, str], said: str
) -> None:
    page = signed_in("agent").post(f"/conversations/{conversation}/{path}", fields)
    assert page.status_code == 422
    assert said in page.text
    check(page.text)


@pytest.mark.parametrize("path", ["acknowledge", "notes", "tags"])
def test_nothing_is_kept_where_there_is_no_conversation(signed_in: Any, path: str) -> None:
    fields = {"text": "Hello", "tag": "knee"}
    assert signed_in("agent").post(f"/conversations/nowhere/{path}", fields).status_code == 404


@pytest.mark.parametrize("path", ["acknowledge", "notes", "tags", "tags/remove"])
def test_a_reader_is_refused(signed_in: Any, conversation: str, path: str, audit: Any) -> None:
    assert signed_in("reader").post(f"/conversations/{conversation}/{path}", {"text": "x"}).status_code == 403
    assert audit()[-1].outcome == "refused"
