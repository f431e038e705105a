"""What the acts of a review by a person, and of the DPO, take."""

from typing import Any

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import LONGEST, ActSerializer, ApiAct, reason
from dsr.casework import Qualification, Reviewed
from dsr.vocabulary import DecisionBasis, ReviewResult, SpecialBasis


def text(**options: Any) -> serializers.CharField:
    """Return a field for words."""
    return serializers.CharField(max_length=LONGEST, **options)


class QualifySerializer(ActSerializer):
    """A decision under Art. 22; `special_basis` is empty where none were used."""

    what = reason()
    maker = serializers.CharField(max_length=150)
    rules = text()
    effect = text()
    is_automated = serializers.BooleanField()
    is_significant = serializers.BooleanField()
    evidence = text(allow_blank=True, default="")
    basis = serializers.ChoiceField(
        choices=DecisionBasis.choices, allow_blank=True, default=""
    )
    special_basis = serializers.ChoiceField(
        choices=SpecialBasis.choices, allow_blank=True, default=""
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return one qualification."""
        special = bool(attrs["special_basis"])
        return {"qualification": Qualification(**attrs, uses_special_data=special)}


class AssignReviewerSerializer(ActSerializer):
    """A reviewer, by what they can change the decision, and the day for the view."""

    reviewer = serializers.CharField(max_length=150)
    authority = reason()
    view_by = serializers.DateField()
    effects_suspended = serializers.BooleanField(default=False)


class ReviewSerializer(ActSerializer):
    """What the reviewer looked at, heard and decided."""

    inputs = reason()
    view = text(allow_blank=True, default="")
    view_considered = reason()
    result = serializers.ChoiceField(choices=ReviewResult.choices)
    reasons = reason()
    explanation = reason()
    minutes = serializers.IntegerField(min_value=1, max_value=14_400)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return one review."""
        return {"reviewed": Reviewed(**attrs)}


class AdviceSerializer(ActSerializer):
    """The DPO's advice."""

    text = reason()


class LeaveSerializer(ActSerializer):
    """Why a refusal may be decided after its day."""

    why = reason()


HUMAN_REVIEW: dict[str, ApiAct] = {
    "qualify_decision": ApiAct(QualifySerializer, casework.qualify_decision),
    "assign_reviewer": ApiAct(AssignReviewerSerializer, casework.assign_reviewer),
    "record_review": ApiAct(ReviewSerializer, casework.record_review),
    "stop_special_use": ApiAct(ActSerializer, casework.stop_special_use),
    "advise": ApiAct(AdviceSerializer, casework.advise),
    "override_late_refusal": ApiAct(LeaveSerializer, casework.override_late_refusal),
}
