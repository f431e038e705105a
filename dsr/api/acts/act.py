"""What an act takes, and the verb that does it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from rest_framework import serializers

from dsr.models import Ticket
from dsr.policy.checks import SHORTEST_REASON

LONGEST = 20_000  # characters


def reason() -> serializers.CharField:
    """Return a field for words that somebody has to understand."""
    return serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST)


class ActSerializer(serializers.Serializer[Any]):
    """An act that takes nothing; `context["ticket"]` is what it is done to."""

    @property
    def ticket(self) -> Ticket:
        """Return the ticket."""
        ticket: Ticket = self.context["ticket"]
        return ticket


class ApiAct(NamedTuple):
    """What an act takes, and the verb that does it."""

    takes: type[ActSerializer]
    do: Callable[..., Ticket]
