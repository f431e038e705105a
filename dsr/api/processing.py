"""The lock that other programs ask before they use a person's data. GDPR Art. 18(2)."""

import re
from collections.abc import Sequence
from typing import Any, cast

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dsr.api.door import Door
from dsr.api.programs import ByToken, IsProgram
from dsr.casework.processing import Answer, Program, may_process
from dsr.controller import current
from dsr.vocabulary import LockKind, UseException
from subjects.models import key_id, keys

SUBJECT = re.compile(r"(?P<key>[0-9a-f]{8})-(?P<digest>[0-9a-f]{64})")
MOST_SUBJECTS = 50  # identifiers of one person, under every key


class Question(serializers.Serializer[Any]):
    """Whose data, by digests of what identifies them; what for; by which exception."""

    subject = serializers.ListField(
        child=serializers.CharField(max_length=80),
        allow_empty=False,
        max_length=MOST_SUBJECTS,
    )
    purpose = serializers.CharField(max_length=50)
    exception = serializers.ChoiceField(
        choices=UseException.choices, required=False, default=""
    )

    def validate_subject(self, subjects: Sequence[str]) -> list[str]:
        """Return the digests; all of our keys are needed, or a lock could be missed."""
        read = [SUBJECT.fullmatch(one) for one in subjects]
        found = [match for match in read if match]
        if len(found) < len(read):
            raise serializers.ValidationError(
                "Write KEY-DIGEST: 8 and 64 hexadecimal digits in lower case; "
                "`manage.py processing_keys` says how to make them."
            )
        wanted = {key_id(key) for key in keys()}
        if {match["key"] for match in found} != wanted:
            raise serializers.ValidationError(
                "Give each identifier under each of the keys that `manage.py "
                f"processing_keys` prints: {', '.join(sorted(wanted))}."
            )
        return [match["digest"] for match in found]

    def validate_purpose(self, purpose: str) -> str:
        """Name the purposes of the policy when another is given."""
        known = current().purposes
        if purpose not in known:
            raise serializers.ValidationError(
                f"The policy has no such purpose; it has: {', '.join(sorted(known))}."
            )
        return purpose


class Processing(Door):
    """The lock itself: for the controller's programs, which have tokens."""

    authentication_classes = (ByToken,)
    permission_classes = (IsProgram,)

    def get(self, request: Request) -> Response:
        """Say whether the use is allowed; that it was refused is logged."""
        question = Question(data=request.query_params)
        question.is_valid(raise_exception=True)
        said = question.validated_data
        by = cast("Program", request.auth)
        answer = may_process(
            said["subject"],
            said["purpose"],
            exception=said["exception"],
            by=by,
            at=timezone.now(),
        )
        return Response(as_shown(answer, by))


def as_shown(answer: Answer, by: Program) -> dict[str, Any]:
    """Return an answer as JSON values, with the exceptions that would open it."""
    locks = answer.locks
    openable = {one.kind for one in locks} == {LockKind.RESTRICTION}
    return {
        "allowed": answer.allowed,
        "locks": [
            {"kind": one.kind.value, "number": one.number, "article": one.article}
            for one in locks
        ],
        "exceptions": sorted(by.exceptions) if openable else [],
    }
