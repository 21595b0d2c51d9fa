"""What reading a message gives: findings, and a bare answer."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """Something a message says about somebody.

    Attributes:
        concept: ``fracture`` (of the spine), ``age_related``, ``stenosis_surgery``, ``fracture_elsewhere`` or
            ``other_surgery`` (not, or not said to be, for stenosis).
        value: ``yes``, ``no`` or ``unknown``. Surgery that is only planned, or was cancelled, is a ``no``.
        subject: ``self``, the person writing; ``other``; or ``another``, a relative of that other ("her sister") or the
            family at large.
        time: ``now``, ``past`` or ``planned``. What is only supposed is no finding.
        detail: Which and when, as told ("L1, 2019"); None when nothing was told.
        text: The clause it was read from, as written.
    """

    concept: str
    value: str
    subject: str
    time: str
    detail: str | None
    text: str

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON values."""
        return asdict(self)


@dataclass(frozen=True)
class Reading:
    """What a message says.

    Attributes:
        findings: What it says about somebody.
        answer: Its bare answer (``yes``, ``no``, ``unknown``) to whatever was asked.
        unclear: The concepts of the screening that it speaks of without saying clearly what; to be confirmed.
        for_another: Whether it says that it is written for somebody else.
        bearing: Whether it has words that bear on an answer, understood or not.
    """

    findings: tuple[Finding, ...]
    answer: str | None
    unclear: tuple[str, ...] = ()
    for_another: bool = False
    bearing: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The reading as plain JSON values."""
        return {
            "findings": [finding.as_dict() for finding in self.findings],
            "answer": self.answer,
            "unclear": list(self.unclear),
            "for_another": self.for_another,
            "bearing": self.bearing,
        }
