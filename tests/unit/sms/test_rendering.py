"""What is texted of the assistant's replies."""

import pytest

from candidacy.assistant.reply import Button, Reply
from candidacy.dialogue.danger import DANGER_TEXTS
from candidacy.machine import clinic_texts
from candidacy.settings import read_settings
from candidacy.sms.gsm7 import units
from candidacy.sms.keywords import load_keywords
from candidacy.sms.rendering import FIRST_SCREEN, bodies, body_parts, danger_first
from candidacy.sms.splitting import RULE

KEYWORDS = load_keywords()
INVITATION = "Reply with a number:"
TEXTS = clinic_texts(read_settings({}))
QUESTION = Reply(text="Have you had a fracture?", kind="question")
EMERGENCY = Reply(text="Call 911 now.", kind="emergency")
CRISIS = Reply(text="Call or text 988 now.", kind="crisis")
URGENT = Reply(text="Call the clinic today at (212) 430-0312.", kind="urgent")


def parts_of(reply: Reply) -> tuple[str, ...]:
    return body_parts(reply, invitation=INVITATION, keywords=KEYWORDS)


@pytest.mark.parametrize(
    ("replies", "ordered"),
    [
        ([], ()),
        ([QUESTION], (QUESTION,)),
        ([QUESTION, EMERGENCY], (EMERGENCY, QUESTION)),
        ([URGENT, CRISIS, EMERGENCY], (EMERGENCY, CRISIS, URGENT)),
        ([Reply(text="a", kind="answer"), QUESTION], (Reply(text="a", kind="answer"), QUESTION)),
    ],
)
def test_danger_comes_first(replies: list[Reply], ordered: tuple[Reply, ...]) -> None:
    assert danger_first(replies) == ordered


def test_buttons_become_a_list_without_command_words() -> None:
    buttons = tuple(Button(title=title, payload="/x") for title in ("Yes", "Stop", "I don\u2019t know"))
    reply = Reply(text="Have you had a fracture\u2026?", kind="question", buttons=buttons)
    assert parts_of(reply) == ("Have you had a fracture...?\n\nReply with a number:\n1. Yes\n2. I don't know",)


def test_a_long_answer_comes_in_parts_of_whole_sentences() -> None:
    parts = parts_of(Reply(text="People stay in the hospital for a few days. " * 12, kind="answer"))
    assert len(parts) == 2
    assert all(units(part) <= RULE and part.endswith(".") for part in parts)


def test_nothing_is_sent_for_a_blank_reply() -> None:
    assert parts_of(Reply(text=" \n", kind="answer")) == ()


@pytest.mark.parametrize(
    "text", ["x. " * 60 + "Call 911 now.", "x" * 158 + " 911", "Go. " * 30 + "\n\nCall 911. " + "Go. " * 90]
)
def test_a_number_that_comes_late_is_put_before(text: str) -> None:
    first, *_ = parts_of(Reply(text=text, kind="emergency"))
    assert first.startswith("911\n")


def test_danger_advice_that_names_its_number_early_is_left_as_it_is() -> None:
    assert parts_of(EMERGENCY) == ("Call 911 now.",)


def test_danger_advice_without_a_number_is_sent_all_the_same() -> None:
    assert parts_of(Reply(text="Go to the nearest emergency room.", kind="emergency")) == (
        "Go to the nearest emergency room.",
    )


@pytest.mark.parametrize("channel", [None, "sms"])
@pytest.mark.parametrize("name", sorted(DANGER_TEXTS))
def test_our_danger_texts_name_the_number_at_once(name: str, channel: str | None) -> None:
    reply = TEXTS.reply(name, channel=channel)
    first, *_ = parts_of(reply)
    assert first.startswith(reply.text[:20])
    assert any(number in first[:FIRST_SCREEN] for number in ("911", "988", "(212) 430-0312"))


@pytest.mark.parametrize("name", sorted(DANGER_TEXTS))
def test_our_danger_texts_fit_one_message(name: str) -> None:
    assert len(parts_of(TEXTS.reply(name, channel="sms"))) == 1


def test_all_replies_to_a_message() -> None:
    sent = bodies([QUESTION, EMERGENCY, Reply(text="", kind="answer")], invitation=INVITATION, keywords=KEYWORDS)
    assert sent == ("Call 911 now.", "Have you had a fracture?")
