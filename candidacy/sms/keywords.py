"""The words that command the texting itself: STOP ends it, START resumes it, HELP explains it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

KEYWORDS_FILE = Path(__file__).parent / "keywords.yml"


class Command(Enum):
    """What a text commands."""

    STOP = "stop"
    START = "start"
    HELP = "help"


@dataclass(frozen=True)
class Keywords:
    """The content of keywords.yml, ready to compare."""

    words: Mapping[str, Command]


def load_keywords(path: Path = KEYWORDS_FILE) -> Keywords:
    """Read the command words; raises ValueError, naming the file, when they cannot be used."""
    raise NotImplementedError


def command_of(text: str, *, opted_out: bool, keywords: Keywords) -> Command | None:
    """The command that a text gives, or None: then it is words for the assistant.

    STOP counts in any case, spacing and punctuation, and said in plain words anywhere in a text. HELP and INFO count
    alone. START and YES resume, and so count only when the person has opted out; else they are words like others.

    A text in plain words may speak of danger too: whoever asks this asks for red flags as well, and answers those.
    """
    raise NotImplementedError


def is_command_word(text: str, keywords: Keywords) -> bool:
    """Whether a text would be taken for a command by us or by Twilio, YES apart: such a word is no answer to offer."""
    raise NotImplementedError
