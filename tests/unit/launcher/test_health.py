"""A process is healthy when it says 200."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from candidacy.launcher.health import answers


@pytest.fixture
def url() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(int(self.path.strip("/")))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (404, False), (500, False), (503, False)])
def test_only_200_is_healthy(url: str, status: int, healthy: bool) -> None:
    assert answers(f"{url}/{status}") is healthy


def test_a_port_where_nobody_listens_is_not_healthy(free_port: int) -> None:
    assert answers(f"http://127.0.0.1:{free_port}/") is False


def test_a_proxy_in_the_environment_is_not_asked(url: str, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port}")
    assert answers(f"{url}/200") is True
