"""A mailbox on a real server: what is new is taken in once, then marked."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from dsr.intake.fetching import taking
from dsr.intake.fetching.account import account
from dsr.intake.mailbox import receive as received
from dsr.intake.mailbox.parsed import Limits
from dsr.models import Arrival, ArrivalResult, Case, Delivery, Mailbox
from tests.dsr.intake.conftest import mail
from tests.dsr.intake.fetching.conftest import (
    Person,
    a_request,
    an_invoice,
    counted,
    results,
    take,
)
from tests.servers.dovecot import PASSWORD

RECEIVED = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


def test_what_is_new_is_taken_in_and_then_marked_as_read(person: Person) -> None:
    person.gets(a_request(1), an_invoice(1))

    taken = take(person.account)

    assert results(taken) == ["opened", "ignored"]
    assert taken[0].url.startswith(f"imap://{person.user}@127.0.0.1:")
    assert taken[0].url.endswith("/;UID=1")
    assert PASSWORD not in taken[0].url
    assert person.seen() == [True, True]
    assert take(person.account) == []
    assert counted() == (2, 2)


def test_the_receipt_is_the_servers_and_not_the_senders(person: Person) -> None:
    with person.box() as box:
        box.append(a_request("dated"), dt=RECEIVED)

    take(person.account)

    assert Case.objects.get().received_at == RECEIVED


def test_what_somebody_else_read_first_is_taken_in_too(person: Person) -> None:
    with person.box() as box:
        box.append(a_request("read"), flag_set=["\\Seen"])

    assert results(take(person.account)) == ["opened"]


def test_what_others_marked_as_deleted_stays(person: Person) -> None:
    with person.box() as box:
        box.append(an_invoice("deleted"), flag_set=["\\Deleted"])
        box.append(an_invoice("kept"))

    take(person.account)

    assert person.seen() == [True, True]


def test_a_message_can_be_moved_once_it_is_taken_in(person: Person) -> None:
    with person.box() as box:
        box.folder.create("Bearbeitet Ü")
        box.append(an_invoice("deleted"), flag_set=["\\Deleted"])
    moving = account(f"{person.url}&move=Bearbeitet%20%C3%9C")

    assert results(take(moving)) == ["ignored"]

    assert person.seen() == []
    assert len(person.seen("Bearbeitet Ü")) == 1


def test_other_folders_are_mailboxes_of_their_own(person: Person) -> None:
    with person.box() as box:
        box.folder.create("Scans.Été")
        box.append(a_request("folder"), folder="Scans.Été")

    scans = account(person.server.url(person.user, "Scans.%C3%89t%C3%A9"))

    assert results(take(scans)) == ["opened"]
    assert take(person.account) == []


def test_nothing_from_before_a_day_is_taken_in(person: Person) -> None:
    with person.box() as box:
        box.append(a_request("old"), dt=RECEIVED)
        box.append(a_request("new"))

    since = account(f"{person.url}&since={date(2026, 4, 1)}")

    assert len(take(since)) == 1
    assert person.seen() == [False, True]


def test_a_new_uidvalidity_takes_nothing_in_twice(person: Person) -> None:
    with person.box() as box:
        box.folder.create("Post")
        box.append(a_request(1), folder="Post")
    post = account(person.server.url(person.user, "Post"))
    take(post)
    with person.box() as box:
        box.folder.delete("Post")
        box.folder.create("Post")
        box.append(a_request(1), folder="Post")

    again = take(post)

    assert [one.received.repeated for one in again if one.received] == [True]
    assert Arrival.objects.count() == 1
    assert Delivery.objects.values("uid_validity").distinct().count() == 2


def test_a_mail_that_retention_forgot_does_not_come_back(person: Person) -> None:
    person.gets(an_invoice("forgotten"))
    take(person.account)
    Arrival.objects.all().delete()
    person.gets(an_invoice("forgotten"))

    assert [one.received for one in take(person.account)] == [None]
    assert not Arrival.objects.exists()


def test_what_is_too_large_waits_in_the_tray_and_in_the_mailbox(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "DEFAULT_LIMITS", Limits(2000))
    monkeypatch.setattr(taking, "BEGINNING", 900)
    person.gets(mail("copy of my data, please. " * 200), a_request("small"))

    assert results(take(person.account)) == ["tray", "opened"]

    kept = Arrival.objects.get(result=ArrivalResult.TRAY)
    assert (kept.raw.size, kept.sender) == (900, "jeanne.peeters@demo.example")
    assert "too large" in kept.reason
    assert person.seen() == [False, True]
    assert take(person.account) == []


def test_a_mail_that_ends_the_reader_does_not_stop_the_others(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = received.receive

    def receive(raw: bytes, **given: object) -> object:
        if b"poison" in raw:
            raise RecursionError
        return real(raw, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "receive", receive)
    person.gets(a_request("poison"), a_request("good"))

    assert results(take(person.account)) == ["tray", "opened"]
    assert "could not be read" in Arrival.objects.get(result="tray").reason
    assert person.seen() == [True, True]


def test_a_mail_that_ended_the_program_three_times_is_not_read_again(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def receive(raw: bytes, **given: object) -> None:
        raise Killed

    monkeypatch.setattr(taking, "receive", receive)
    person.gets(a_request("killer"))
    for _time in range(taking.MOST_TRIES):
        with pytest.raises(Killed):
            take(person.account)

    assert results(take(person.account)) == ["tray"]


def test_a_full_disk_is_not_the_mails_fault(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def receive(raw: bytes, **given: object) -> None:
        raise OSError("no space left")

    person.gets(a_request("disk"))
    with monkeypatch.context() as patch:
        patch.setattr(taking, "receive", receive)
        for _time in range(taking.MOST_TRIES + 1):
            with pytest.raises(OSError, match="no space"):
                take(person.account)

    assert results(take(person.account)) == ["opened"]


def test_reading_notes_how_far_it_came(person: Person) -> None:
    person.gets(a_request(1), a_request(2))
    before = timezone.now()

    take(person.account)

    state = Mailbox.objects.get(account=person.account.key)
    assert state.done_to == 2
    assert state.checked_at is not None
    assert state.checked_at >= before
