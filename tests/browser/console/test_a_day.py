"""A staff member's day: from the one-time link to the sign-out, with people who write to the running product."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.console.clinic import AGENT, REVIEWER, OpenClinic
from tests.sms.telephone import Telephone
from tests.support.browser import Chat, new_chat
from tests.support.clinic_day import EMERGENCY, PERSON, REQUEST, SCREENING
from tests.support.console import Desk
from tests.support.conversation import Visitor

MISREAD = "will they have me up on my feet on day one"
AGREED = ("Yes, they may", "Yes, send it")
UNTIL_THE_FIRST_QUESTION = ("Answer screening questions", "Yes, start", "Me", "Yes", "No, none of these")


@pytest.fixture
def visitor(browser: Browser, clinic: OpenClinic) -> Iterator[Chat]:
    """Somebody at the website chat, in a browser of their own."""
    chat, context = new_chat(browser, clinic.stack.url)
    yield chat.visit().open()
    context.close()


@pytest.fixture
def desk(browser: Browser, clinic: OpenClinic) -> Iterator[Desk]:
    """A browser at which nobody is signed in yet."""
    desk = Desk(browser, clinic.stack.console_url)
    yield desk
    desk.close()
    assert desk.errors == []


@dataclass(frozen=True)
class Day:
    """What the day is made of: the clinic, Jo's desk, and somebody who approves what Jo proposes."""

    clinic: OpenClinic
    jo: Desk
    robin: Desk


def test_a_day(clinic: OpenClinic, desk: Desk, visitor: Chat, tmp_path: Path) -> None:
    day = Day(clinic, jo=desk, robin=clinic.desks[REVIEWER])
    jo_is_hired_and_signs_in(day)
    a_red_flag_arrives_while_the_inbox_is_open(day)
    a_visitor_who_waits_is_answered_and_handed_back_to_the_same_question(day, visitor)
    a_texter_who_waits_is_answered_exactly_once(day)
    somebody_is_called_back(day)
    a_misunderstanding_is_corrected_approved_and_exported(day, tmp_path)
    the_numbers_lead_to_their_conversations(day)
    jo_signs_out(day)


def jo_is_hired_and_signs_in(day: Day) -> None:
    told = day.clinic.stack.command("staff", "add", "jo", "--name", "Jo Field", "--role", AGENT)
    app = day.jo.set_up(told.splitlines()[-1])
    day.jo.sign_in("jo", app)


def a_red_flag_arrives_while_the_inbox_is_open(day: Day) -> None:
    jo = day.jo
    jo.go("Inbox")
    expect(jo.page.locator("#live")).to_have_text("New messages appear by themselves.")
    jo.page.evaluate("window.loadedOnce = true")

    visitor = Visitor(day.clinic.stack)
    visitor.say(EMERGENCY)

    line = jo.line(visitor.conversation)
    expect(line).to_contain_text("Red flag: emergency")
    expect(jo.page.locator("#live")).to_have_text("A red flag has come in.")
    expect(jo.page).to_have_title(re.compile(r"^\(\d+ red\) Inbox"))
    assert jo.page.evaluate("window.loadedOnce")

    jo.open_line(visitor.conversation)
    jo.press("I have seen it: acknowledge as Jo Field")
    expect(jo.section(re.compile("^Red flag"))).to_contain_text("Acknowledged by Jo Field")
    jo.go("Inbox")
    expect(jo.line(visitor.conversation)).to_contain_text("Red flag: emergency (acknowledged)")


def a_visitor_who_waits_is_answered_and_handed_back_to_the_same_question(day: Day, visitor: Chat) -> None:
    jo = day.jo
    for title in UNTIL_THE_FIRST_QUESTION:
        visitor.press(title)
    question = visitor.texts()[-1]
    visitor.press(PERSON)

    jo.go("Inbox")
    jo.open_line(conversation_in(visitor))
    jo.press("Claim and answer")
    visitor.write("yes, I broke L1")
    expect(jo.messages.last).to_contain_text("yes, I broke L1")
    jo.write("Your reply to the visitor", "Hello, this is Jo. Which hospital was it?")
    jo.press("Send to the visitor")
    expect(visitor.messages.last).to_contain_text("Hello, this is Jo. Which hospital was it?")

    jo.press("Hand back to the assistant")
    expect(visitor.messages.last).to_contain_text(question)
    assert visitor.texts().count(question) == 2
    visitor.press("No")
    assert question not in visitor.texts()[-1]


def a_texter_who_waits_is_answered_exactly_once(day: Day) -> None:
    jo, stack, recorder = day.jo, day.clinic.stack, day.clinic.recorder
    telephone = Telephone(stack, recorder)
    for text in ("hello", "yes", "I'd rather talk to a person"):
        telephone.text(text)

    jo.open("/inbox?state=waiting&channel=sms")
    jo.page.locator("#lines > li").first.get_by_role("link").click()
    jo.press("Claim and answer")
    jo.choose("Put a ready reply into the field", "I am here now")
    reply = jo.page.get_by_label("Your reply to the visitor").input_value()
    jo.press("Send to the visitor")
    expect(jo.messages.last).to_contain_text("Delivered")
    telephone.settle()
    assert recorder.sent_to(telephone.number).count(reply) == 1


def somebody_is_called_back(day: Day) -> None:
    jo = day.jo
    Visitor(day.clinic.stack).answer(*SCREENING, "Yes, that is right", REQUEST[0], "Max Hill", *REQUEST[2:], *AGREED)
    jo.go("Call-backs")
    jo.follow("Max Hill")
    jo.press("Take this call-back")

    jo.choose("What came of it", re.compile("^Voicemail"))
    jo.write("Note (not needed)", "No answer before noon.")
    jo.press("Keep the attempt")
    expect(jo.section("Attempts")).to_contain_text("No answer before noon.")

    jo.choose("What came of it", re.compile("^Reached"))
    jo.press("Keep the attempt")
    expect(jo.page.get_by_text("Closed", exact=False).first).to_contain_text("Reached")
    jo.go("Call-backs")
    expect(jo.page.get_by_role("link", name="Max Hill")).to_have_count(0)


def a_misunderstanding_is_corrected_approved_and_exported(day: Day, folder: Path) -> None:
    jo, robin, stack = day.jo, day.robin, day.clinic.stack
    visitor = Visitor(stack)
    visitor.say(f"my name is Max Hill, {MISREAD}")
    jo.open(f"/conversations/{visitor.conversation}")
    jo.follow(re.compile("^Say what was meant"))
    jo.choose("Topic", "In hospital")
    jo.press("Propose this topic")
    proposed = jo.page.get_by_role("listitem").filter(has_text=MISREAD)
    expect(proposed).to_contain_text("a second person decides it")

    robin.go("Corrections")
    card = robin.page.get_by_role("listitem").filter(has_text=MISREAD)
    expect(card).not_to_contain_text("Max Hill")
    card.get_by_role("button", name="Approve").click()
    expect(card).to_have_count(0)

    stack.command("export", "training", "--out", str(folder / "taught"))
    written = "".join(file.read_text(encoding="utf-8") for file in (folder / "taught").rglob("*") if file.is_file())
    assert MISREAD in written
    assert "Max Hill" not in written


def the_numbers_lead_to_their_conversations(day: Day) -> None:
    jo = day.jo
    jo.go("Numbers")
    for said in ("Emergency", "A person came", "Within 1 minute"):
        row = jo.page.get_by_role("row").filter(has=jo.page.get_by_role("rowheader", name=said, exact=True))
        number = int(row.get_by_role("link").inner_text())
        row.get_by_role("link").click()
        expect(jo.page.locator("#lines > li")).to_have_count(number)
        jo.page.go_back()


def jo_signs_out(day: Day) -> None:
    day.jo.press("Sign out")
    expect(day.jo.heading).to_have_text("Sign in")
    day.jo.page.goto(f"{day.jo.url}/inbox")
    expect(day.jo.heading).to_have_text("Sign in")


def conversation_in(visitor: Chat) -> str:
    """The id of the conversation in a visitor's browser."""
    conversation: str = visitor.page.evaluate(
        "document.querySelector('candidacy-chat').conversation.memory.session.conversation"
    )
    return conversation
