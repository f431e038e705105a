"""An auditor's registers say which row stands where, never what people wrote."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from dsr.models import Case

pytestmark = pytest.mark.django_db

DAY = "2026-01-01T00:00:00%2B01:00"


@pytest.mark.parametrize(
    ("register", "question"),
    [
        ("dsr_letter", "to_email__startswith=a"),
        ("dsr_letter", "to_email=ann@example.be"),
        ("dsr_letter", "to_address__contains=street"),
        ("dsr_letter", "text__icontains=data"),
        ("dsr_letter", "parts__icontains=a"),
        ("dsr_letter", "created_at__year=99999"),
        ("dsr_letter", "case__contact_email__startswith=a"),
        ("dsr_ticket", "reasons__icontains=a"),
        ("dsr_ticket", "details__icontains=a"),
        ("dsr_ticket", "case__subject__name__startswith=A"),
        ("dsr_ledgerentry", "facts__icontains=a"),
        ("exports_package", "file__startswith=a"),
    ],
)
def test_a_register_answers_no_guess_at_what_it_does_not_show(
    enter: Callable[[str], Client], case: Case, register: str, question: str
) -> None:
    url = reverse(f"admin:{register}_changelist")
    assert enter("auditor").get(f"{url}?{question}").status_code == 400


@pytest.mark.parametrize(
    ("register", "question"),
    [
        ("dsr_letter", "state=draft"),
        ("dsr_letter", "state__exact=draft"),
        ("dsr_letter", f"created_at__gte={DAY}"),
        ("dsr_ticket", "group=all&person=1&right_code__exact=access"),
        ("dsr_ledgerentry", f"at__lt={DAY}&event__exact=case.opened"),
        ("exports_package", "state__exact=ready"),
    ],
)
def test_a_register_answers_its_own_filters(
    enter: Callable[[str], Client], case: Case, register: str, question: str
) -> None:
    url = reverse(f"admin:{register}_changelist")
    response = enter("auditor").get(f"{url}?{question}")
    assert response.status_code == 200
