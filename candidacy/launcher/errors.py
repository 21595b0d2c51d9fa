"""What the launcher says when it cannot go on."""


class LaunchError(Exception):
    """The assistant cannot be started or trained; the message is written for the person at the terminal."""


class Interrupted(LaunchError):
    """The person at the terminal asked to stop."""
