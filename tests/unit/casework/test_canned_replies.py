"""The replies that staff choose from."""

from pathlib import Path

import pytest

from candidacy.casework.canned_replies import load_canned_replies
from candidacy.clinic import clinic_variables
from candidacy.settings import read_settings


def test_every_reply_is_filled_in() -> None:
    replies = load_canned_replies(clinic_variables(read_settings({})))

    assert replies
    assert not [reply for reply in replies if "{" in reply.text or not reply.title]
    assert any("(212) 430-0312" in reply.text for reply in replies)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("greeting: Hello", "must be a list of replies"),
        ("- {id: a, title: A}", "reply 1: text is missing"),
        ("- {id: a, title: A, text: 'Call {nobody}'}", "reply 1: nobody is missing"),
        ("- {id: a, title: A, text: A}\n- {id: a, title: B, text: B}", "an id comes twice"),
    ],
)
def test_a_wrong_file_is_refused_in_words(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "replies.yml"
    file.write_text(content)
    with pytest.raises(ValueError, match=message):
        load_canned_replies({}, path=file)
