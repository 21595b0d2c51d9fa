"""Which topics a message asks about."""

from collections.abc import Mapping

import pytest

from candidacy.language.encoder.message_encoder import EncodedTexts
from candidacy.language.topic_classifier import Ranked
from candidacy.language.topics import Gates, TopicReading, base_intent, topics_of

GATES = Gates(
    confidence=0.3,
    margin=0.1,
    answer_confidence=0.4,
    answer_margin=0.2,
    clause_confidence=0.5,
    clause_margin=0.3,
    family=0.6,
    candidate=0.05,
)


class Table:
    """A ranker that knows its texts: what each is likely to be."""

    def __init__(self, table: Mapping[str, Mapping[str, float]]) -> None:
        self._table = table

    def rank_all(self, texts: EncodedTexts) -> list[list[Ranked]]:
        return [
            [Ranked(name, value) for name, value in {**self._table[text], "off_topic": 0.0}.items()]
            for text in texts.texts
        ]


def message(*texts: str) -> EncodedTexts:
    """A message and its clauses; what tables rank needs no vectors."""
    return EncodedTexts(texts, None, None)


def read(table: Mapping[str, Mapping[str, float]]) -> TopicReading:
    """The reading of the table's first text, the others being its clauses."""
    return topics_of(message(*table), ranker=Table(table), gates=GATES)


@pytest.mark.parametrize(
    ("ranking", "intent", "topics"),
    [
        ({"faq/types": 0.4, "faq/reasons": 0.2}, "faq", ["faq/types"]),
        ({"faq/types": 0.39, "faq/reasons": 0.1}, "nlu_fallback", []),
        ({"faq/types": 0.5, "not_covered/best_type": 0.4}, "nlu_fallback", []),
        ({"not_covered/risks": 0.3, "faq/outlook": 0.15}, "not_covered", ["not_covered/risks"]),
        ({"not_covered/risks": 0.29, "faq/outlook": 0.1}, "nlu_fallback", []),
        ({"not_covered/sleep": 0.35, "not_covered/brace": 0.3}, "not_covered", ["not_covered/general"]),
        ({"not_covered/sleep": 0.3, "not_covered/brace": 0.25}, "nlu_fallback", []),
        ({"clinician/symptoms": 0.6, "inform": 0.2}, "clinician", ["clinician/symptoms"]),
        ({"smalltalk/thanks": 0.6, "affirm": 0.2}, "smalltalk", ["smalltalk/thanks"]),
        ({"affirm": 0.6, "smalltalk/thanks": 0.2}, "affirm", []),
        ({"off_topic": 0.6}, "off_topic", []),
    ],
)
def test_a_single_clause_passes_the_gates_of_its_family_or_falls_back(
    ranking: Mapping[str, float], intent: str, topics: list[str]
) -> None:
    ranked = [Ranked(name, value) for name, value in ranking.items()] + [Ranked("skip", 0.0)]

    class One:
        def rank_all(self, texts: EncodedTexts) -> list[list[Ranked]]:
            return [ranked for _ in texts.texts]

    reading = topics_of(message("something"), ranker=One(), gates=GATES)

    assert reading.intent.name == intent
    assert [topic.name for topic in reading.topics] == topics


def test_two_clauses_that_clearly_ask_different_things_give_two_topics_in_order() -> None:
    reading = read(
        {
            "How long in hospital? Will I need PT?": {"faq/hospital_stay": 0.4, "faq/rehabilitation": 0.3},
            "How long in hospital?": {"faq/hospital_stay": 0.8, "faq/inpatient": 0.1},
            "Will I need PT?": {"faq/rehabilitation": 0.9, "faq/rehabilitation_length": 0.1},
        }
    )

    assert reading.intent.name == "faq"
    assert [(topic.name, topic.clause) for topic in reading.topics] == [
        ("faq/hospital_stay", "How long in hospital?"),
        ("faq/rehabilitation", "Will I need PT?"),
    ]


def test_of_three_questions_the_two_surest_are_kept() -> None:
    reading = read(
        {
            "Cost? Driving? Risks?": {"not_covered/cost": 0.4},
            "Cost?": {"not_covered/cost": 0.9},
            "Driving?": {"not_covered/driving": 0.6},
            "Risks?": {"not_covered/risks": 0.8},
        }
    )

    assert [topic.name for topic in reading.topics] == ["not_covered/cost", "not_covered/risks"]


def test_the_same_question_twice_is_one_topic() -> None:
    reading = read(
        {
            "Is it risky? What are the risks?": {"not_covered/risks": 0.9},
            "Is it risky?": {"not_covered/risks": 0.7},
            "What are the risks?": {"not_covered/risks": 0.8},
        }
    )

    assert [topic.name for topic in reading.topics] == ["not_covered/risks"]


def test_a_greeting_before_a_question_is_not_a_topic() -> None:
    reading = read(
        {
            "Hello. How long in hospital?": {"smalltalk/greeting": 0.3, "faq/hospital_stay": 0.3},
            "Hello.": {"smalltalk/greeting": 1.0},
            "How long in hospital?": {"faq/hospital_stay": 0.8},
        }
    )

    assert [topic.name for topic in reading.topics] == ["faq/hospital_stay"]


def test_a_question_at_the_end_of_a_ramble_is_found() -> None:
    reading = read(
        {
            "My knees are bad too. Anyway. Am I put under?": {"inform": 0.2, "faq/anesthesia": 0.15},
            "My knees are bad too.": {"not_covered/other_body_parts": 0.4, "inform": 0.3},
            "Anyway.": {"skip": 0.2},
            "Am I put under?": {"faq/anesthesia": 0.9},
        }
    )

    assert reading.intent.name == "faq"
    assert [(topic.name, topic.clause) for topic in reading.topics] == [("faq/anesthesia", "Am I put under?")]


def test_a_clause_must_be_surer_than_a_whole_message() -> None:
    reading = read(
        {
            "So I wondered. What are the types?": {"faq/types": 0.3, "inform": 0.3},
            "So I wondered.": {"skip": 0.2},
            "What are the types?": {"faq/types": 0.45, "faq/reasons": 0.1},
        }
    )

    assert reading.intent.name == "nlu_fallback"


def test_a_wish_to_book_beside_a_question_is_met_as_a_topic() -> None:
    reading = read(
        {
            "How long in hospital? Book me in.": {"faq/hospital_stay": 0.4, "consultation": 0.3},
            "How long in hospital?": {"faq/hospital_stay": 0.8},
            "Book me in.": {"consultation": 0.9},
        }
    )

    assert [topic.name for topic in reading.topics] == ["faq/hospital_stay", "faq/consultation"]


@pytest.mark.parametrize("wish", ["talk_to_person", "screening"])
def test_a_leading_wish_decides_the_intent_and_the_question_stays(wish: str) -> None:
    reading = read(
        {
            "Is it major? And that other thing.": {"faq/is_it_major": 0.4, wish: 0.3},
            "Is it major?": {"faq/is_it_major": 0.8},
            "And that other thing.": {wish: 0.7},
        }
    )

    assert reading.intent.name == wish
    assert [topic.name for topic in reading.topics] == ["faq/is_it_major"]


def test_a_fallback_offers_the_three_likeliest_questions_and_nothing_else() -> None:
    reading = read(
        {
            "how about the bone": {
                "smalltalk/greeting": 0.2,
                "faq/bone_graft": 0.2,
                "consultation": 0.15,
                "not_covered/risks": 0.12,
                "faq/types": 0.1,
                "faq/outlook": 0.04,
            }
        }
    )

    assert reading.intent.name == "nlu_fallback"
    assert reading.topics == ()
    assert reading.candidates == ("faq/bone_graft", "faq/consultation", "not_covered/risks")


def test_the_intent_ranking_adds_up_the_topics_of_an_intent() -> None:
    reading = read({"types": {"faq/types": 0.5, "faq/reasons": 0.2, "affirm": 0.3}})

    assert [(ranked.name, pytest.approx(ranked.confidence)) for ranked in reading.intent_ranking] == [
        ("faq", 0.5),
        ("affirm", 0.3),
        ("off_topic", 0.0),
    ]


@pytest.mark.parametrize(("label", "intent"), [("faq/types", "faq"), ("affirm", "affirm")])
def test_the_intent_of_a_label(label: str, intent: str) -> None:
    assert base_intent(label) == intent


@pytest.mark.parametrize("value", [-0.1, 1.1])
def test_a_gate_outside_0_and_1_is_refused_by_name(value: float) -> None:
    with pytest.raises(ValueError, match="clause_margin"):
        Gates(clause_margin=value)
