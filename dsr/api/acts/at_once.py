"""What the acts of marketing and consent take."""

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import ActSerializer, ApiAct
from dsr.api.acts.every_right import DoneSerializer
from dsr.vocabulary import CheckResult


class CheckPurposeSerializer(ActSerializer):
    """Of which purpose, what becomes of its data, and why they are kept if they are."""

    purpose = serializers.CharField(max_length=50)
    result = serializers.ChoiceField(
        choices=(CheckResult.ERASED.value, CheckResult.KEPT.value)
    )
    kept_for = serializers.CharField(max_length=50, allow_blank=True, default="")
    basis = serializers.CharField(max_length=20, allow_blank=True, default="")


AT_ONCE: dict[str, ApiAct] = {
    "check_erasure": ApiAct(ActSerializer, casework.check_erasure),
    "check_purpose": ApiAct(CheckPurposeSerializer, casework.check_purpose),
    "open_erasure": ApiAct(ActSerializer, casework.open_erasure),
    "confirm": ApiAct(DoneSerializer, casework.confirm),
}
