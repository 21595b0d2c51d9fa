"""Places among the conversations and their addresses, there and back."""

from datetime import date, datetime, timezone
from urllib.parse import parse_qsl, urlsplit

import pytest

from candidacy.casework.inbox_filter import InboxFilter, read_filter
from candidacy.console.conversations.address import inbox_address, is_conversation_id, message_address, read_cursor
from candidacy.records.console.inbox import InboxCursor

CURSOR = InboxCursor(True, datetime(2030, 5, 1, 12, 0, 0, 123456, tzinfo=timezone.utc), "4f2a-77")


def test_everything_is_the_bare_inbox() -> None:
    assert inbox_address(InboxFilter()) == "/inbox"


def test_filters_and_place_are_read_as_they_were_written() -> None:
    narrowed = InboxFilter(state="waiting", tag="a & b", active_from=date(2030, 3, 8), red_flag=True)
    parameters = dict(parse_qsl(urlsplit(inbox_address(narrowed, after=CURSOR)).query))
    assert read_filter(parameters) == narrowed
    assert read_cursor(parameters) == CURSOR


@pytest.mark.parametrize(
    "text", ["", "x", "1~yesterday~4f", "2~2030-05-01T12:00:00+00:00~4f", "1~2030-05-01T12:00:00~4f", "1~~", "0~~'"]
)
def test_what_is_no_place_is_the_beginning(text: str) -> None:
    assert read_cursor({"after": text}) is None


@pytest.mark.parametrize(
    ("last_position", "address"),
    [(None, "/conversations/4f#m7"), (9, "/conversations/4f#m7"), (400, "/conversations/4f?before=27#m7")],
)
def test_a_message_has_its_place_in_the_transcript(last_position: int | None, address: str) -> None:
    assert message_address("4f", 7, last_position=last_position) == address


@pytest.mark.parametrize(
    ("text", "can_be"), [("0f0e-9d", True), ("", False), ("a/b", False), ("a" * 65, False), ("a\n", False)]
)
def test_what_can_be_an_id(text: str, can_be: bool) -> None:
    assert is_conversation_id(text) is can_be
