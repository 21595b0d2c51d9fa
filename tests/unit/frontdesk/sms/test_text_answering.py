"""Replies as they may be texted: advice is not said twice, and a screening asks for the consent first."""

import pytest

from candidacy.assistant.reply import Reply
from candidacy.frontdesk.sms.text_answering import asked_first, not_said_again

EMERGENCY, URGENT, ANSWER = (Reply(text=kind, kind=kind) for kind in ("emergency", "urgent", "answer"))
QUESTION = Reply(text="Was it broken?", kind="question", topic="fracture")
WHY = Reply(text="It helps the clinic.", kind="notice", topic="fracture")
CONSENT = Reply(text="May we?", kind="confirm", topic="sms_consent_again")


@pytest.mark.parametrize(
    ("advised", "replies", "expected"),
    [
        (None, (EMERGENCY, ANSWER), (EMERGENCY, ANSWER)),
        ("emergency", (EMERGENCY,), ()),
        ("emergency", (URGENT, ANSWER), (ANSWER,)),
        ("urgent", (EMERGENCY, URGENT), (EMERGENCY,)),
    ],
)
def test_advice_is_said_again_only_when_it_is_more_pressing(
    advised: str | None, replies: tuple[Reply, ...], expected: tuple[Reply, ...]
) -> None:
    assert not_said_again(replies, advised=advised) == expected


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        ((ANSWER,), (ANSWER,)),
        ((WHY,), (WHY,)),
        ((QUESTION,), (CONSENT,)),
        ((ANSWER, QUESTION), (ANSWER, CONSENT)),
    ],
)
def test_a_question_of_the_screening_gives_way_to_the_consent(
    replies: tuple[Reply, ...], expected: tuple[Reply, ...]
) -> None:
    assert asked_first(replies, questions={"fracture"}, first=(CONSENT,)) == expected
