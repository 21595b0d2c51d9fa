"""What is said when an account cannot be added or changed."""


class AdministrationError(Exception):
    """An account cannot be added or changed so; the message says what was wrong and what to do."""
