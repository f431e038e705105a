"""What it takes to send a letter of a case again that was not delivered."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from dsr import casework
from dsr.api.acts.holds import ApiCaseAct, CaseActSerializer
from dsr.models import Letter
from dsr.policy import PolicyError


class SendAgainSerializer(CaseActSerializer):
    """Which letter, and whether it goes on paper."""

    letter = serializers.IntegerField(min_value=1)
    by_post = serializers.BooleanField(default=False)


def _send_again(case_id: int, *, letter: int, **how: Any) -> Letter:
    if not Letter.objects.filter(pk=letter, case=case_id).exists():
        raise PolicyError(_("The case has no such letter; it lists those it has."))
    return casework.send_again(letter, **how)


LETTERS = {"send_letter_again": ApiCaseAct(SendAgainSerializer, _send_again)}
