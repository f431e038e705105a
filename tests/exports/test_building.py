"""The worker that builds packages: what it does when something is missing."""

from pathlib import Path
from typing import Any

import pytest

from dsr import casework
from dsr.models import LedgerEntry, Ticket
from dsr.vocabulary import SUBJECT, Event, RightCode, State
from exports import building
from exports.building import build_packages, order_packages
from exports.expiry import drop_packages, expire_packages
from exports.models import Package, PackageState
from exports.packages.writing import write_package
from subjects.models.work import MOST_ATTEMPTS
from tests.dsr.steps import decide
from tests.exports.conftest import (
    DAY,
    DPO,
    NOW,
    Decided,
    answer,
    propose_again,
    searched_one,
)


def files(settings: Any) -> list[Path]:
    """Return what lies in the packages' folder, finished or not."""
    return [
        one for one in Path(settings.MEDIA_ROOT, "packages").rglob("*") if one.is_file()
    ]


def test_asked_twice_it_builds_once(proposed: Decided, settings: Any) -> None:
    proposed()

    first, second = build_packages(at=NOW), build_packages(at=NOW)

    assert (first, second) == (1, 0)
    assert len(files(settings)) == 1


def test_a_worker_that_comes_late_changes_nothing(
    proposed: Decided, settings: Any
) -> None:
    ticket = proposed()
    assert ticket.proposed_at is not None
    build_packages(at=NOW)

    # It saw the ticket waiting before the other worker had finished.
    building._order(ticket, ticket.proposed_at, at=NOW)
    build_packages(at=NOW)

    assert Package.objects.get().state == PackageState.READY
    assert len(files(settings)) == 1


def test_a_right_without_a_copy_gets_no_package(desk: None) -> None:
    searched_one(RightCode.ERASURE)

    order_packages(at=NOW)

    assert not Package.objects.exists()


def test_missing_findings_fail_with_a_sentence_and_are_tried_again(
    proposed: Decided,
) -> None:
    ticket = proposed()
    search = ticket.searches.get(system="claims")
    moved = Path(search.findings.path).rename(search.findings.path + ".away")

    build_packages(at=NOW)

    package = Package.objects.get()
    assert package.state == PackageState.FAILED
    assert "claims are missing or damaged" in package.last_error
    assert package.next_attempt_at is not None
    assert not package.can_be_fetched(at=NOW)
    moved.rename(search.findings.path)
    assert build_packages(at=package.next_attempt_at) == 1


def test_findings_cut_short_are_not_given_out_as_the_whole(proposed: Decided) -> None:
    ticket = proposed()
    path = Path(ticket.searches.get(system="claims").findings.path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))

    build_packages(at=NOW)

    assert Package.objects.get().state == PackageState.FAILED


def test_a_system_that_is_no_longer_listed_is_named(
    proposed: Decided, settings: Any, tmp_path: Path, company: Path
) -> None:
    proposed()
    listed = (company / "systems.toml").read_text()
    left = tmp_path / "systems.toml"
    left.write_text(
        listed[: listed.rindex("[[system]]")].replace(
            'dataset = "', f'dataset = "{company}/'
        )
    )
    settings.SYSTEMS_FILE = left

    build_packages(at=NOW)

    assert "the system claims was searched" in Package.objects.get().last_error


def test_a_place_that_cannot_be_written_leaves_nothing_behind(
    proposed: Decided, settings: Any
) -> None:
    proposed()
    # Where the folder of packages should be, a file stands in the way.
    Path(settings.MEDIA_ROOT, "packages").write_bytes(b"")

    build_packages(at=NOW)

    package = Package.objects.get()
    assert package.state == PackageState.FAILED
    assert "cannot be written" in package.last_error


def test_given_up_it_stands_in_the_ledger_once(
    proposed: Decided, settings: Any
) -> None:
    proposed()
    settings.SYSTEMS_FILE = Path("nowhere.toml")
    at = NOW

    for _attempt in range(MOST_ATTEMPTS + 2):
        build_packages(at=at)
        at += DAY

    package = Package.objects.get()
    assert package.next_attempt_at is None
    assert LedgerEntry.objects.filter(event=Event.PACKAGE_FAILED).count() == 1


def test_a_withdrawn_request_gets_no_package(proposed: Decided, settings: Any) -> None:
    ticket = proposed()
    order_packages(at=NOW)
    casework.withdraw(ticket.pk, by=SUBJECT, at=NOW)

    build_packages(at=NOW)

    package = Package.objects.get()
    assert package.state == PackageState.FAILED
    assert package.next_attempt_at is None
    assert files(settings) == []


def test_a_reopened_request_gets_a_new_package_in_the_same_row(
    proposed: Decided, settings: Any
) -> None:
    ticket = proposed()
    build_packages(at=NOW)
    decide(ticket.pk, by=DPO, at=NOW)
    answer(ticket)
    first = Package.objects.get()
    why = "The person says that one claim is missing from the copy."
    casework.reopen(ticket.pk, why=why, by=DPO, at=NOW + 2 * DAY)
    propose_again(ticket, at=NOW + 2 * DAY)

    build_packages(at=NOW + 3 * DAY)

    second = Package.objects.get()
    assert second.pk == first.pk
    assert second.proposed_at > first.proposed_at
    assert second.state == PackageState.READY
    assert len(files(settings)) == 1


def test_a_returned_proposal_takes_its_package_from_the_disk(
    proposed: Decided, settings: Any
) -> None:
    ticket = proposed()
    build_packages(at=NOW)
    built = Package.objects.get()

    why = "A claim is missing from the copy; look at the claims again."
    casework.return_proposal(ticket.pk, why=why, by=DPO, at=NOW + DAY)

    assert not Package.objects.get().is_current
    assert build_packages(at=NOW + DAY) == 0
    assert files(settings) == []
    assert Package.objects.get().state == PackageState.EXPIRED
    lines = LedgerEntry.objects.filter(event=Event.PACKAGE_DROPPED)
    assert [line.facts["sha256"] for line in lines] == [built.sha256]
    assert drop_packages(at=NOW + DAY) == 0

    propose_again(ticket, at=NOW + 2 * DAY)
    assert build_packages(at=NOW + 2 * DAY) == 1
    assert len(files(settings)) == 1
    assert Package.objects.get().is_current
    assert Ticket.objects.get(pk=ticket.pk).state == State.DECISION_PENDING


def test_a_package_that_lies_ready_goes_when_the_request_is_withdrawn(
    proposed: Decided, settings: Any
) -> None:
    ticket = proposed()
    build_packages(at=NOW)
    casework.withdraw(ticket.pk, by=SUBJECT, at=NOW)

    assert drop_packages(at=NOW) == 1

    assert files(settings) == []
    assert Ticket.objects.get(pk=ticket.pk).state == State.WITHDRAWN


def test_a_copy_for_a_returned_proposal_is_nobodys(
    proposed: Decided, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = proposed()
    why = "A claim is missing from the copy; look at the claims again."

    def meanwhile(*args: Any, **given: Any) -> Any:
        written = write_package(*args, **given)
        casework.return_proposal(ticket.pk, why=why, by=DPO, at=NOW)
        propose_again(ticket, at=NOW + DAY)
        return written

    monkeypatch.setattr(building, "write_package", meanwhile)
    build_packages(at=NOW)

    assert files(settings) == []
    assert Package.objects.get().state == PackageState.FAILED
    assert Ticket.objects.get(pk=ticket.pk).state == State.PACKAGING
    monkeypatch.undo()
    assert build_packages(at=NOW + DAY) == 1


def test_a_package_is_deleted_thirty_days_after_the_reply(
    proposed: Decided, settings: Any
) -> None:
    ticket = proposed()
    build_packages(at=NOW)
    assert expire_packages(at=NOW + 99 * DAY) == 0  # nobody was told of it yet
    decide(ticket.pk, by=DPO, at=NOW)
    answer(ticket, at=NOW + 10 * DAY)

    assert expire_packages(at=NOW + 39 * DAY) == 0
    assert expire_packages(at=NOW + 41 * DAY) == 1

    package = Package.objects.get()
    assert package.state == PackageState.EXPIRED
    assert package.manifest["records"] > 0
    assert files(settings) == []
    events = LedgerEntry.objects.filter(event=Event.PACKAGE_EXPIRED)
    assert events.count() == 1


def test_what_was_given_stays_while_its_case_is_held(
    proposed: Decided, settings: Any
) -> None:
    ticket = proposed()
    build_packages(at=NOW)
    decide(ticket.pk, by=DPO, at=NOW)
    answer(ticket, at=NOW)
    over, reason = NOW + 31 * DAY, "The authority wants to see what was given."
    casework.place_hold(
        ticket.case_id, reason=reason, review_on=over.date(), by=DPO, at=NOW
    )
    assert expire_packages(at=over) == 0
    assert len(files(settings)) == 1
    assert not Package.objects.get().can_be_fetched(at=over)
    casework.lift_hold(ticket.case_id, by=DPO, at=over)
    assert expire_packages(at=over) == 1
    assert files(settings) == []


def test_the_ticket_of_a_failed_package_still_waits(
    proposed: Decided, settings: Any
) -> None:
    ticket = proposed()
    settings.SYSTEMS_FILE = Path("nowhere.toml")

    build_packages(at=NOW)

    ticket.refresh_from_db()
    assert ticket.state == State.PACKAGING
