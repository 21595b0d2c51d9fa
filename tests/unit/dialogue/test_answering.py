"""Which texts answer a message."""

import pytest

from candidacy.dialogue.answering import Plan, plan_answer, repeated_answer

KNOWN = frozenset(
    {
        "utter_faq/hospital_stay",
        "utter_again/faq/hospital_stay",
        "utter_faq/rehabilitation",
        "utter_faq/outlook",
        "utter_faq/reasons",
        "utter_not_covered/risks",
        "utter_smalltalk/thanks",
    }
)
STAY, PHYSICAL_THERAPY, RISKS = "faq/hospital_stay", "faq/rehabilitation", "not_covered/risks"


def plan(
    intent: str = "faq",
    topics: tuple[str, ...] = (),
    *,
    candidates: tuple[str, ...] = (),
    answered: tuple[str, ...] = (),
    in_form: bool = False,
) -> Plan:
    return plan_answer(
        intent=intent, topics=topics, candidates=candidates, answered=answered, in_form=in_form, known_texts=KNOWN
    )


def test_one_question_gets_its_answer() -> None:
    assert plan(topics=(STAY,)).say == ("utter_faq/hospital_stay",)


def test_two_questions_get_both_answers_in_order() -> None:
    assert plan(topics=(STAY, PHYSICAL_THERAPY)).say == ("utter_faq/hospital_stay", "utter_faq/rehabilitation")


def test_the_advice_to_see_a_clinician_is_given_once() -> None:
    topics = ("clinician/after_operation", "clinician/symptoms", STAY)
    known = KNOWN | {f"utter_{topic}" for topic in topics}
    said = plan_answer(
        intent="clinician", topics=topics, candidates=(), answered=(), in_form=False, known_texts=known
    ).say
    assert said == ("utter_clinician/after_operation", "utter_faq/hospital_stay")


def test_never_more_than_two() -> None:
    assert len(plan(topics=(STAY, PHYSICAL_THERAPY, "faq/outlook")).say) == 2


def test_asked_again_it_is_said_another_way() -> None:
    assert plan(topics=(STAY,), answered=(STAY,)).say == ("utter_again/faq/hospital_stay",)


def test_asked_a_third_time_a_person_is_offered() -> None:
    asked_again = plan(topics=(STAY,), answered=(STAY, STAY))
    assert asked_again.say[-1] == "utter_offer_person"
    assert asked_again.offer == "person"


@pytest.mark.parametrize(
    ("intent", "response"),
    [
        ("off_topic", "utter_off_topic"),
        ("privacy", "utter_privacy"),
        ("spanish", "utter_spanish"),
        ("other_language", "utter_other_language"),
        ("unclear", "utter_unclear"),
        ("nlu_fallback", "utter_fallback"),
    ],
)
def test_intents_with_one_text(intent: str, response: str) -> None:
    assert plan(intent).say == (response,)


def test_when_it_is_unsure_it_offers_topics() -> None:
    unsure = plan("nlu_fallback", candidates=(STAY, RISKS))
    assert unsure.say == ("utter_clarify",)
    assert unsure.clarify == (STAY, RISKS)


def test_a_topic_without_a_text_is_never_guessed() -> None:
    assert plan(topics=("faq/unheard_of",)).say == ("utter_fallback",)


def test_what_is_not_covered_offers_the_clinic() -> None:
    assert plan("not_covered", (RISKS,)).offer == "consultation"


def test_inside_a_form_nothing_else_is_offered() -> None:
    assert plan("not_covered", (RISKS,), in_form=True).offer is None


@pytest.mark.parametrize(
    ("answered", "offer"), [((), "screening"), ((STAY,), None), (("faq/outlook",) * 3, "screening")]
)
def test_the_screening_is_offered_now_and_then(answered: tuple[str, ...], offer: str | None) -> None:
    assert plan(topics=(PHYSICAL_THERAPY,), answered=answered).offer == offer


def test_only_the_last_topics_are_remembered() -> None:
    assert plan(topics=(STAY,), answered=tuple("abcdef")).answered == ("b", "c", "d", "e", "f", STAY)


@pytest.mark.parametrize(
    ("answered", "response"),
    [((), None), ((RISKS, STAY), "utter_again/faq/hospital_stay"), ((RISKS,), "utter_not_covered/risks")],
)
def test_the_last_answer_can_be_repeated(answered: tuple[str, ...], response: str | None) -> None:
    assert repeated_answer(answered, KNOWN) == response
