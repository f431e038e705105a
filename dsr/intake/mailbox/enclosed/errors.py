"""Why a file could not be read."""


class UnreadableError(Exception):
    """A file, or the rest of it, could not be read; the message says why."""
