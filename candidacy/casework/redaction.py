"""Takes out of a message what says who wrote it: names, telephone numbers, addresses, dates and long numbers.

It is a help to the two people who read the message before it is used, not a replacement for them.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import phonenumbers
import yaml

RULES_FILE = Path(__file__).parent / "redaction.yml"

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMERIC_DATE = re.compile(r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))\b")
_LOCAL_PHONE = re.compile(r"(?<![\w-])\(?\d{3}\)?[-. ]\d{3}[-. ]?\d{4}\b|(?<![\w-])\d{3}[-.]\d{4}\b")
_LONG_NUMBER = re.compile(r"\b\d(?:[ -]?\d){5,}\b")
_NAME_PART = r"[A-Z\u00c0-\u00de][\w'\u2019-]+"
_SHORTEST_NAME = 2


@dataclass(frozen=True)
class Redaction:
    """The rules of `redaction.yml`, ready to use.

    Args:
        rules: the file's contents.
        region: country of telephone numbers without a country code.
    """

    rules: Mapping[str, Any]
    region: str

    def redact(self, text: str, *, names: Collection[str] = ()) -> str:
        """The text with stand-ins for what identifies a person.

        Args:
            text: what a visitor wrote.
            names: names that are known from elsewhere, such as that of the consultation request.
        """
        stand_in = self.rules["stand_ins"]
        text = _ADDRESS.sub(stand_in["address"], text)
        text = _NUMERIC_DATE.sub(stand_in["date"], text)
        text = self._worded_dates().sub(stand_in["date"], text)
        text = self._without_phones(text)
        text = _LONG_NUMBER.sub(stand_in["number"], text)
        text = self._introduced_names().sub(lambda match: match["before"] + stand_in["name"], text)
        return self._without_known_names(text, names)

    def _without_phones(self, text: str) -> str:
        matcher = phonenumbers.PhoneNumberMatcher(text, self.region, leniency=phonenumbers.Leniency.POSSIBLE)
        for match in reversed(list(matcher)):
            text = text[: match.start] + self.rules["stand_ins"]["phone"] + text[match.end :]
        return _LOCAL_PHONE.sub(self.rules["stand_ins"]["phone"], text)

    def _worded_dates(self) -> re.Pattern[str]:
        months = "|".join(self.rules["months"])
        day = r"\d{1,2}(?:st|nd|rd|th)?"
        year = r"(?:,?\s+(?:19|20)\d{2})"
        return re.compile(
            rf"\b(?:{day}\s+(?:of\s+)?(?:{months})\b\.?{year}?|(?:{months})\b\.?\s+{day}\b{year}?|(?:{months})\b\.?{year})",
            re.IGNORECASE,
        )

    def _introduced_names(self) -> re.Pattern[str]:
        before = "|".join(re.escape(words) for words in self.rules["before_names"])
        return re.compile(rf"(?P<before>\b(?i:{before})\b[.,:]?\s+){_NAME_PART}(?:\s+{_NAME_PART})*")

    def _without_known_names(self, text: str, names: Collection[str]) -> str:
        parts = {part for name in names for part in name.split() if len(part) >= _SHORTEST_NAME}
        if not parts:
            return text
        known = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
        one = self.rules["stand_ins"]["name"]
        return re.sub(rf"\b(?:{known})\b(?:\s+(?:{known})\b)*", one, text, flags=re.IGNORECASE)


def load_redaction(*, region: str, path: Path = RULES_FILE) -> Redaction:
    """Read the rules."""
    return Redaction(rules=yaml.safe_load(path.read_text(encoding="utf-8")), region=region)
