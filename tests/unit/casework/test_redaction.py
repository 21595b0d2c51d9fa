"""What identifies a person is taken out of what may teach the assistant; what is medical stays."""

import pytest

from candidacy.casework.redaction import Redaction, load_redaction


@pytest.fixture(scope="module")
def redaction() -> Redaction:
    return load_redaction(region="US")


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("call me at (646) 555-0123 please", "call me at PHONE please"),
        ("646.555.0123", "PHONE"),
        ("my number is +44 20 7946 0958", "my number is PHONE"),
        ("text 555-0123", "text PHONE"),
        ("write to ann.lee@example.com", "write to ADDRESS"),
        ("see https://example.com/ann", "see ADDRESS"),
        ("surgery on 03/04/2019", "surgery on DATE"),
        ("surgery on 2019-03-04", "surgery on DATE"),
        ("surgery on March 4th, 2019 went fine", "surgery on DATE went fine"),
        ("since the 4 of march", "since the DATE"),
        ("in June 2020", "in DATE"),
        ("my name is Ann Lee and I hurt", "my name is NAME and I hurt"),
        ("Dr. Smith said so", "Dr. NAME said so"),
        ("I'm Ann. I fell", "I'm NAME. I fell"),
        ("my record is 12345678", "my record is NUMBER"),
    ],
)
def test_what_identifies_is_replaced(redaction: Redaction, text: str, redacted: str) -> None:
    assert redaction.redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "I broke L1 and L4-L5 in 2019",
        "I am 71 and may have had a laminectomy",
        "im stuck in bed for 6 weeks",
        "how long will I be in the hospital, 3 or 4 days?",
        "I'm worried about a 10 mm slip",
        "the march to the bathroom hurts",
    ],
)
def test_what_is_medical_stays(redaction: Redaction, text: str) -> None:
    assert redaction.redact(text) == text


def test_a_name_that_is_known_is_found_in_any_case(redaction: Redaction) -> None:
    assert redaction.redact("ANN LEE here, ann again", names=["Ann Lee"]) == "NAME here, NAME again"
