"""Whole conversations by text, through the signed webhook and Twilio's own description: every segment is compared."""

import pytest

from candidacy.sms.gsm7 import is_gsm7
from candidacy.sms.segments import segment_count
from tests.sms.script import Script, play, read_scripts
from tests.sms.telephone import Telephone

SCRIPTS = read_scripts()


def test_there_are_at_least_twelve() -> None:
    assert len(SCRIPTS) >= 12


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_conversation(telephone: Telephone, script: Script) -> None:
    play(telephone, script)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_what_is_sent_is_short_and_plain(script: Script) -> None:
    bodies = [body for turn in script.turns for body in turn["reads"]]
    assert [body for body in bodies if len(body) > 320 or not is_gsm7(body) or segment_count(body) > 3] == []
