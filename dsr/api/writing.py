"""What a new case and each act take. A field that is wrong answers 400 by its name."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework import serializers

from dsr import casework
from dsr.casework import NewCase
from dsr.models import Ticket
from dsr.policy.checks import SHORTEST_REASON
from dsr.rights import RIGHTS, right_of
from dsr.vocabulary import Channel, IdentifierKind, Outcome, Role

LONGEST = 20_000  # characters
GDPR_APPLIES = date(2018, 5, 25)  # GDPR Art. 99(2)


def reason() -> serializers.CharField:
    """Return a field for words that somebody has to understand."""
    return serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST)


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


class ActSerializer(serializers.Serializer[Any]):
    """An act that takes nothing; `context["ticket"]` is what it is done to."""

    @property
    def ticket(self) -> Ticket:
        """Return the ticket."""
        ticket: Ticket = self.context["ticket"]
        return ticket


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


class AnswerSerializer(ActSerializer):
    """What the person answered; empty when no answer came."""

    answer = serializers.CharField(max_length=LONGEST, allow_blank=True)


class ReasonSerializer(ActSerializer):
    """Why one month is not enough."""

    reason = reason()


class WhySerializer(ActSerializer):
    """A reason."""

    why = reason()


class DoneSerializer(ActSerializer):
    """What was done, in words for the person."""

    done = reason()


class ControllerSerializer(ActSerializer):
    """Who has to answer."""

    controller = reason()


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

    def validate_outcome(self, outcome: str) -> str:
        """Accept what the right can end with."""
        possible = [o.value for o in right_of(self.ticket).outcomes]
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


class ApiAct(NamedTuple):
    """What an act takes, and the verb that does it."""

    takes: type[ActSerializer]
    do: Callable[..., Ticket]


ACTS: dict[str, ApiAct] = {
    "take_in_hand": ApiAct(ActSerializer, casework.take_in_hand),
    "assign": ApiAct(AssignSerializer, casework.assign),
    "ask_identity": ApiAct(AskIdentitySerializer, casework.ask_identity),
    "reject_proof": ApiAct(RejectProofSerializer, casework.reject_proof),
    "accept_proof": ApiAct(AcceptProofSerializer, casework.accept_proof),
    "establish_identity": ApiAct(AcceptProofSerializer, casework.establish_identity),
    "ask_clarification": ApiAct(QuestionSerializer, casework.ask_clarification),
    "clarify": ApiAct(AnswerSerializer, casework.clarify),
    "propose_extension": ApiAct(ReasonSerializer, casework.propose_extension),
    "extend": ApiAct(ActSerializer, casework.extend),
    "search_again": ApiAct(ActSerializer, casework.search_again),
    "propose": ApiAct(ProposeSerializer, casework.propose),
    "return_proposal": ApiAct(WhySerializer, casework.return_proposal),
    "decide": ApiAct(ActSerializer, casework.decide),
    "complete": ApiAct(DoneSerializer, casework.complete),
    "check_erasure": ApiAct(ActSerializer, casework.check_erasure),
    "confirm": ApiAct(DoneSerializer, casework.confirm),
    "close": ApiAct(ActSerializer, casework.close),
    "redirect": ApiAct(ControllerSerializer, casework.redirect),
    "merge": ApiAct(MergeSerializer, casework.merge),
    "withdraw": ApiAct(ActSerializer, casework.withdraw),
    "reopen": ApiAct(WhySerializer, casework.reopen),
}
