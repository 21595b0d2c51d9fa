"""What a message does to the screening, as examples."""

import pytest

from candidacy.screening.interpretation import DETAIL_MAX_LENGTH, Request, Said, Statement, Step, interpret
from candidacy.screening.questionnaire import load_questionnaire

QUESTIONNAIRE = load_questionnaire()
BEGUN: dict[str, str | None] = {
    "screening_consent": "yes",
    "screening_subject": "self",
    "screening_adult": "yes",
    "screening_danger": "no",
}
FOR_MOTHER = {**BEGUN, "screening_subject": "other"}
DONE = {**BEGUN, "fracture": "no", "age_related": "yes", "age_related_detail": "scoliosis", "stenosis_surgery": "no"}

QUESTIONS = {question.id for question in QUESTIONNAIRE.clinical}

BROKE_L1 = Statement("fracture", "yes", detail="L1", text="I broke L1")
NO_FRACTURE = Statement("fracture", "no")
LAMINECTOMY = Statement("stenosis_surgery", "yes", detail="2019", time="past")


def take(asked: str | None, said: Said, answers: dict[str, str | None] | None = None) -> Step:
    return interpret(QUESTIONNAIRE, answers=BEGUN if answers is None else answers, asked=asked, said=said)


@pytest.mark.parametrize(
    ("asked", "said", "updates"),
    [
        ("fracture", Said(text="yes", answer="yes"), {"fracture": "yes"}),
        ("fracture", Said(text="no", answer="no"), {"fracture": "no"}),
        ("fracture", Said(text="not sure", answer="unknown"), {"fracture": "unknown"}),
        ("fracture", Said(text="skip", answer="skipped"), {"fracture": "skipped"}),
        ("fracture", Said(button={"fracture": "no"}), {"fracture": "no"}),
        ("fracture", Said(statements=(BROKE_L1,)), {"fracture": "yes", "fracture_detail": "L1"}),
        ("fracture_detail", Said(text="L1, in 2019"), {"fracture_detail": "L1, in 2019"}),
        ("fracture_detail", Said(text="no idea", answer="unknown"), {"fracture_detail": "skipped"}),
        ("fracture_detail", Said(button={"fracture_detail": "skipped"}), {"fracture_detail": "skipped"}),
        ("fracture_detail", Said(text="x" * 900), {"fracture_detail": "x" * DETAIL_MAX_LENGTH}),
        ("screening_subject", Said(text="it's for my mother"), {"screening_subject": "other"}),
        ("screening_subject", Said(text="me"), {"screening_subject": "self"}),
        ("screening_adult", Said(text="I'm 67"), {"screening_adult": "yes"}),
        ("screening_adult", Said(text="he is 16"), {"screening_adult": "no"}),
        ("screening_danger", Said(text="none of these"), {"screening_danger": "no"}),
    ],
)
def test_an_answer_is_taken(asked: str, said: Said, updates: dict[str, str]) -> None:
    step = take(asked, said)
    assert step.updates == updates
    assert step.taken
    assert not step.misunderstood


def test_a_message_may_answer_several_questions() -> None:
    step = take("fracture", Said(statements=(NO_FRACTURE, LAMINECTOMY)))
    assert step.updates == {"fracture": "no", "stenosis_surgery": "yes", "stenosis_surgery_detail": "2019"}


def test_a_bare_no_beside_a_statement_about_something_else() -> None:
    step = take("fracture", Said(text="no, but I had a laminectomy", answer="no", statements=(LAMINECTOMY,)))
    assert step.updates["fracture"] == "no"
    assert step.updates["stenosis_surgery"] == "yes"


def test_an_earlier_answer_is_corrected_and_said_so() -> None:
    step = take("age_related", Said(statements=(BROKE_L1,)), {**BEGUN, "fracture": "no"})
    assert step.updates == {"fracture": "yes", "fracture_detail": "L1"}
    assert step.say == ("utter_answer_changed",)


def test_a_correction_away_from_yes_forgets_the_detail() -> None:
    answers = {**BEGUN, "fracture": "yes", "fracture_detail": "L1"}
    step = take("age_related", Said(statements=(NO_FRACTURE,)), answers)
    assert step.updates == {"fracture": "no", "fracture_detail": None}


def test_the_same_answer_again_keeps_its_detail() -> None:
    answers = {**BEGUN, "fracture": "yes", "fracture_detail": "L1"}
    step = take("age_related", Said(text="yes I broke it", statements=(Statement("fracture", "yes"),)), answers)
    assert "fracture_detail" not in step.updates
    assert step.say == ()


@pytest.mark.parametrize(
    ("statement", "response"),
    [
        (Statement("fracture", "yes", subject="other"), "utter_relative_noted"),
        (Statement("stenosis_surgery", "yes", time="planned"), "utter_plan_noted"),
        (Statement("age_related", "yes", time="hypothetical"), "utter_plan_noted"),
    ],
)
@pytest.mark.parametrize("answer", [None, "yes"])
def test_relatives_plans_and_guesses_fill_nothing(statement: Statement, response: str, answer: str | None) -> None:
    step = take("fracture", Said(text="...", answer=answer, statements=(statement,)))
    assert step.updates == {}
    assert step.say == (response,)
    assert step.taken
    assert not step.misunderstood


def test_for_someone_else_their_history_counts() -> None:
    step = take("fracture", Said(statements=(Statement("fracture", "yes", subject="other"),)), FOR_MOTHER)
    assert step.updates["fracture"] == "yes"


def test_for_someone_else_the_speakers_own_history_does_not_count() -> None:
    step = take("fracture", Said(statements=(BROKE_L1,)), FOR_MOTHER)
    assert step.updates == {}
    assert step.say == ("utter_about_other_person",)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("fracture", Said(text="...", statements=(Statement("fracture_elsewhere", "yes"),))),
        ("fracture", Said(text="...", unclear=("fracture",))),
    ],
)
def test_what_may_be_an_answer_is_confirmed(asked: str, said: Said) -> None:
    step = take(asked, said)
    assert (step.updates, step.confirm, step.misunderstood) == ({}, asked, False)


def test_a_confirmation_is_not_put_twice() -> None:
    step = take("fracture", Said(text="...", unclear=("fracture",), confirming="fracture"))
    assert (step.updates, step.confirm, step.misunderstood) == ({}, None, True)


def test_surgery_that_is_only_planned_is_a_no_when_asked_and_nothing_otherwise() -> None:
    planned = Statement("stenosis_surgery", "no", time="planned")
    assert take("stenosis_surgery", Said(statements=(planned,))).updates == {"stenosis_surgery": "no"}
    assert take("fracture", Said(statements=(planned,))).updates == {}


def test_a_no_that_begins_a_statement_about_something_else_answers_nothing_else() -> None:
    never = Statement("stenosis_surgery", "no", text="never had surgery")
    step = take("age_related", Said(text="no, never had surgery", answer="no", statements=(never,)))
    assert step.updates == {"stenosis_surgery": "no"}


def test_for_someone_else_words_without_any_i_are_about_them() -> None:
    said = Said(statements=(Statement("fracture", "yes", text="broke a bone in the back"),))
    assert take("fracture", said, FOR_MOTHER).updates["fracture"] == "yes"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("the fracture one", "fracture"),
        ("change the second", "age_related"),
        ("surgery", "stenosis_surgery"),
        ("fracture and surgery", None),
    ],
)
def test_at_the_read_back_a_question_can_be_named(text: str, question: str | None) -> None:
    updates = take("screening_read_back", Said(text=text, request=Request.CHANGE), DONE).updates
    assert [name for name, value in updates.items() if value is None and name in QUESTIONS] == (
        [question] if question else []
    )


def test_what_is_not_understood_is_not_stored() -> None:
    step = take("fracture", Said(text="purple"))
    assert step.misunderstood
    assert step.updates == {}


def test_a_digression_is_left_to_others() -> None:
    assert not take("fracture", Said(text="how long in hospital?", request=Request.DIGRESSION)).taken


def test_an_answer_with_a_question_beside_it_is_taken_and_answered() -> None:
    said = Said(text="no fracture, but how long in hospital?", statements=(NO_FRACTURE,), request=Request.DIGRESSION)
    step = take("fracture", said)
    assert step.updates == {"fracture": "no"}
    assert step.asks_back


@pytest.mark.parametrize("asked", [None, *QUESTIONNAIRE.ids])
@pytest.mark.parametrize(
    "said",
    [
        Said(text="I broke L1 an hour ago and can't feel my legs", statements=(BROKE_L1,), danger=True),
        Said(text="I can't pee since my surgery", danger=True),
        Said(text="yes", answer="yes", danger=True),
    ],
)
def test_danger_is_never_taken_for_an_answer(asked: str | None, said: Said) -> None:
    assert take(asked, said, DONE) == Step(taken=False)


@pytest.mark.parametrize(
    ("asked", "text", "answer", "value"),
    [
        ("screening_consent", "don't start", None, None),
        ("screening_consent", "let's start later", None, None),
        ("screening_consent", "let's start", None, "yes"),
        ("screening_subject", "not me", None, None),
        ("screening_subject", "I am asking for my niece", None, "other"),
        ("screening_subject", "I am calling about a neighbor", None, "other"),
        ("screening_adult", "I am not yet 18", None, None),
        ("screening_adult", "under 18", None, "no"),
        ("screening_adult", "younger than 18", None, None),
        ("screening_adult", "turning 18 soon", None, None),
        ("screening_adult", "yes, 17", "yes", None),
        ("screening_adult", "yes, 71", "yes", "yes"),
        ("screening_danger", "not one of them", None, None),
        ("screening_read_back", "no, that's not right", "no", None),
        ("screening_read_back", "that's not right", None, None),
        ("screening_read_back", "not correct", None, None),
        ("screening_read_back", "almost right", None, None),
        ("screening_read_back", "is that right?", None, None),
        ("screening_read_back", "yes, except the date", "yes", None),
        ("screening_read_back", "that's right", None, "yes"),
        ("screening_read_back", "yes that is right", "yes", "yes"),
    ],
)
def test_lay_words_with_something_against_them_are_no_answer(
    asked: str, text: str, answer: str | None, value: str | None
) -> None:
    answers = {**DONE, asked: None}
    assert take(asked, Said(text=text, answer=answer), answers).updates.get(asked) == value


@pytest.mark.parametrize(
    ("asked", "said", "value"),
    [
        ("screening_danger", Said(text="no, except I haven't been able to go since yesterday", answer="no"), None),
        ("screening_danger", Said(text="none of these, but I've been leaking", answer="no"), None),
        ("screening_danger", Said(text="no she hasnt been for a wee since last night", answer="no"), None),
        ("screening_danger", Said(text="no nothing like that", answer="no"), "no"),
        ("screening_danger", Said(text="ok", answer="yes", acknowledgement=True), None),
        (
            "fracture",
            Said(text="no, unless you count a cracked vertebra", answer="no", statements=(NO_FRACTURE,)),
            None,
        ),
        ("fracture", Said(text="yes, not the spine though", answer="yes"), None),
        ("fracture", Said(text="no, but it was close", answer="no"), None),
        ("fracture", Said(text="no, but I had a laminectomy", answer="no", statements=(LAMINECTOMY,)), "no"),
        ("stenosis_surgery", Said(text="ok", answer="yes", acknowledgement=True), None),
        ("screening_consent", Said(text="ok", answer="yes", acknowledgement=True), "yes"),
    ],
)
def test_a_yes_or_no_with_an_exception_is_no_plain_answer(asked: str, said: Said, value: str | None) -> None:
    answers = {**BEGUN, asked: None}
    step = take(asked, said, answers)
    assert step.updates.get(asked) == value
    assert (step.misunderstood or step.confirm == asked) is (value is None)


def test_what_only_says_again_what_is_stored_names_what_to_change() -> None:
    said = Said(text="no, the fracture should be yes", answer="no", statements=(NO_FRACTURE,))
    assert take("screening_read_back", said, DONE).updates["fracture"] is None


def test_another_person_later_is_asked_about_anew() -> None:
    step = take("fracture", Said(text="this is for my mother", request=Request.REPEAT))
    assert step.updates == {
        "screening_subject": "other",
        "screening_adult": None,
        "screening_danger": None,
        "screening_read_back": None,
    }
    assert step.say == ("utter_answer_changed",)


def test_an_age_said_later_counts() -> None:
    assert take("fracture", Said(text="actually I'm 16")).updates["screening_adult"] == "no"
    assert "screening_adult" not in take("fracture", Said(text="I'm 61")).updates


def test_at_the_read_back_the_person_can_be_changed() -> None:
    updates = take("screening_read_back", Said(text="change the person", request=Request.CHANGE), DONE).updates
    assert updates == {"screening_subject": None, "screening_read_back": None}


def test_repeat_changes_nothing() -> None:
    assert take("fracture", Said(request=Request.REPEAT)) == Step()


def test_change_before_the_read_back_reopens_the_last_answer() -> None:
    step = take("stenosis_surgery", Said(request=Request.CHANGE), {**BEGUN, "fracture": "no", "age_related": "yes"})
    assert step.updates == {"age_related": None, "age_related_detail": None, "screening_read_back": None}


@pytest.mark.parametrize("said", [Said(request=Request.CHANGE), Said(text="no", answer="no")])
def test_at_the_read_back_we_ask_which_to_change(said: Said) -> None:
    step = take("screening_read_back", said, DONE)
    assert step.choose_change
    assert step.updates == {}


def test_a_yes_to_which_to_change_confirms_nothing() -> None:
    assert take("screening_read_back", Said(text="yes", answer="yes", choosing=True), DONE) == Step()


def test_a_button_reopens_the_question_that_was_chosen() -> None:
    step = take("screening_read_back", Said(reopen="fracture"), DONE)
    assert step.updates == {"fracture": None, "fracture_detail": None, "screening_read_back": None}


def test_yes_with_a_correction_at_the_read_back_is_read_back_again() -> None:
    step = take("screening_read_back", Said(text="yes but...", answer="yes", statements=(LAMINECTOMY,)), DONE)
    assert "screening_read_back" not in step.updates
    assert step.updates["stenosis_surgery"] == "yes"


def test_no_with_a_correction_at_the_read_back_changes_that_answer() -> None:
    said = Said(text="no, I also had a laminectomy", answer="no", statements=(LAMINECTOMY,))
    assert take("screening_read_back", said, DONE).updates["stenosis_surgery"] == "yes"


@pytest.mark.parametrize("button", [{"age_related": "yes"}, {"fracture": "perhaps"}])
def test_a_button_of_another_question_or_value_changes_nothing(button: dict[str, str]) -> None:
    assert take("fracture", Said(button=button)).updates == {}


def test_not_knowing_about_danger_gets_advice_at_once() -> None:
    step = take("screening_danger", Said(text="not sure", answer="unknown"))
    assert step.updates == {"screening_danger": "unknown"}
    assert step.say == ("utter_danger_unsure",)


def test_statements_before_the_first_question_are_kept() -> None:
    assert take(None, Said(statements=(BROKE_L1,)), {}).updates == {"fracture": "yes", "fracture_detail": "L1"}
