"""What the acts of a restriction and of an objection take."""

from typing import Any

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import LONGEST, ActSerializer, ApiAct, reason
from dsr.vocabulary import RestrictionGround


class ApplyRestrictionSerializer(ActSerializer):
    """On which ground, and what of the data; empty is all of them."""

    ground = serializers.ChoiceField(choices=RestrictionGround.choices)
    what = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")


class ExamineRestrictionSerializer(ActSerializer):
    """Which grounds are absent, and why."""

    grounds = serializers.MultipleChoiceField(choices=RestrictionGround.choices)
    why = reason()

    def validate_grounds(self, grounds: Any) -> list[str]:
        """Return them in the order of the law."""
        return [one.value for one in RestrictionGround if one in grounds]


class CheckBasisSerializer(ActSerializer):
    """Which purposes are objected to, by their codes in the policy."""

    purposes = serializers.ListField(child=serializers.CharField(), allow_empty=False)


class WeighSerializer(ActSerializer):
    """How the interests weigh; what is not named to go on stops."""

    situation = reason()
    interest = reason()
    alternatives = reason()
    business_owner = serializers.CharField(max_length=150)
    continuing = serializers.ListField(child=serializers.CharField(), default=list)


RESTRICTION: dict[str, ApiAct] = {
    "apply_restriction": ApiAct(ApplyRestrictionSerializer, casework.apply_restriction),
    "examine_restriction": ApiAct(
        ExamineRestrictionSerializer, casework.examine_restriction
    ),
    "check_basis": ApiAct(CheckBasisSerializer, casework.check_basis),
    "begin_balancing": ApiAct(ActSerializer, casework.begin_balancing),
    "weigh_interests": ApiAct(WeighSerializer, casework.weigh_interests),
}
