"""What an officer made of a mail goes with the mail; a mail of several cases waits."""

import pytest

from dsr import casework
from dsr.intake.mailbox.aside import hand_over, settle_as_spam
from dsr.intake.mailbox.person import Person
from dsr.intake.mailbox.receive import receive
from dsr.intake.mailbox.split import Part, settle_as_cases
from dsr.models import Arrival, BlockedSender, DeskMail, LabelledExample
from tests.dsr.casework.conftest import Delete
from tests.dsr.conftest import DAY, LUC, OFFICER, RECEIVED
from tests.dsr.intake.conftest import mail

UNSURE = "I have a question about my personal data."


@pytest.fixture
def tray(house: object) -> Arrival:
    """Put a mail of Luc's into the tray."""
    raw = mail(UNSURE, sender=f"Luc <{LUC}>")
    return receive(raw, received_at=RECEIVED, source="test", at=RECEIVED).arrival


def test_labels_and_mails_about_it_go_with_the_mail(
    tray: Arrival, delete: Delete
) -> None:
    hand_over(tray.pk, department="claims", by=OFFICER, at=RECEIVED)
    delete(RECEIVED + 89 * DAY)
    assert (LabelledExample.objects.count(), DeskMail.objects.count()) == (1, 2)
    assert delete(RECEIVED + 90 * DAY) == 1
    assert not LabelledExample.objects.exists()
    assert not DeskMail.objects.exists()


def test_a_sender_is_blocked_as_long_as_mail_of_theirs_is_kept(
    tray: Arrival, delete: Delete
) -> None:
    settle_as_spam(tray.pk, by=OFFICER, at=RECEIVED)
    again = mail(UNSURE + " Again.", sender=f"Luc <{LUC}>")
    later = RECEIVED + 10 * DAY
    receive(again, received_at=later, source="test", at=later)
    delete(RECEIVED + 90 * DAY)
    assert BlockedSender.objects.exists()
    delete(later + 90 * DAY)
    assert not BlockedSender.objects.exists()


def test_a_mail_of_two_cases_goes_with_the_last_of_them(
    tray: Arrival, delete: Delete
) -> None:
    parts = [Part(Person("en", email=LUC), ["rectification"], "x") for _ in range(2)]
    settle_as_cases(tray.pk, parts=parts, by=OFFICER, at=RECEIVED)
    tray.refresh_from_db()
    first, second = tray.case, tray.further.get().case
    assert first is not None
    casework.withdraw(first.tickets.get().pk, by=OFFICER, at=RECEIVED)
    delete(RECEIVED + 95 * DAY)
    tray.refresh_from_db()
    assert (tray.case, bool(tray.raw)) == (second, True)
    casework.withdraw(second.tickets.get().pk, by=OFFICER, at=RECEIVED + 95 * DAY)
    delete(RECEIVED + 190 * DAY)
    tray.refresh_from_db()
    assert not tray.raw
