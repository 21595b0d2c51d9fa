"""docs/sms.md says what is so: the texts that a clinic registers, the settings, and the addresses."""

from pathlib import Path

import pytest

from candidacy.machine import clinic_texts
from candidacy.settings import read_settings
from candidacy.sms.gsm7 import fold
from candidacy.texting_settings import TextingSettings

TEXTS = clinic_texts(read_settings({}))


@pytest.fixture(scope="module")
def documentation(project: Path) -> str:
    return (project / "docs" / "sms.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "utter_sms_welcome",
        "utter_sms_consent_yes",
        "utter_sms_started",
        "utter_sms_stopped",
        "utter_sms_help",
        "utter_faq/hospital_stay",
        "utter_emergency",
    ],
)
def test_the_sample_messages_are_those_that_are_sent(name: str, documentation: str) -> None:
    assert f"| {fold(TEXTS.reply(name, channel='sms').text)} |" in documentation


@pytest.mark.parametrize("field", TextingSettings.__fields__)
def test_every_setting_is_explained(field: str, documentation: str) -> None:
    assert f"| `CANDIDACY_{field.upper()}` |" in documentation


@pytest.mark.parametrize("field", ["sms_api_url", "sms_regions", "sms_link_minutes", "sms_receipt_days"])
def test_the_defaults_are_those_of_the_settings(field: str, documentation: str) -> None:
    assert f"| `CANDIDACY_{field.upper()}` | `{TextingSettings.__fields__[field].default}` |" in documentation
