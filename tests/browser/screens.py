"""Takes the pictures in docs/screens/: the chat in each of its states, as a visitor sees it, and the staff console.

make screens NAMES="emergency console-inbox"
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FloatRect, sync_playwright

from tests.browser.console.pictures import PICTURES, take_pictures
from tests.browser.states import STATES, reach
from tests.support.browser import Chat, launch, new_chat
from tests.support.stack import start_stack, trained_model

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "docs/screens"
CHAT: FloatRect = {"x": 820, "y": 0, "width": 460, "height": 800}
"""Where the chat stands on a large screen."""


def shows_chat_alone(name: str) -> bool:
    """Whether the page beside the chat is left out of the picture: it is always the same."""
    return "viewport" not in STATES[name].options and "closed" not in name


def picture(browser: Browser, url: str, name: str) -> bytes:
    """One state of the chat, as PNG."""
    opened: list[Any] = []

    def visit(*, spanish: bool = False, **options: Any) -> Chat:
        chat, context = new_chat(browser, url, **options)
        opened.append(context)
        if spanish:
            chat.speak("es")
        return chat.visit()

    chat = reach(name, visit)
    chat.page.mouse.move(0, 0)
    taken = chat.page.screenshot(scale="css", caret="hide", clip=CHAT if shows_chat_alone(name) else None)
    opened[0].close()
    return taken


def pictures_of_chat(browser: Browser, names: Sequence[str], *, model: Path) -> Iterator[tuple[str, bytes]]:
    """These states of the chat, each a name and a PNG."""
    with tempfile.TemporaryDirectory() as directory:
        stack = start_stack(Path(directory), model=model)
        try:
            for name in names:
                yield name, picture(browser, stack.url, name)
        finally:
            stack.stop()


def main(names: list[str]) -> None:
    """Take those pictures, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = names or [*STATES, *PICTURES]
    of_chat = [name for name in wanted if name in STATES]
    of_console = [name for name in wanted if name not in STATES]
    model = trained_model(PROJECT)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if of_chat:
            save(pictures_of_chat(browser, of_chat, model=model))
        if of_console:
            save(take_pictures(browser, of_console, model=model, project=PROJECT))
        browser.close()


def save(taken: Iterator[tuple[str, bytes]]) -> None:
    """Put pictures in their place, and say which."""
    for name, png in taken:
        (FOLDER / f"{name}.png").write_bytes(png)
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
