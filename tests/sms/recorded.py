"""Twilio as the front desk sees it: its API as described, with a recorder of what is asked before it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sms import prism
from tests.sms.recorder import Recorder
from tests.support.stack import TWILIO_TOKEN


@contextmanager
def recorded_twilio(folder: Path, *, require: Callable[[bool, str], None]) -> Iterator[Recorder]:
    """The recorder, listening, its log in the folder; where Prism is missing the test is skipped, and fails in CI."""
    absent = prism.missing()
    require(absent is None, absent or "")
    with (
        prism.serve(folder / "prism.log") as upstream,
        Recorder(token=TWILIO_TOKEN, upstream=upstream).listening() as recorder,
    ):
        yield recorder
