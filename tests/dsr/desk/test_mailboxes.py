"""The desk shows a mailbox that cannot be read, and says nothing while all can."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from dsr.models import Mailbox

pytestmark = pytest.mark.django_db
SINCE = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


def test_a_silent_mailbox_stands_on_the_home_page(officer: Client) -> None:
    home = reverse("admin:index")
    row = Mailbox.objects.create(account="dpo@mail.example", folder="INBOX")
    assert "not reachable" not in officer.get(home).content.decode()

    row.unreachable_since, row.last_error = SINCE, "the server refuses the login"
    row.save()

    assert "not reachable, since 5 Mar, 10:30" in officer.get(home).content.decode()
    behind = officer.get(reverse("admin:dsr_mailbox_changelist")).content.decode()
    assert "dpo@mail.example" in behind
    assert "the server refuses the login" in behind
