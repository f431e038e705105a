"""Objections to advertising to test with: who sends one, and who answers for it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from dsr.models import Case, MessageKind
from tests.dsr.steps import RECEIVED
from tests.dsr.telling import answer_for_everyone

PHONE, HOME = "+32 470 12 34 56", "Rue de la Loi 16, 1000 Bruxelles"
SOON = RECEIVED + timedelta(minutes=1)
OptOut = Callable[..., Case]


def state_of(case: Case) -> str:
    return str(case.tickets.get().state)


def answer(case: Case, at: datetime = SOON) -> None:
    """Let every system and recipient answer for the case's objection."""
    answer_for_everyone(case.tickets.get(right_code="marketing_opt_out").pk, at)


def notes(case: Case) -> list[str]:
    found = case.messages.filter(kind=MessageKind.NOTE)
    return list(found.values_list("text", flat=True))
