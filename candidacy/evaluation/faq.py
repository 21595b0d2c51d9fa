"""The set of questions: whether each gets the document's answer, and none that the document does not give."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from candidacy.assistant.reply import Reply
from candidacy.assistant.texts import Texts
from candidacy.evaluation.faq_labels import FACTS, HANDOFF, LABELS, UNANSWERED, class_of, meant
from candidacy.evaluation.faq_replies import Offer, labels_given, offers_in
from candidacy.evaluation.labelled_set import LabelledSet
from candidacy.evaluation.labels import ALTERNATIVE, one_of
from candidacy.evaluation.scored import FAILED, RIGHT, Exchange, Mark, Scored

JOINED = "+"
MOST_BUTTONS = 3

ONE_TAP = "one_tap"
FALSE_ANSWER = "false_answer"
WRONG = "wrong"

Alternatives = Sequence[Collection[str]]
"""Labels of which each must be answered, in one of several ways."""


@dataclass(frozen=True)
class FaqCase:
    """A question, and the ways to answer it rightly."""

    text: str
    expects: str
    asked: str | None = None

    def scored(self, exchange: Exchange, texts: Texts) -> Scored:
        """The row out, and one mark."""
        offers = offers_in(exchange.replies, texts)
        score = WRONG if exchange.failure else score_replies(read_expected(self.expects), exchange.replies, offers)
        row: dict[str, Any] = {
            "text": self.text,
            "expects": self.expects,
            "kinds": exchange.kinds,
            "facts": list(dict.fromkeys(fact for reply in exchange.replies for fact in reply.facts)),
            "offered": [{"topic": offer.topic, "facts": list(offer.facts)} for offer in offers],
            "replies": exchange.texts,
            "score": score,
        }
        expected = class_of(self.expects.split(ALTERNATIVE)[0].split(JOINED))
        groups = {"kind": _whether_answered(expected), "class": expected}
        return Scored(row, (Mark(score, expected, _given(exchange, expected, score), groups),))


def read_case(fields: Mapping[str, str]) -> FaqCase:
    """A row of a file; raises ValueError when a label is not known."""
    read_expected(fields["expects"])
    return FaqCase(fields["text"], fields["expects"])


def read_expected(text: str) -> tuple[frozenset[str], ...]:
    """The alternatives, each with what must be answered; raises ValueError when a label is not known."""
    return tuple(
        frozenset(meant(one_of(label, LABELS, "the label")) for label in alternative.split(JOINED))
        for alternative in text.split(ALTERNATIVE)
    )


def score_replies(expected: Alternatives, replies: Sequence[Reply], offers: Sequence[Offer]) -> str:
    """What the replies are worth; an answer where there is none counts as such whatever is offered beside it."""
    given = labels_given(replies)
    if any(_is_met(frozenset(alternative), given) for alternative in expected):
        return RIGHT
    if UNANSWERED.issuperset(expected[0]) and given & FACTS - {HANDOFF}:
        return FALSE_ANSWER
    if any(_is_one_tap_away(frozenset(alternative) - given, offers) for alternative in expected):
        return ONE_TAP
    return WRONG


def _is_met(labels: frozenset[str], given: frozenset[str]) -> bool:
    """Whether each label is answered; where there is no answer in the document, none may be given beside it."""
    return labels <= given and not (labels <= UNANSWERED and given & FACTS)


def _is_one_tap_away(missing: frozenset[str], offers: Sequence[Offer]) -> bool:
    """Whether one button gives all that is missing."""
    return any(missing and missing <= offer.labels and offer.buttons <= MOST_BUTTONS for offer in offers)


def _whether_answered(expected: str) -> str:
    return "not in the document" if expected in UNANSWERED else "anything else"


def _given(exchange: Exchange, expected: str, score: str) -> str:
    """The class of the answer: the expected one when it is right in any way, or else what was said first."""
    if score == RIGHT:
        return expected
    if exchange.failure:
        return FAILED
    given = class_of(sorted(labels_given(exchange.replies))) or exchange.kinds[0]
    return f"other {given}" if given == expected else given


FAQ = LabelledSet(
    name="faq",
    columns=("text", "expects", "note"),
    read=read_case,
    scores=(RIGHT, ONE_TAP, FALSE_ANSWER, WRONG),
    note="A class is a row's first alternative; several is a row that needs more than one answer.",
)
