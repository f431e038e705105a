"""Why a package cannot be built now; a leaf."""


class PackageError(Exception):
    """The package cannot be built; the sentence names what is missing and the cure."""


class TakenOverError(Exception):
    """Another worker has the row by now; whoever hears this leaves no trace."""


class NotOwedError(Exception):
    """Nobody waits for the package any more; it is not tried again."""


class WrongPersonError(PackageError):
    """Something is not known to be the person's own; only an officer can settle it."""
