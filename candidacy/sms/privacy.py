"""What may stand in a text message, which nobody encrypts; the rest is shown behind a link that expires."""

from collections.abc import Collection, Sequence
from pathlib import Path

from candidacy.assistant.reply import Reply

CONDITIONS_FILE = Path(__file__).parent / "conditions.yml"


def load_conditions(path: Path = CONDITIONS_FILE) -> Sequence[str]:
    """Read the words that tell of a condition; raises ValueError, naming the file, when they cannot be used."""
    raise NotImplementedError


def may_be_texted(reply: Reply, *, names: Collection[str], conditions: Sequence[str]) -> bool:
    """Whether a reply may be sent as it is.

    No: read-backs and summaries (kind ``summary``), and texts in which a name stands together with a condition.

    Args:
        reply: what would be sent, its buttons included.
        names: the names that the conversation knows, as they were given.
        conditions: see `load_conditions`.
    """
    raise NotImplementedError
