"""What the acts on unfounded or excessive requests, and on fees, take."""

from typing import Any

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import LONGEST, ActSerializer, ApiAct, reason
from dsr.casework import Abuse, Fee
from dsr.vocabulary import FeeBasis


class FeeSerializer(serializers.Serializer[Any]):
    """A fee that is proposed."""

    amount = serializers.DecimalField(max_digits=7, decimal_places=2, min_value=0)
    basis = serializers.ChoiceField(choices=FeeBasis.choices)
    cost_basis = reason()
    pay_by = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> Any:
        """Return one fee."""
        return Fee(**attrs)


class AbuseSerializer(ActSerializer):
    """The two parts of an abuse, and the factors of C-526/24."""

    objective = reason()
    subjective = reason()
    given_voluntarily = serializers.CharField(max_length=LONGEST)
    purpose = serializers.CharField(max_length=LONGEST)
    time_elapsed = serializers.CharField(max_length=LONGEST)
    conduct = serializers.CharField(max_length=LONGEST)
    public_pattern = serializers.CharField(
        max_length=LONGEST, allow_blank=True, default=""
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return one record of evidence."""
        return {"abuse": Abuse(**attrs)}


class UnfoundedSerializer(ActSerializer):
    """The facts."""

    facts = reason()


class RepetitionSerializer(ActSerializer):
    """The earlier ticket, and what was given then."""

    earlier_id = serializers.IntegerField()
    scope = reason()


EXCESS: dict[str, ApiAct] = {
    "record_unfounded": ApiAct(UnfoundedSerializer, casework.record_unfounded),
    "record_repetition": ApiAct(RepetitionSerializer, casework.record_repetition),
    "record_abuse": ApiAct(AbuseSerializer, casework.record_abuse),
    "fee_paid": ApiAct(ActSerializer, casework.fee_paid),
    "fee_lapsed": ApiAct(ActSerializer, casework.fee_lapsed),
}
