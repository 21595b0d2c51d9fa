"""A text as bare words."""

import pytest

from candidacy.sms.plain_words import plain_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't, please!", ("dont", "please")),
        ("don\u2019t", ("dont",)),
        ("¡No más!", ("no", "mas")),
        ("STOOOP", ("stop",)),
        ("will fall", ("will", "fall")),
        ("opt-out_now", ("opt", "out", "now")),
        ("\uff33\uff34\uff2f\uff30", ("stop",)),
        ("\U0001f6d1", ()),
        ("", ()),
    ],
)
def test_plain_words(text: str, words: tuple[str, ...]) -> None:
    assert plain_words(text) == words
