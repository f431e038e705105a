"""What a new case takes. A field that is wrong answers 400 by its name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework import serializers

from dsr.api.acts.act import LONGEST
from dsr.casework import NewCase
from dsr.policy.checks import GDPR_APPLIES
from dsr.rights import RIGHTS
from dsr.vocabulary import Channel, IdentifierKind


class NewCaseSerializer(serializers.Serializer[Any]):
    """A request that another program hands over."""

    received_at = serializers.DateTimeField()
    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    rights = serializers.ListField(
        child=serializers.ChoiceField(choices=sorted(RIGHTS)), allow_empty=False
    )
    text = serializers.CharField(max_length=100_000, allow_blank=True, default="")
    name = serializers.CharField(max_length=200, allow_blank=True, default="")
    email = serializers.EmailField(allow_blank=True, default="")
    postal_address = serializers.CharField(
        max_length=1000, allow_blank=True, default=""
    )
    identifiers = serializers.DictField(
        child=serializers.CharField(max_length=254), default=dict
    )
    details = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField(max_length=LONGEST)),
        default=dict,
    )
    agent_name = serializers.CharField(max_length=200, allow_blank=True, default="")
    agent_relation = serializers.CharField(max_length=100, allow_blank=True, default="")
    own_reference = serializers.CharField(max_length=100, allow_blank=True, default="")

    def validate_received_at(self, received_at: datetime) -> datetime:
        """Refuse a receipt in the future, or before there was a law."""
        if received_at > timezone.now():
            raise serializers.ValidationError("The receipt lies in the future.")
        if received_at.date() < GDPR_APPLIES:
            raise serializers.ValidationError(f"The law applies since {GDPR_APPLIES}.")
        return received_at

    def validate_identifiers(self, found: Mapping[str, str]) -> Mapping[str, str]:
        """Name the kinds we know when another is given."""
        return only(found, IdentifierKind.values)

    def validate_details(self, found: Mapping[str, Any]) -> Mapping[str, Any]:
        """Know each right, and each of its questions."""
        only(found, RIGHTS)
        for code, answers in found.items():
            only(answers, [question.code for question in RIGHTS[code].questions])
        return found

    def new_case(self) -> NewCase:
        """Return what casework opens."""
        return NewCase(channel=Channel.API, **self.validated_data)


def only(found: Mapping[str, Any], known: Any) -> Mapping[str, Any]:
    """Return a mapping whose keys are all known, or name the ones that are."""
    unknown = sorted(set(found) - set(known))
    if unknown:
        raise serializers.ValidationError(
            f"Unknown: {', '.join(unknown)}. Known are: {', '.join(sorted(known))}."
        )
    return found
