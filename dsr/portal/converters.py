"""References in addresses."""


class ReferenceConverter:
    """Anything shaped like a reference, whether or not there is such a case."""

    regex = "[Dd][Ss][Rr]-[0-9]{4}-[0-9]{6,9}-[0-9A-Za-z]{2}"

    def to_python(self, value: str) -> str:
        """Return the reference as it is written."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """Return it for an address."""
        return value
