"""Where an error came from, as a log may say it."""

import traceback


def where(error: BaseException) -> list[str]:
    """The places an error came through, innermost last, as ``file:line function``; never its message."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-5:]]
