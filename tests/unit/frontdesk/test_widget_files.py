"""The widget's files: loaded by pages of every origin, with the right types, and checked by `integrity`."""

from pathlib import Path

import httpx
import pytest

from candidacy.frontdesk.widget_files import integrity

pytestmark = pytest.mark.anyio

ELSEWHERE = {"Origin": "https://any.example"}


async def test_every_page_may_load_the_widget(client: httpx.AsyncClient) -> None:
    response = await client.get("/widget/candidacy-chat.js", headers=ELSEWHERE)
    assert (response.status_code, response.text) == (200, "export {};\n")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=300"


async def test_a_file_that_is_known_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/widget/candidacy-chat.js")
    again = await client.get("/widget/candidacy-chat.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("part.mjs", "text/javascript; charset=utf-8"),
        ("chat.css", "text/css; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
        ("type.woff2", "font/woff2"),
    ],
)
async def test_types_are_ours_and_not_the_machines(
    client: httpx.AsyncClient, widget: Path, name: str, media_type: str
) -> None:
    (widget / name).write_text("x")
    assert (await client.get(f"/widget/{name}")).headers["Content-Type"] == media_type


@pytest.mark.parametrize(
    "path", ["/widget/", "/widget/none.js", "/widget/../conftest.py", "/widget/%2e%2e/secret.js", "/widget/notes.py"]
)
async def test_nothing_else_is_there(client: httpx.AsyncClient, widget: Path, path: str) -> None:
    (widget.parent / "secret.js").write_text("secret")
    (widget / "notes.py").write_text("secret")
    response = await client.get(path)
    assert (response.status_code, response.json()["error"]) == (404, "not_found")


def test_integrity_is_what_browsers_compute() -> None:
    # The example of W3C Subresource Integrity, section 3.2.
    assert integrity(b"alert('Hello, world.');") == (
        "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
    )
