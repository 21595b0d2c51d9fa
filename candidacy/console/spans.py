"""Durations as pages show them. Pure."""

from datetime import timedelta


def shown_span(span: timedelta) -> str:
    """A duration in the two greatest units that say something: ``3 h 20 min``; below a minute, in seconds."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    units = [(days, "d"), (hours, "h"), (minutes, "min")]
    while len(units) > 1 and not units[0][0]:
        units.pop(0)
    return " ".join(f"{count} {unit}" for number, (count, unit) in enumerate(units[:2]) if count or number == 0)
