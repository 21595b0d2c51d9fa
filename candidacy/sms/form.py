"""The form that Twilio posts: every parameter as it was sent, blank ones too."""

from collections.abc import Iterator, Sequence


class Form:
    """Parameters by name, in the shape which Twilio's own validator reads."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = tuple(pairs)

    @classmethod
    def read(cls, body: bytes) -> "Form":
        """Read application/x-www-form-urlencoded; raises ValueError when there are too many fields."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[str]:
        """The names, each once."""
        raise NotImplementedError

    def getlist(self, name: str) -> list[str]:
        """Every value of a name, in order."""
        raise NotImplementedError

    def get(self, name: str) -> str:
        """The first value of a name; "" where there is none."""
        raise NotImplementedError
