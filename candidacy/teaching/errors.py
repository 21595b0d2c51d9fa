"""What may go wrong with an export, in words for who asked for it."""


class ExportError(Exception):
    """The files cannot be written; the message says why and what to do."""
