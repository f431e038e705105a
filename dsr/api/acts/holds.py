"""What the legal hold of a case takes, and its end."""

from collections.abc import Callable
from typing import Any, NamedTuple

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import reason


class CaseActSerializer(serializers.Serializer[Any]):
    """An act that takes nothing."""


class HoldSerializer(CaseActSerializer):
    """Why the case is kept from deletion, and when somebody looks again."""

    reason = reason()
    review_on = serializers.DateField()


class ApiCaseAct(NamedTuple):
    """What an act takes, and the verb that does it."""

    takes: type[CaseActSerializer]
    do: Callable[..., Any]


HOLDS: dict[str, ApiCaseAct] = {
    "hold": ApiCaseAct(HoldSerializer, casework.place_hold),
    "lift_hold": ApiCaseAct(CaseActSerializer, casework.lift_hold),
}
