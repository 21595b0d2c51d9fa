"""What a visitor may send, and what is said about everything else."""

from typing import Any

import pytest

from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.message_input import Action, ButtonPress, Input, TypedText, clean_text, read_message_input


def read(data: dict[str, Any]) -> Input:
    return read_message_input(data, max_length=200)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"client_id": "a", "text": "Hello"}, TypedText("a", "Hello")),
        ({"client_id": "a-B_9", "text": " two\nlines "}, TypedText("a-B_9", " two\nlines ")),
        ({"client_id": "a" * 64, "text": "?"}, TypedText("a" * 64, "?")),
        ({"client_id": "a", "text": "🙂"}, TypedText("a", "🙂")),
        ({"client_id": "a", "text": "¿sí?"}, TypedText("a", "¿sí?")),
        ({"client_id": "a", "text": "/restart"}, TypedText("a", "/restart")),
        ({"client_id": "a", "text": "x" * 200}, TypedText("a", "x" * 200)),
        ({"client_id": "a", "text": "x" * 200 + "\0"}, TypedText("a", "x" * 200)),
        ({"client_id": "a", "text": "hi", "page": "/spine"}, TypedText("a", "hi")),
        ({"client_id": "a", "button": "4-1"}, ButtonPress("a", "4-1")),
        ({"client_id": "a", "action": "talk_to_person"}, Action("a", "talk_to_person")),
    ],
)
def test_accepted(data: dict[str, Any], expected: Input) -> None:
    assert read(data) == expected


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({}, "invalid_client_id"),
        ({"text": "hi"}, "invalid_client_id"),
        ({"client_id": "", "text": "hi"}, "invalid_client_id"),
        ({"client_id": "a" * 65, "text": "hi"}, "invalid_client_id"),
        ({"client_id": "a b", "text": "hi"}, "invalid_client_id"),
        ({"client_id": "a\n", "text": "hi"}, "invalid_client_id"),
        ({"client_id": "é", "text": "hi"}, "invalid_client_id"),
        ({"client_id": 7, "text": "hi"}, "invalid_client_id"),
        ({"client_id": "a"}, "text_or_button"),
        ({"client_id": "a", "text": "hi", "button": "4-1"}, "text_or_button"),
        ({"client_id": "a", "text": "hi", "button": None}, "text_or_button"),
        ({"client_id": "a", "text": "hi", "action": "talk_to_person"}, "text_or_button"),
        ({"client_id": "a", "button": "4-1", "action": "talk_to_person"}, "text_or_button"),
        ({"client_id": "a", "action": "/restart"}, "unknown_action"),
        ({"client_id": "a", "action": None}, "unknown_action"),
        ({"client_id": "a", "text": None}, "invalid_text"),
        ({"client_id": "a", "text": ["hi"]}, "invalid_text"),
        ({"client_id": "a", "text": ""}, "empty_text"),
        ({"client_id": "a", "text": " \n\t "}, "empty_text"),
        ({"client_id": "a", "text": "\0\x07"}, "empty_text"),
        ({"client_id": "a", "text": "\u200b\u2060\ufeff\u00a0"}, "empty_text"),
        ({"client_id": "a", "text": "\ud83d"}, "empty_text"),
        ({"client_id": "a", "text": "x" * 201}, "message_too_long"),
        ({"client_id": "a", "button": None}, "unknown_button"),
        ({"client_id": "a", "button": ""}, "unknown_button"),
        ({"client_id": "a", "button": "/restart"}, "unknown_button"),
    ],
)
def test_refused(data: dict[str, Any], error: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read(data)
    assert (refusal.value.status, refusal.value.error) == (400, error)


def test_too_long_names_the_limit() -> None:
    with pytest.raises(ApiError) as refusal:
        read({"client_id": "a", "text": "x" * 201})
    assert "200 characters" in refusal.value.message


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("a\0b", "ab"),
        ("a\x1b[31mb\x7f\x85", "a[31mb"),
        ("one\r\ntwo\rthree\nfour\tfive", "one\ntwo\nthree\nfour\tfive"),
        ("half \ud83d pair", "half  pair"),
        ("family 👨‍👩‍👧 stays", "family 👨‍👩‍👧 stays"),
        ("dolor de espalda, ¿sí?", "dolor de espalda, ¿sí?"),
    ],
)
def test_clean_text(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned
