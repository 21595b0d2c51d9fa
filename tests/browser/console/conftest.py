"""The running product with its staff at their desks, and people who write to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.console.clinic import OpenClinic, open_clinic
from tests.sms.recorded import recorded_twilio
from tests.sms.recorder import Recorder
from tests.support.stack import trained_model


@pytest.fixture(scope="package")
def recorder(tmp_path_factory: pytest.TempPathFactory, require: Callable[[bool, str], None]) -> Iterator[Recorder]:
    """Twilio, as the front desk sees it."""
    with recorded_twilio(tmp_path_factory.mktemp("prism"), require=require) as recorder:
        yield recorder


@pytest.fixture(scope="package")
def clinic(
    tmp_path_factory: pytest.TempPathFactory, project: Path, recorder: Recorder, browser: Browser
) -> Iterator[OpenClinic]:
    """A clinic on a day that is under way, with its staff signed in; all tests here share it."""
    folder = tmp_path_factory.mktemp("clinic")
    with open_clinic(folder, model=trained_model(project), project=project, recorder=recorder, browser=browser) as it:
        yield it
