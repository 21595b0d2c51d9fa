"""Which text answers a recognised danger; used inside Rasa, and by the front desk without it."""

LEVELS = ("emergency", "crisis", "urgent")
"""The levels of a red flag, the most pressing first."""


def danger_text(*, level: str, language: str) -> str:
    """The response for a red flag's level; in Spanish and English when it was said in Spanish."""
    return f"utter_{level}_es" if language == "es" else f"utter_{level}"


DANGER_TEXTS = tuple(danger_text(level=level, language=language) for level in LEVELS for language in ("en", "es"))
"""Every response that answers a danger."""
