"""Whatever breaks, and in whatever order: in the end the client has exactly the server's messages, in order, each once.

The widget's own modules run in Node.js against a server in memory (`schedules.js`), on a clock that the schedule moves.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

STEPS = [
    "write",
    "staff",
    "cut",
    "down",
    "up",
    "lose receipts",
    "keep receipts",
    "hold streams",
    "reload",
    "hide",
    "look",
    "moment",
    "seconds",
    "sleep",
]

Ask = Callable[[dict[str, Any]], Any]


@pytest.fixture(scope="module")
def ask(require: Callable[[bool, str], None]) -> Iterator[Ask]:
    """Have Node.js run one case, and read what came of it."""
    node = shutil.which("node")
    require(node is not None, "Node.js (Debian: apt-get install nodejs)")
    command = [str(node), str(Path(__file__).parent / "schedules.js")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def ask(case: dict[str, Any]) -> Any:
            asked.write(json.dumps(case) + "\n")
            return json.loads(answers.readline())

        yield ask
        asked.close()


@given(steps=st.lists(st.sampled_from(STEPS), max_size=25))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_client_ends_with_exactly_the_servers_messages(ask: Ask, steps: list[str]) -> None:
    end = ask({"steps": steps})
    assert end["client"] == end["server"]
    assert end["waiting"] == 0
    written = [line.split(" ", 1)[1] for line in end["server"]]
    assert [text for text in written if text in end["texts"]] == end["texts"], "each text once, in the order of writing"


@given(steps=st.lists(st.sampled_from(STEPS), max_size=25))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_spoken_twice(ask: Ask, steps: list[str]) -> None:
    arrived = ask({"steps": steps})["arrived"]
    assert len(arrived) == len(set(arrived)), steps


MESSAGE = st.text(alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\n\0"), min_size=1)


@given(
    texts=st.lists(MESSAGE, max_size=5),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    cuts=st.lists(st.integers(0, 400)),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_stream_is_read_alike_however_it_is_cut(ask: Ask, texts: list[str], line_end: str, cuts: list[int]) -> None:
    lines = [line for text in texts for line in (": ping", "", "id: 7", f"data: {text}", "")]
    stream = "".join(line + line_end for line in lines) + line_end
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    pieces = [stream[start:end] for start, end in pairwise(places)]
    assert [event["data"] for event in ask({"pieces": [*pieces, ""]})] == texts


def test_a_stream_gives_named_events_and_leaves_comments_out(ask: Ask) -> None:
    stream = ': ping\r\n\r\nevent: working\r\ndata: {"working": true}\r\n\r\ndata: one\r\ndata: two\r\n\r\n'
    assert ask({"pieces": [stream]}) == [
        {"type": "working", "data": '{"working": true}'},
        {"type": "message", "data": "one\ntwo"},
    ]
