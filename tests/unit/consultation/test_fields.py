"""The fields of a consultation request: their order, and when the request is whole."""

import pytest

from candidacy.consultation.fields import is_complete, next_field

WHOLE: dict[str, str | None] = {
    "contact_name": "Ann Lee",
    "contact_phone": "+12124300312",
    "contact_method": "call",
    "contact_time": "any",
    "contact_note": "skipped",
    "contact_consent": "yes",
    "contact_review": "yes",
}


@pytest.mark.parametrize(
    ("missing", "field"),
    [(field, field) for field in WHOLE],
)
def test_the_first_missing_field_is_asked(missing: str, field: str) -> None:
    assert next_field({**WHOLE, missing: None}) == field


def test_nothing_is_asked_of_a_whole_request() -> None:
    assert next_field(WHOLE) is None


def test_without_consent_nothing_is_read_back() -> None:
    assert next_field({**WHOLE, "contact_consent": "no", "contact_review": None}) is None


@pytest.mark.parametrize(
    ("changed", "complete"),
    [({}, True), ({"contact_consent": "no"}, False), ({"contact_review": "no"}, False)]
    + [({field: None}, False) for field in WHOLE],
)
def test_is_complete(changed: dict[str, str | None], complete: bool) -> None:
    assert is_complete({**WHOLE, **changed}) is complete
