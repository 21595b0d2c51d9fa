"""Measures the widget: its size, how long it takes to open, what Lighthouse says of the page with and without it.

    make figures

Prints Markdown for docs/widget.md. Figures depend on the machine, so no test asserts them.
"""

import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from playwright.sync_api import Browser, sync_playwright

from candidacy.launcher.ports import free_ports
from scripts.assemble_widget import ASSEMBLED
from tests.support.browser import chromium_path, launch, new_chat
from tests.support.stack import start_stack, trained_model

PROJECT = Path(__file__).parents[2]
TOOLS = Path(__file__).parent / "node_modules/.bin"
OPENINGS = 20
LIGHTHOUSE_RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")

# From the click to the first frame that shows the panel, with the focus in it.
OPEN = """() => new Promise((resolve) => {
    const root = document.querySelector("candidacy-chat").shadowRoot;
    const began = performance.now();
    root.querySelector("button.launcher").click();
    const isOpen = root.querySelector("dialog").open && root.activeElement;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(isOpen ? performance.now() - began : Infinity);
      channel.port2.postMessage(null);
    });
})"""


def opening_times(browser: Browser, url: str) -> list[float]:
    """Milliseconds, each on a page of its own, where nothing is there yet."""
    times = []
    for _ in range(OPENINGS):
        chat, context = new_chat(browser, url)
        times.append(float(chat.visit().page.evaluate(OPEN)))
        context.close()
    return times


@contextmanager
def page_without_widget(url: str) -> Iterator[str]:
    """The page through a server that takes the chat out of it, or leaves it in: the address ends in ?chat=0 or 1."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = httpx.get(url + self.path, trust_env=False)
            body = answer.content
            if self.path == "/?chat=0":
                body = re.sub(rb"<script.*?</script>|<candidacy-chat.*?</candidacy-chat>", b"", body, flags=re.DOTALL)
            self.send_response(answer.status_code)
            for name in ("content-type", "content-security-policy", "cache-control"):
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *values: object) -> None:
            """Nothing."""

    (port,) = free_ports(1)
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{port}/?chat="
    server.shutdown()


def lighthouse(address: str) -> dict[str, float]:
    """The scores of a page, 0 to 100."""
    command = [TOOLS / "lighthouse", address, "--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}"]
    flags = ["--chrome-flags=--headless=new --no-sandbox"]
    environment = {**os.environ, "CHROME_PATH": str(chromium_path())}
    report = json.loads(subprocess.run([*command, *flags], env=environment, check=True, capture_output=True).stdout)
    return {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}


def median_scores(address: str) -> dict[str, float]:
    """The middle of several runs."""
    runs = [lighthouse(address) for _ in range(LIGHTHOUSE_RUNS)]
    return {name: statistics.median(run[name] for run in runs) for name in CATEGORIES}


def accessibility_tree(browser: Browser, url: str) -> str:
    """The open chat as assistive technology is told of it."""
    chat, context = new_chat(browser, url)
    chat.visit().open()
    tree = chat.panel.aria_snapshot()
    context.close()
    return tree


def main() -> None:
    """Measure, and print."""
    size = len(gzip.compress(ASSEMBLED.read_bytes(), compresslevel=9))
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        stack = start_stack(Path(directory), model=trained_model(PROJECT))
        browser = launch(playwright)
        try:
            times = opening_times(browser, stack.url)
            tree = accessibility_tree(browser, stack.url)
            browser.close()
            with page_without_widget(stack.url) as page:
                without, with_chat = median_scores(page + "0"), median_scores(page + "1")
        finally:
            stack.stop()
    lines = [
        "| figure | value |",
        "| --- | --- |",
        f"| everything that runs, gzip -9 | {size:,} bytes |",
        f"| from click to the open panel's first frame, {OPENINGS} fresh pages | "
        f"median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms |",
        *(
            f"| Lighthouse {name}, without and with the chat | {without[name]:.0f} → {with_chat[name]:.0f} |"
            for name in CATEGORIES
        ),
        "",
        "```",
        tree,
        "```",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
