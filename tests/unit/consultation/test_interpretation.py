"""What a message does to the consultation request, as examples."""

import pytest

from candidacy.consultation.fields import FIELDS
from candidacy.consultation.interpretation import Said, Step, interpret, load_words, reads_as_answer

WORDS = load_words()


def take(asked: str | None, said: Said) -> Step:
    return interpret(asked=asked, said=said, region="US", words=WORDS)


@pytest.mark.parametrize(
    ("asked", "said", "value"),
    [
        ("contact_name", Said(text="Maria del Carmen O'Neill-Ruiz"), "Maria del Carmen O'Neill-Ruiz"),
        ("contact_name", Said(text="my name is Joe Brown."), "Joe Brown"),
        ("contact_name", Said(text="Hi, I'm Zoë"), "Zoë"),
        ("contact_phone", Said(text="it's 212-430-0312"), "+12124300312"),
        ("contact_method", Said(text="please call"), "call"),
        ("contact_method", Said(text="TEXT me"), "text"),
        ("contact_method", Said(button={"contact_method": "text"}), "text"),
        ("contact_time", Said(text="mornings are best"), "morning"),
        ("contact_time", Said(text="doesn't matter"), "any"),
        ("contact_time", Said(text="skip", answer="skipped"), "any"),
        ("contact_note", Said(text="I use a walker"), "I use a walker"),
        ("contact_note", Said(text="no", answer="no"), "skipped"),
        ("contact_consent", Said(text="yes", answer="yes"), "yes"),
        ("contact_consent", Said(text="no", answer="no"), "no"),
        ("contact_review", Said(text="yes", answer="yes"), "yes"),
    ],
)
def test_a_field_is_filled(asked: str, said: Said, value: str) -> None:
    assert take(asked, said).updates == {asked: value}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("contact_name", Said(text="yes", answer="yes")),
        ("contact_name", Said(text="212 430 0312")),
        ("contact_name", Said(text="x")),
        ("contact_name", Said(text="I would rather tell them that when they call me")),
        ("contact_phone", Said(text="my daughter has it")),
        ("contact_method", Said(text="call or text")),
        ("contact_time", Said(text="purple")),
        ("contact_consent", Said(text="maybe", answer="unknown")),
        ("contact_review", Said(text="hm")),
    ],
)
def test_what_is_not_clear_is_not_stored(asked: str, said: Said) -> None:
    step = take(asked, said)
    assert step.updates == {}
    assert step.misunderstood


@pytest.mark.parametrize(
    ("asked", "said", "value"),
    [
        ("contact_time", Said(text="I am flexible"), None),
        ("contact_time", Said(text="I am not sure"), None),
        ("contact_time", Said(text="I am free in the afternoon"), "afternoon"),
        ("contact_time", Said(text="9 am please"), "morning"),
        ("contact_time", Said(text="after 3:30pm"), "afternoon"),
        ("contact_method", Said(text="please don't call me"), None),
        ("contact_method", Said(text="no texts", answer="no"), None),
        (
            "contact_note",
            Said(text="No mornings please, I work nights", answer="no"),
            "No mornings please, I work nights",
        ),
        ("contact_note", Said(text="yes, I need an interpreter", answer="yes"), "yes, I need an interpreter"),
        ("contact_note", Said(text="no thanks", answer="no"), "skipped"),
        ("contact_note", Said(text="yes", answer="yes"), None),
    ],
)
def test_what_stands_beside_the_words_counts(asked: str, said: Said, value: str | None) -> None:
    assert take(asked, said).updates.get(asked) == value


@pytest.mark.parametrize(
    ("text", "updates"),
    [
        ("yes except the name", {"contact_name": None, "contact_review": None}),
        ("yes but my number is wrong", {"contact_phone": None, "contact_consent": None, "contact_review": None}),
        ("yes but something is off", {}),
    ],
)
def test_a_yes_with_a_reservation_sends_nothing(text: str, updates: dict[str, None]) -> None:
    step = take("contact_review", Said(text=text, answer="yes"))
    assert step.updates == updates
    assert step.choose_change is (not updates)


def test_a_yes_to_what_to_change_sends_nothing() -> None:
    assert take("contact_review", Said(text="yes", answer="yes", choosing=True)) == Step()


def test_half_a_number_is_said_to_be_half() -> None:
    assert take("contact_phone", Said(text="430-0312")).help == "utter_phone_invalid"


@pytest.mark.parametrize("said", [Said(text="no", answer="no"), Said(text="change it", change=True)])
def test_no_at_the_read_back_asks_what_to_change(said: Said) -> None:
    assert take("contact_review", said).choose_change


def test_a_number_at_the_read_back_corrects_the_number() -> None:
    assert take("contact_review", Said(text="no, it's 646-555-0123", answer="no")).updates == {
        "contact_phone": "+16465550123",
        "contact_consent": None,
        "contact_review": None,
    }


@pytest.mark.parametrize(
    ("text", "field"),
    [("note", "contact_note"), ("the time please", "contact_time"), ("my number is wrong", "contact_phone")],
)
def test_a_field_can_be_named_at_the_read_back(text: str, field: str) -> None:
    updates = take("contact_review", Said(text=text)).updates
    assert updates[field] is None
    assert set(updates) - {"contact_consent"} == {field, "contact_review"}


def test_a_button_asks_for_a_field_again() -> None:
    assert take("contact_review", Said(reopen="contact_name")).updates == {"contact_name": None, "contact_review": None}


def test_consent_is_never_reopened_by_a_button() -> None:
    assert take("contact_review", Said(reopen="contact_consent")).updates == {}


@pytest.mark.parametrize("asked", [None, *FIELDS])
@pytest.mark.parametrize("text", ["I can't breathe call my husband 212-430-0311", "no time I can't breathe", "yes"])
def test_danger_is_never_taken_for_an_answer(asked: str | None, text: str) -> None:
    assert take(asked, Said(text=text, danger=True)) == Step(taken=False)


def test_a_digression_is_left_to_others() -> None:
    assert not take("contact_name", Said(text="how much is it?", digression=True)).taken


@pytest.mark.parametrize(
    ("asked", "said", "answer"),
    [
        ("contact_phone", Said(text="can you use 212-430-0312?"), True),
        ("contact_phone", Said(text="how much is it?"), False),
        ("contact_method", Said(text="text me please"), True),
        ("contact_name", Said(text="Ann Lee"), False),
        ("contact_consent", Said(text="yes", answer="yes"), True),
        (None, Said(text="hello"), False),
    ],
)
def test_reads_as_answer(asked: str | None, said: Said, answer: bool) -> None:
    assert reads_as_answer(asked=asked, said=said, region="US", words=WORDS) is answer


@pytest.mark.parametrize("said", [Said(repeat=True), Said(button={"contact_method": "call"})])
def test_what_is_not_for_this_field_changes_nothing(said: Said) -> None:
    assert take("contact_time", said).updates == {}
