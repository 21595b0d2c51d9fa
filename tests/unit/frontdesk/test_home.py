"""The front page: the sample page with the clinic's values in it, under a policy that allows nothing inline."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from candidacy.frontdesk.home import fill_page, read_page
from candidacy.frontdesk.widget_files import integrity


@pytest.mark.parametrize(
    ("page", "filled"),
    [
        ("Call ${clinic_phone}.", "Call 212."),
        ("Call $clinic_phone.", "Call 212."),
        ("It costs $5 and ${nothing}.", "It costs $5 and ${nothing}."),
        ("${clinic_name}", "Tom &amp; &lt;b&gt;Ann&lt;/b&gt; &quot;s&quot;"),
    ],
)
def test_names_are_filled_in_as_text(page: str, filled: str) -> None:
    assert fill_page(page, {"clinic_phone": "212", "clinic_name": 'Tom & <b>Ann</b> "s"'}) == filled


@pytest.mark.parametrize("missing", ["sample.html", "candidacy-chat.js"])
def test_without_the_widget_there_is_no_page(widget: Path, missing: str) -> None:
    (widget / missing).unlink()
    assert read_page(widget, {}) is None


@pytest.mark.anyio
async def test_the_sample_page(client: httpx.AsyncClient, settings: Any) -> None:
    response = await client.get("/")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f"<h1>{settings.clinic_name}</h1>" in response.text
    assert '<a href="tel:+1-212-430-0312">(212) 430-0312</a>' in response.text
    assert f'integrity="{integrity(b"export {};" + bytes([10]))}"' in response.text


@pytest.mark.anyio
async def test_its_policy_allows_nothing_inline_and_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/")).headers["Content-Security-Policy"]
    directives = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert (directives["script-src"], directives["style-src"], directives["connect-src"]) == ("'self'",) * 3
    assert "unsafe" not in policy
