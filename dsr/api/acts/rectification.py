"""What the acts of a rectification take."""

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import LONGEST, ActSerializer, ApiAct
from dsr.vocabulary import CorrectionVerdict


class VerifySerializer(ActSerializer):
    """A contested datum: where, what it says, what it should say, and the evidence."""

    system = serializers.CharField(max_length=100)
    place = serializers.CharField(max_length=200)
    says = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    should_say = serializers.CharField(max_length=LONGEST)
    evidence = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    restrict = serializers.BooleanField(default=False)


class JudgeDatumSerializer(ActSerializer):
    """The verdict on one of the ticket's data."""

    datum = serializers.IntegerField()
    verdict = serializers.ChoiceField(choices=CorrectionVerdict.choices)
    why = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    statement = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    tell_underwriting = serializers.BooleanField(default=False)


RECTIFICATION: dict[str, ApiAct] = {
    "verify": ApiAct(VerifySerializer, casework.verify),
    "judge_datum": ApiAct(JudgeDatumSerializer, casework.judge_datum),
}
