"""When calls are due, and what follows from an attempt."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from candidacy.casework.call_back_rules import CallBackRules, load_call_back_rules
from candidacy.settings import ClinicHours

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def rules() -> CallBackRules:
    return load_call_back_rules(hours=ClinicHours.parse("Mon-Fri 09:00-17:00"), timezone=NEW_YORK)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def test_a_call_is_due_after_half_a_day_of_the_clinics(rules: CallBackRules) -> None:
    assert rules.due(local("2026-03-06 16:00")) == local("2026-03-09 12:00")


@pytest.mark.parametrize("outcome", ["reached", "scheduled", "declined"])
def test_who_was_reached_is_not_called_again(rules: CallBackRules, outcome: str) -> None:
    assert rules.next_attempt(outcome, at=local("2026-03-06 16:00")) is None


@pytest.mark.parametrize("outcome", ["voicemail", "wrong_number"])
def test_who_was_not_is_due_a_clinic_day_later(rules: CallBackRules, outcome: str) -> None:
    assert rules.next_attempt(outcome, at=local("2026-03-06 16:00")) == local("2026-03-09 16:00")


def test_another_outcome_is_refused_by_name(rules: CallBackRules) -> None:
    with pytest.raises(ValueError, match="must be one of reached, scheduled, declined, voicemail, wrong_number"):
        rules.next_attempt("forgotten", at=local("2026-03-06 16:00"))


def test_an_outcome_must_say_what_follows(tmp_path: Path) -> None:
    file = tmp_path / "call_backs.yml"
    file.write_text("due_after_hours: 4\noutcomes: {lost: {}}\n")
    with pytest.raises(ValueError, match="lost: must either close or say"):
        load_call_back_rules(hours=ClinicHours.parse("Mon-Fri 09:00-17:00"), timezone=NEW_YORK, path=file)


def test_no_number_of_attempts_closes_a_call(rules: CallBackRules) -> None:
    at = local("2026-03-06 16:00")
    for _ in range(50):
        following = rules.next_attempt("voicemail", at=at)
        assert following is not None
        assert following - at >= timedelta(hours=8)
        at = following
