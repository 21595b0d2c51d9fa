"""The running product, and browsers to visit it with."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import Chat, chromium_path, launch, new_chat
from tests.support.stack import Stack, start_stack, trained_model


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[Stack]:
    """The whole product, with a database of its own, for as long as these tests last."""
    running = start_stack(tmp_path_factory.mktemp("stack"), model=trained_model(project))
    yield running
    running.stop()


@pytest.fixture(scope="package")
def browser(require: Callable[[bool, str], None]) -> Iterator[Browser]:
    """The machine's Chromium; gone after these tests, for Playwright keeps an event loop running."""
    require(chromium_path() is not None, "Chromium (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, stack: Stack) -> Iterator[Callable[..., Chat]]:
    """Visit the sample page as somebody new: `visit()`, with Playwright's options of a context.

    `spanish`, or `page_language`, is what the page says of its own language.

    Nobody's visit may raise an error on the page, or do what its content security policy forbids.
    """
    with ExitStack() as closing:
        chats: list[Chat] = []

        def visit(*, spanish: bool = False, page_language: str | None = None, **options: Any) -> Chat:
            chat, context = new_chat(browser, stack.url, **options)
            closing.callback(context.close)
            chats.append(chat)
            language = "es" if spanish else page_language
            if language:
                chat.speak(language)
            return chat.visit()

        yield visit
        for chat in chats:
            assert chat.errors == []
            assert chat.violations() == []


@pytest.fixture
def chat(visit: Callable[..., Chat]) -> Chat:
    """Somebody who has opened the chat."""
    return visit().open()


@pytest.fixture
def axe(require: Callable[[bool, str], None]) -> str:
    """The source of axe-core, which checks a page against WCAG."""
    return tool(require, "axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def html_validate(require: Callable[[bool, str], None]) -> Path:
    """html-validate's command."""
    return tool(require, ".bin/html-validate")


def tool(require: Callable[[bool, str], None], path: str) -> Path:
    """A file of the tools that package.json names."""
    file = Path(__file__).parent / "node_modules" / path
    require(file.exists(), "the browser tests' tools (make tools)")
    return file
