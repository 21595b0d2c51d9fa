"""The same text messages on PostgreSQL: `DATABASE_URL` alone differs."""

from pathlib import Path
from typing import Any

from tests.sms.recorder import Recorder
from tests.sms.script import play, read_scripts
from tests.sms.telephone import Telephone
from tests.support.postgresql import create_postgresql_database
from tests.support.stack import start_stack, trained_model

NAME = "a screening from its consent to its end, by numbers"


def test_a_conversation(tmp_path: Path, project: Path, postgresql: Any, recorder: Recorder) -> None:
    (script,) = [script for script in read_scripts() if script.name == NAME]
    url = create_postgresql_database(postgresql, name="texting")
    stack = start_stack(tmp_path, model=trained_model(project), database_url=url, twilio_url=recorder.url)
    try:
        play(Telephone(stack, recorder), script)
    finally:
        stack.stop()
