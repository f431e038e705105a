"""What the acts that every right knows take. A wrong field answers 400 by its name."""

from typing import Any

from django.contrib.auth.models import User
from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import LONGEST, ActSerializer, ApiAct, reason
from dsr.api.acts.excess import FeeSerializer
from dsr.casework import NewAnswer
from dsr.models import Ticket
from dsr.rights import right_of
from dsr.vocabulary import ComplexityFactor, Gate, GateAnswerCode, Outcome, Role


class AssignSerializer(ActSerializer):
    """To whom; empty is nobody."""

    owner = serializers.CharField(max_length=150, allow_blank=True)

    def validate_owner(self, name: str) -> str:
        """Accept a handler only."""
        handlers = User.objects.filter(is_active=True, groups__name=Role.HANDLER)
        if name and not handlers.filter(username=name).exists():
            raise serializers.ValidationError(f"{name} is no active handler.")
        return name


class AskIdentitySerializer(ActSerializer):
    """Why it is in doubt who asks, and what would settle it."""

    doubts = reason()
    items = serializers.CharField(max_length=LONGEST)
    although_late = serializers.BooleanField(default=False)


class RejectProofSerializer(ActSerializer):
    """Why the proof is not sufficient, and what is still needed."""

    why = reason()
    items = serializers.CharField(max_length=LONGEST)


class AcceptProofSerializer(ActSerializer):
    """How the identity was established, and what is thereby proven."""

    method = serializers.CharField(max_length=100)
    identifiers = serializers.ListField(child=serializers.IntegerField(), default=list)

    def validate_identifiers(self, numbers: list[int]) -> list[int]:
        """Accept the person's own only."""
        own = set(self.ticket.case.subject.identifiers.values_list("pk", flat=True))
        foreign = sorted(set(numbers) - own)
        if foreign:
            raise serializers.ValidationError(f"Not of this person: {foreign}.")
        return numbers


class QuestionSerializer(ActSerializer):
    """Which data are meant."""

    question = reason()
    although_late = serializers.BooleanField(default=False)


class AnswerSerializer(ActSerializer):
    """What the person answered; empty when no answer came."""

    answer = serializers.CharField(max_length=LONGEST, allow_blank=True)


class ExtendSerializer(ActSerializer):
    """Whether the notice goes out even if it is late."""

    although_late = serializers.BooleanField(default=False)


class ReasonSerializer(ActSerializer):
    """Why one month is not enough, and what makes it complex."""

    reason = reason()
    factors = serializers.ListField(
        child=serializers.ChoiceField(choices=ComplexityFactor.choices), default=list
    )


class WhySerializer(ActSerializer):
    """A reason."""

    why = reason()


class ReopenSerializer(WhySerializer):
    """Why it is looked at again, what the person is told, and by when."""

    told = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    answer_by = serializers.DateField(allow_null=True, default=None)


class DelaySerializer(ActSerializer):
    """Why the reply is late, and when it will come."""

    reasons = reason()
    answer_by = serializers.DateField()


class DoneSerializer(ActSerializer):
    """What was done, in words for the person."""

    done = reason()


class ControllerSerializer(ActSerializer):
    """Who has to answer."""

    controller = reason()
    forward = serializers.BooleanField(default=False)


class MergeSerializer(ActSerializer):
    """The earlier ticket."""

    into_id = serializers.IntegerField()

    def validate_into_id(self, number: int) -> int:
        """Accept a ticket that we have."""
        if not Ticket.objects.filter(pk=number).exists():
            raise serializers.ValidationError(f"There is no ticket {number}.")
        return number


class ProposeSerializer(ActSerializer):
    """An outcome of the right, with grounds that carry it and reasons."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    grounds = serializers.ListField(child=serializers.CharField(), default=list)
    reasons = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    law = serializers.CharField(max_length=200, allow_blank=True, default="")
    fee = FeeSerializer(required=False)

    def validate_outcome(self, outcome: str) -> str:
        """Accept what the right can end with."""
        possible = [o.value for o in right_of(self.ticket).proposable]
        if outcome not in possible:
            raise serializers.ValidationError(f"Possible are: {', '.join(possible)}.")
        return outcome

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Accept the grounds that carry the outcome."""
        carried = right_of(self.ticket).grounds_for(attrs["outcome"])
        possible = [ground.code for ground in carried]
        if set(attrs["grounds"]) - set(possible):
            known = ", ".join(possible) or "none"
            message = f"Possible for this outcome: {known}."
            raise serializers.ValidationError({"grounds": message})
        return attrs


class GateAnswerSerializer(serializers.Serializer[Any]):
    """What is answered at one gate."""

    gate = serializers.ChoiceField(choices=Gate.choices)
    answer = serializers.ChoiceField(choices=GateAnswerCode.choices)
    note = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")


class GatesSerializer(ActSerializer):
    """The checks that are answered, all at once or one by one."""

    answers = GateAnswerSerializer(many=True, allow_empty=False)

    def validate_answers(self, said: list[dict[str, Any]]) -> list[NewAnswer]:
        """Return what casework takes."""
        return [NewAnswer(**one) for one in said]


COMMON: dict[str, ApiAct] = {
    "take_in_hand": ApiAct(ActSerializer, casework.take_in_hand),
    "assign": ApiAct(AssignSerializer, casework.assign),
    "ask_identity": ApiAct(AskIdentitySerializer, casework.ask_identity),
    "reject_proof": ApiAct(RejectProofSerializer, casework.reject_proof),
    "accept_proof": ApiAct(AcceptProofSerializer, casework.accept_proof),
    "establish_identity": ApiAct(AcceptProofSerializer, casework.establish_identity),
    "ask_clarification": ApiAct(QuestionSerializer, casework.ask_clarification),
    "clarify": ApiAct(AnswerSerializer, casework.clarify),
    "propose_extension": ApiAct(ReasonSerializer, casework.propose_extension),
    "extend": ApiAct(ExtendSerializer, casework.extend),
    "tell_delay": ApiAct(DelaySerializer, casework.tell_delay),
    "search_again": ApiAct(ActSerializer, casework.search_again),
    "answer_gates": ApiAct(GatesSerializer, casework.answer_gates),
    "propose": ApiAct(ProposeSerializer, casework.propose),
    "return_proposal": ApiAct(WhySerializer, casework.return_proposal),
    "decide": ApiAct(ActSerializer, casework.decide),
    "complete": ApiAct(DoneSerializer, casework.complete),
    "close": ApiAct(ActSerializer, casework.close),
    "redirect": ApiAct(ControllerSerializer, casework.redirect),
    "merge": ApiAct(MergeSerializer, casework.merge),
    "withdraw": ApiAct(ActSerializer, casework.withdraw),
    "reopen": ApiAct(ReopenSerializer, casework.reopen),
}
