"""The configured mailboxes: each in its turn, and one that fails stops no other."""

import logging
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from dsr import tasks
from dsr.intake.fetching.mailboxes import LONGEST_PAUSE, PAUSE, fetch_due
from dsr.models import Arrival, Mailbox
from tests.dsr.intake.fetching.conftest import Person, a_request
from tests.servers.dovecot import PASSWORD


class Clock:
    """An instant that moves only when it is told to."""

    def __init__(self) -> None:
        self.at = timezone.now()

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.at


def test_the_task_reads_every_mailbox_whose_turn_it_is(
    person: Person, settings: Settings
) -> None:
    other = Person(person.server)
    settings.MAILBOXES = [person.url, other.url]
    person.gets(a_request(1))
    other.gets(a_request(2))

    tasks.fetch_mailboxes()

    assert Arrival.objects.count() == 2
    assert not Mailbox.objects.due(timezone.now()).exists()


def test_one_that_fails_says_since_when_and_stops_no_other(
    person: Person, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    clock, began = Clock(), timezone.now()
    wrong = person.url.replace(f":{PASSWORD}@", ":wrong@").replace("dpo", "other")
    settings.MAILBOXES = [wrong, person.url]
    person.gets(a_request(1))

    with caplog.at_level(logging.WARNING):
        for _time in range(12):
            fetch_due(now=clock)
            clock.at += LONGEST_PAUSE + PAUSE

    assert Arrival.objects.count() == 1
    row = Mailbox.objects.unreachable().get()
    assert row.unreachable_since is not None
    assert row.unreachable_since - began < timedelta(minutes=1)
    assert "refuses the login" in row.last_error
    assert row.attempts == 12
    assert row.next_attempt_at is not None
    assert row.next_attempt_at <= clock.at
    assert "wrong" not in caplog.text


def test_a_mailbox_that_answers_again_is_reachable(
    person: Person, settings: Settings
) -> None:
    clock = Clock()
    settings.MAILBOXES = [person.url.replace(f":{PASSWORD}@", ":wrong@")]
    fetch_due(now=clock)
    assert Mailbox.objects.unreachable().count() == 1

    settings.MAILBOXES = [person.url]
    clock.at += LONGEST_PAUSE
    fetch_due(now=clock)

    row = Mailbox.objects.get()
    assert (row.unreachable_since, row.last_error, row.attempts) == (None, "", 0)
    assert row.checked_at == clock.at


def test_a_mailbox_no_longer_configured_rests(
    person: Person, settings: Settings
) -> None:
    clock = Clock()
    settings.MAILBOXES = [person.url.replace(f":{PASSWORD}@", ":wrong@")]
    fetch_due(now=clock)

    settings.MAILBOXES = []
    clock.at += LONGEST_PAUSE
    fetch_due(now=clock)

    row = Mailbox.objects.get()
    assert (row.next_attempt_at, row.unreachable_since) == (None, None)
