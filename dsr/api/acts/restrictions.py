"""What the acts on a restriction in force take; they are the restriction's own."""

from collections.abc import Callable
from typing import Any, NamedTuple

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import reason
from dsr.vocabulary import UseException


class MeasureActSerializer(serializers.Serializer[Any]):
    """An act that takes nothing."""


class NoteUseSerializer(MeasureActSerializer):
    """Under which exception the data are used all the same, and why."""

    exception = serializers.ChoiceField(choices=UseException.choices)
    why = reason()


class ProposeLiftSerializer(MeasureActSerializer):
    """Why the ground has ended, in words for the person."""

    reason = reason()


class KeepMeasureSerializer(MeasureActSerializer):
    """Why it stays after all."""

    why = reason()


class ApiMeasureAct(NamedTuple):
    """What an act takes, and the verb that does it."""

    takes: type[MeasureActSerializer]
    do: Callable[..., Any]


MEASURE_ACTS: dict[str, ApiMeasureAct] = {
    "note_use": ApiMeasureAct(NoteUseSerializer, casework.note_use),
    "propose_lift": ApiMeasureAct(ProposeLiftSerializer, casework.propose_lift),
    "approve_lift": ApiMeasureAct(MeasureActSerializer, casework.approve_lift),
    "keep_measure": ApiMeasureAct(KeepMeasureSerializer, casework.keep_measure),
    "lift_measure": ApiMeasureAct(MeasureActSerializer, casework.lift_measure),
}
