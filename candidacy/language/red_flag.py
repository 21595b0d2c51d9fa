"""What a red flag is: its level, its category, and the language it was said in."""

from dataclasses import asdict, dataclass
from typing import Any

EMERGENCY, CRISIS, URGENT = LEVELS = ("emergency", "crisis", "urgent")
"""What a red flag can be, the most pressing first."""


@dataclass(frozen=True)
class RedFlag:
    """Danger in a message.

    Attributes:
        level: ``emergency`` (911 now), ``crisis`` (the 988 Lifeline) or ``urgent`` (a clinician the same day).
        category: The category's name in the rule files.
        language: ``en`` or ``es``, the language it was said in.
    """

    level: str
    category: str
    language: str

    def as_dict(self) -> dict[str, Any]:
        """The red flag as plain JSON values."""
        return asdict(self)
