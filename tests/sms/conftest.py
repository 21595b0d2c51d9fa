"""The running product with text messages, and Twilio's own description of its interface to send them to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sms.recorded import recorded_twilio
from tests.sms.recorder import Recorder
from tests.sms.telephone import Telephone
from tests.support.stack import Stack, start_stack, trained_model


@pytest.fixture(scope="session")
def recorder(tmp_path_factory: pytest.TempPathFactory, require: Callable[[bool, str], None]) -> Iterator[Recorder]:
    """Twilio, as the front desk sees it."""
    with recorded_twilio(tmp_path_factory.mktemp("prism"), require=require) as recorder:
        yield recorder


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, project: Path, recorder: Recorder) -> Iterator[Stack]:
    """Rasa, its actions behind a switch, and the front desk, set up for text messages."""
    running = start_stack(tmp_path_factory.mktemp("stack"), model=trained_model(project), twilio_url=recorder.url)
    yield running
    running.stop()


@pytest.fixture
def telephone(stack: Stack, recorder: Recorder) -> Telephone:
    """A telephone that never texted before."""
    return Telephone(stack, recorder)
