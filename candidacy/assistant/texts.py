"""The texts of domain.yml, for the parts that must speak without Rasa."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from candidacy.assistant.reply import Button, Reply


class Texts:
    """Renders the responses of domain.yml with the clinic's variables filled in."""

    def __init__(self, *, responses: Mapping[str, Any], variables: Mapping[str, str]) -> None:
        self._responses = responses
        self._variables = dict(variables)
        self._names = frozenset(responses)

    @classmethod
    def from_domain(cls, path: Path, *, variables: Mapping[str, str]) -> "Texts":
        """Read the responses of a Rasa domain file."""
        domain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return cls(responses=domain["responses"], variables=variables)

    def reply(self, name: str, *, channel: str | None = None, **values: str) -> Reply:
        """The response as a reply, in its variant for the channel if there is one.

        Raises:
            KeyError: there is no such response, or a variable of it has no value.
        """
        variant = self._variant(name, channel)
        variables = {**self._variables, **values}
        metadata = variant.get("metadata") or {}
        return Reply(
            text=variant["text"].format(**variables).strip(),
            kind=metadata["kind"],
            topic=metadata.get("topic"),
            facts=tuple(metadata.get("facts") or ()),
            buttons=tuple(
                Button(title=button["title"].format(**variables), payload=button["payload"].format(**variables))
                for button in variant.get("buttons") or ()
            ),
        )

    def phrase(self, name: str, **values: str) -> str:
        """The bare text of a response, for use inside another text."""
        return str(self._variant(name, None)["text"]).format(**{**self._variables, **values}).strip()

    @property
    def names(self) -> frozenset[str]:
        """The names of all responses."""
        return self._names

    def has(self, name: str) -> bool:
        """Whether domain.yml has a response of that name."""
        return name in self._names

    def _variant(self, name: str, channel: str | None) -> Mapping[str, Any]:
        variants = self._responses[name]
        default: Mapping[str, Any] = next(
            (v for v in variants if "channel" not in v and "condition" not in v), variants[0]
        )
        return next((v for v in variants if channel and v.get("channel") == channel), default)
