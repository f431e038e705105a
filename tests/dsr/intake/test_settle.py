"""The officer's word on a mail in the tray."""

from datetime import date

import pytest

from dsr.intake.mailbox.aside import settle_as_nothing
from dsr.intake.mailbox.settle import settle_as_case, settle_to_case
from dsr.models import Arrival, LabelledExample, LedgerEntry
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    LUC,
    OFFICER,
    RECEIVED,
    WHY,
    events,
    refused,
)
from tests.dsr.intake.conftest import ACCESS, Take, case_of, rights_of


@pytest.fixture
def tray(take: Take) -> Arrival:
    """Put a mail of Luc's into the tray."""
    arrival = take(
        "I have a question about my personal data.", sender=f"Luc <{LUC}>"
    ).arrival
    assert arrival.result == "tray"
    return arrival


LATER = RECEIVED + 6 * DAY


def test_the_tray_opens_a_case_whose_clock_runs_from_the_mail(tray: Arrival) -> None:
    settled = settle_as_case(tray.pk, rights=["access"], by=OFFICER, at=LATER)
    case = settled.case
    assert case is not None
    assert (settled.result, settled.settled_by) == ("opened", "officer")
    assert case.tickets.get().due == date(2026, 4, 7)
    assert events(case)[-1] == "mail.settled"


def test_the_tray_adds_to_a_case_with_a_new_right(tray: Arrival, take: Take) -> None:
    case = case_of(take(ACCESS))
    settled = settle_to_case(
        tray.pk,
        reference=f" {case.reference.lower()} ",
        rights=["erasure"],
        by=OFFICER,
        at=LATER,
    )
    assert (settled.result, settled.case) == ("threaded", case)
    assert rights_of(case) == ["access", "erasure"]
    assert case.tickets.get(right_code="erasure").received_at == RECEIVED


def test_the_tray_puts_aside_with_a_reason(tray: Arrival) -> None:
    settled = settle_as_nothing(tray.pk, why=WHY, by=OFFICER, at=LATER)
    assert (settled.result, settled.reason, settled.case) == ("ignored", WHY, None)
    assert LedgerEntry.objects.get(reference="DESK").event == "mail.settled"


def test_what_is_open_already_starts_no_second_clock(tray: Arrival, take: Take) -> None:
    case = case_of(take(ACCESS))
    settle_to_case(
        tray.pk,
        reference=case.reference,
        rights=["access", "erasure"],
        by=OFFICER,
        at=LATER,
    )
    assert rights_of(case) == ["access", "erasure"]
    assert LabelledExample.objects.get().settled["rights"] == ["erasure"]


def test_what_the_tray_refuses(tray: Arrival) -> None:
    with refused("Choose at least one right"):
        settle_as_case(tray.pk, rights=[], by=OFFICER, at=LATER)
    with refused("none of the nine|not revenge"):
        settle_as_case(tray.pk, rights=["revenge"], by=OFFICER, at=LATER)
    with refused("no case with this reference"):
        settle_to_case(tray.pk, reference="DSR-1", by=OFFICER, at=LATER)
    with refused("at least 30"):
        settle_as_nothing(tray.pk, why="spam", by=OFFICER, at=LATER)
    with refused("takes the role of handler"):
        settle_as_nothing(tray.pk, why=WHY, by=AUDITOR, at=LATER)
    settle_as_nothing(tray.pk, why=WHY, by=OFFICER, at=LATER)
    with refused("settled already"):
        settle_as_case(tray.pk, rights=["access"], by=OFFICER, at=LATER)
