"""What the acts of an erasure take."""

from typing import Any

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import LONGEST, ActSerializer, ApiAct, reason
from dsr.controller import current
from dsr.rights.erasure import EXCEPTIONS
from dsr.rights.limitation import Reckoning
from dsr.vocabulary import Claim, ErasureGround, ErasureVerdict


class CategoriesField(serializers.ListField):
    """Categories of the policy, at least one."""

    child = serializers.CharField()
    min_length = 1

    def run_child_validation(self, data: Any) -> list[str]:
        """Accept the policy's own."""
        chosen: list[str] = super().run_child_validation(data)
        known = current().categories
        foreign = sorted(set(chosen) - set(known))
        if foreign:
            raise serializers.ValidationError(f"Possible are: {', '.join(known)}.")
        return chosen


class GroundsSerializer(ActSerializer):
    """A ground for some categories; empty when there is none."""

    categories = CategoriesField()
    ground = serializers.ChoiceField(choices=ErasureGround.choices, allow_blank=True)
    made_public = serializers.BooleanField(default=False)


class ReckoningSerializer(serializers.Serializer[Any]):
    """The facts from which a time limit is derived."""

    claim = serializers.ChoiceField(choices=Claim.choices)
    event_on = serializers.DateField()
    known_on = serializers.DateField(default=None)
    of_age_on = serializers.DateField(default=None)
    decided_on = serializers.DateField(default=None)
    fraud = serializers.BooleanField(default=False)


class ExceptionsSerializer(ActSerializer):
    """Erase, or keep under an exception until a day."""

    categories = CategoriesField()
    verdict = serializers.ChoiceField(choices=ErasureVerdict.choices)
    exception = serializers.ChoiceField(
        choices=EXCEPTIONS, allow_blank=True, default=""
    )
    keep_until = serializers.DateField(default=None)
    why = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    reckoning = ReckoningSerializer(default=None)

    def validate_reckoning(self, facts: dict[str, Any] | None) -> Reckoning | None:
        """Return the facts as the law's own."""
        return Reckoning(**facts) if facts else None


class StepsSerializer(ActSerializer):
    """Which reasonable steps were taken."""

    steps = reason()


class MoveSerializer(ActSerializer):
    """Another last day for a category, and why."""

    category = serializers.CharField(max_length=50)
    keep_until = serializers.DateField()
    why = reason()


class EraseKeptSerializer(ActSerializer):
    """How it was made sure that nothing keeps the data."""

    why = reason()


ERASURE: dict[str, ApiAct] = {
    "examine_grounds": ApiAct(GroundsSerializer, casework.examine_grounds),
    "examine_exceptions": ApiAct(ExceptionsSerializer, casework.examine_exceptions),
    "tell_publishers": ApiAct(StepsSerializer, casework.tell_publishers),
    "move_keep_until": ApiAct(MoveSerializer, casework.move_keep_until),
    "erase_kept": ApiAct(EraseKeptSerializer, casework.erase_kept),
}
