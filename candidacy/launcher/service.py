"""What the launcher needs to know of a process that it keeps running."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Service:
    """One process of the assistant."""

    name: str
    """As people call it: "front desk"."""
    log_name: str
    """Its log is <log_name>.log."""
    command: tuple[str, ...]
    health_url: str
    """Answers 200 as soon as the process can do its work."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Set besides the launcher's own environment."""
