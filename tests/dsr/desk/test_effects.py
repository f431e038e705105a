"""What took effect at once, as the officer and the person see it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dsr.models import Case, Ticket
from dsr.portal.progress import WORKING, lines
from dsr.vocabulary import State
from subjects.models import Consent, SuppressionEntry
from tests.dsr.desk.conftest import open_case
from tests.dsr.telling import answer_for_everyone

pytestmark = pytest.mark.django_db
LONG = "Nothing is processed on the ground of your consent any more."


@pytest.fixture
def withdrawal(staff: object, system: object) -> Ticket:
    return open_case("consent_withdrawal").tickets.get()


def page(officer: Client, case: Case) -> str:
    url = reverse("admin:dsr_case_change", args=[case.pk])
    return officer.get(url).content.decode()


def test_the_card_names_the_entries_of_the_suppression_list(
    officer: Client, system: object
) -> None:
    case = open_case("marketing_opt_out", identifiers={"phone_number": "+32470123456"})
    shown = page(officer, case)
    for entry in SuppressionEntry.objects.all():
        assert f"Suppressed, entry {entry.pk}" in shown
        assert entry.digest not in shown
    assert SuppressionEntry.objects.count() == 2
    assert "Orders to systems" in shown
    assert "Demo Mailings Inc., New York" in shown
    assert "they are not told yet" not in shown


def test_the_card_names_the_consents_by_their_purpose(
    officer: Client, withdrawal: Ticket
) -> None:
    assert "Consent taken back: Direct marketing" in page(officer, withdrawal.case)
    Consent.objects.update(purpose="former")
    assert "Consent taken back: former" in page(officer, withdrawal.case)


def test_the_card_of_another_right_names_neither(officer: Client) -> None:
    open_case("marketing_opt_out")
    shown = page(officer, open_case("access"))
    assert "Suppressed" not in shown
    assert "taken back" not in shown


def test_an_officer_finishes_a_withdrawal_at_the_desk(
    officer: Client, withdrawal: Ticket
) -> None:
    check = reverse("admin:act", args=[withdrawal.pk, "check_purpose"])
    confirm = reverse("admin:act", args=[withdrawal.pk, "confirm"])
    assert officer.post(confirm, {"done": LONG}).status_code == 409
    answer_for_everyone(withdrawal.pk, timezone.now())
    page_of_check = officer.get(check).content.decode()
    assert "Comply with the law" in page_of_check
    assert "Direct marketing [" not in page_of_check
    said = {"purpose": "direct_marketing", "result": "kept", "declared": ""}
    assert officer.post(check, said).status_code == 400
    assert officer.post(confirm, {"done": LONG}).status_code == 409
    said["declared"] = "legal_obligations 6(1)(c)"
    assert officer.post(check, said).status_code == 302
    assert "legal_obligations (6(1)(c))" in page(officer, withdrawal.case)
    assert officer.post(confirm, {"done": LONG}).status_code == 302
    ticket = Ticket.objects.get(pk=withdrawal.pk)
    assert (ticket.state, ticket.outcome) == (State.REPLY_PENDING, "granted")
    assert ticket.letters.get(kind="reply").parts["done"] == LONG


@pytest.mark.parametrize("right", ["marketing_opt_out", "consent_withdrawal"])
@pytest.mark.parametrize("group", ["open", "working", "answering"])
def test_the_queue_shows_them_where_they_stand(
    officer: Client, right: str, group: str
) -> None:
    case = open_case(right)
    listed = officer.get(reverse("admin:dsr_ticket_changelist"), {"group": group})
    shown = case.reference in listed.content.decode()
    assert shown == (group in ("open", "working"))


@pytest.mark.parametrize("right", ["marketing_opt_out", "consent_withdrawal"])
def test_the_person_sees_that_we_are_at_it(right: str) -> None:
    (line,) = lines(open_case(right), "en")
    assert line.stages[WORKING].place == "now"
    assert line.stages[WORKING].on
