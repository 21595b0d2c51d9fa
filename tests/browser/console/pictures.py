"""The pictures of the console in docs/screens/, for `tests.browser.screens`."""

import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser

from tests.browser.console.clinic import OpenClinic, open_clinic
from tests.browser.console.states import STATES, reach
from tests.sms import prism
from tests.sms.recorder import Recorder
from tests.support.console import DESKTOP
from tests.support.stack import TWILIO_TOKEN

PREFIX = "console-"
PHONE = {"width": 390, "height": 780}
COLORS = 64
DARK = ("inbox", "red-flag", "numbers")
ON_A_PHONE = ("inbox", "red-flag", "answering", "call-backs")


@dataclass(frozen=True)
class Picture:
    """A state, and how it is looked at."""

    state: str
    size: Mapping[str, int]
    scheme: str = "light"


PICTURES = {
    **{f"{PREFIX}{name}": Picture(name, DESKTOP) for name in STATES},
    **{f"{PREFIX}dark-{name}": Picture(name, DESKTOP, "dark") for name in DARK},
    **{f"{PREFIX}phone-{name}": Picture(name, PHONE) for name in ON_A_PHONE},
}
"""By the name of the file."""


def take_pictures(browser: Browser, names: Sequence[str], *, model: Path, project: Path) -> Iterator[tuple[str, bytes]]:
    """Open a clinic and take these pictures, each a name and a PNG.

    Raises:
        RuntimeError: what sends text messages is missing.
    """
    missing = prism.missing()
    if missing:
        raise RuntimeError(f"needed for pictures of the console: {missing}")
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        with (
            prism.serve(folder / "prism.log") as upstream,
            Recorder(token=TWILIO_TOKEN, upstream=upstream).listening() as recorder,
            open_clinic(folder, model=model, project=project, recorder=recorder, browser=browser) as clinic,
        ):
            for name in names:
                yield name, _picture(clinic, PICTURES[name])


def _picture(clinic: OpenClinic, picture: Picture) -> bytes:
    desk = reach(picture.state, clinic)
    page = desk.page
    size: Any = dict(picture.size)
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=picture.scheme)  # type: ignore[arg-type]
    page.mouse.move(0, 0)
    return _small(page.screenshot(scale="css", caret="hide"))


def _small(png: bytes) -> bytes:
    """The same picture with the few colors that a page of words has."""
    written = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(
        written, format="PNG", optimize=True
    )
    return written.getvalue()
