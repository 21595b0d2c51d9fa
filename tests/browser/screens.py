"""Takes the pictures in docs/screens/: the chat in each of its states, as a visitor sees it.

make screens
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FloatRect, sync_playwright

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
    """One state, as PNG."""
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


def main(names: list[str]) -> None:
    """Take those pictures, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        stack = start_stack(Path(directory), model=trained_model(PROJECT))
        browser = launch(playwright)
        try:
            for name in names or STATES:
                (FOLDER / f"{name}.png").write_bytes(picture(browser, stack.url, name))
                sys.stdout.write(f"{name}\n")
        finally:
            browser.close()
            stack.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
