"""The form that Twilio posts: every parameter as it was sent, blank ones too."""

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl

MOST_FIELDS = 1000


class Form:
    """Parameters by name, in the shape which Twilio's own validator reads."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = tuple(pairs)

    @classmethod
    def read(cls, body: bytes) -> "Form":
        """Read application/x-www-form-urlencoded; raises ValueError when it has more than 1,000 fields.

        Bytes that are no UTF-8 are replaced, so that they can match no signature.
        """
        return cls(
            parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        )

    def __iter__(self) -> Iterator[str]:
        """The names, each once."""
        return iter(dict.fromkeys(name for name, _ in self._pairs))

    def __len__(self) -> int:
        """How many names there are."""
        return len({name for name, _ in self._pairs})

    def getlist(self, name: str) -> list[str]:
        """Every value of a name, in order."""
        return [value for own, value in self._pairs if own == name]

    def get(self, name: str) -> str:
        """The first value of a name; "" where there is none."""
        return next(iter(self.getlist(name)), "")
