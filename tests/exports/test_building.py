"""The worker that builds packages: what it does when something is missing."""

from pathlib import Path
from typing import Any

from dsr import casework
from dsr.models import LedgerEntry, Ticket
from dsr.vocabulary import SUBJECT, Event, RightCode, State
from exports import building
from exports.building import build_packages, order_packages
from exports.expiry import expire_packages
from exports.models import Package, PackageState
from subjects.models.work import MOST_ATTEMPTS
from tests.dsr.steps import decide
from tests.exports.conftest import DAY, DPO, HANDLER, NOW, Decided, answer


def files(settings: Any) -> list[Path]:
    """Return what lies in the packages' folder, finished or not."""
    return [
        one for one in Path(settings.MEDIA_ROOT, "packages").rglob("*") if one.is_file()
    ]


def test_asked_twice_it_builds_once(decided: Decided, settings: Any) -> None:
    decided()

    first, second = build_packages(at=NOW), build_packages(at=NOW)

    assert (first, second) == (1, 0)
    assert len(files(settings)) == 1


def test_a_worker_that_comes_late_changes_nothing(
    decided: Decided, settings: Any
) -> None:
    ticket = decided()
    assert ticket.decided_at is not None
    build_packages(at=NOW)

    # It saw the ticket waiting before the other worker had finished.
    building._order(ticket, ticket.decided_at, at=NOW)
    build_packages(at=NOW)

    assert Package.objects.get().state == PackageState.READY
    assert len(files(settings)) == 1


def test_a_right_without_a_copy_gets_no_package(decided: Decided) -> None:
    decided(RightCode.ERASURE)

    order_packages(at=NOW)

    assert not Package.objects.exists()


def test_missing_findings_fail_with_a_sentence_and_are_tried_again(
    decided: Decided,
) -> None:
    ticket = decided()
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


def test_findings_cut_short_are_not_given_out_as_the_whole(decided: Decided) -> None:
    ticket = decided()
    path = Path(ticket.searches.get(system="claims").findings.path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))

    build_packages(at=NOW)

    assert Package.objects.get().state == PackageState.FAILED


def test_a_system_that_is_no_longer_listed_is_named(
    decided: Decided, settings: Any, tmp_path: Path, company: Path
) -> None:
    decided()
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
    decided: Decided, settings: Any
) -> None:
    decided()
    # Where the folder of packages should be, a file stands in the way.
    Path(settings.MEDIA_ROOT, "packages").write_bytes(b"")

    build_packages(at=NOW)

    package = Package.objects.get()
    assert package.state == PackageState.FAILED
    assert "cannot be written" in package.last_error


def test_given_up_it_stands_in_the_ledger_once(decided: Decided, settings: Any) -> None:
    decided()
    settings.SYSTEMS_FILE = Path("nowhere.toml")
    at = NOW

    for _attempt in range(MOST_ATTEMPTS + 2):
        build_packages(at=at)
        at += DAY

    package = Package.objects.get()
    assert package.next_attempt_at is None
    assert LedgerEntry.objects.filter(event=Event.PACKAGE_FAILED).count() == 1


def test_a_withdrawn_request_gets_no_package(decided: Decided, settings: Any) -> None:
    ticket = decided()
    order_packages(at=NOW)
    casework.withdraw(ticket.pk, by=SUBJECT, at=NOW)

    build_packages(at=NOW)

    package = Package.objects.get()
    assert package.state == PackageState.FAILED
    assert package.next_attempt_at is None
    assert files(settings) == []


def test_a_reopened_request_gets_a_new_package_in_the_same_row(
    decided: Decided, settings: Any
) -> None:
    ticket = decided()
    build_packages(at=NOW)
    answer(ticket)
    first = Package.objects.get()
    why = "The person says that one claim is missing from the copy."
    casework.reopen(ticket.pk, why=why, by=DPO, at=NOW + 2 * DAY)
    _decide_again(ticket)

    build_packages(at=NOW + 3 * DAY)

    second = Package.objects.get()
    assert second.pk == first.pk
    assert second.decided_at > first.decided_at
    assert second.state == PackageState.READY
    assert len(files(settings)) == 1


def _decide_again(ticket: Ticket) -> None:
    at = NOW + 2 * DAY
    casework.propose(ticket.pk, outcome="granted", by=HANDLER, at=at)
    decide(ticket.pk, by=DPO, at=at)


def test_a_package_is_deleted_thirty_days_after_the_reply(
    decided: Decided, settings: Any
) -> None:
    ticket = decided()
    build_packages(at=NOW)
    answer(ticket, at=NOW + 10 * DAY)

    assert expire_packages(at=NOW + 39 * DAY) == 0
    assert expire_packages(at=NOW + 41 * DAY) == 1

    package = Package.objects.get()
    assert package.state == PackageState.EXPIRED
    assert package.manifest["records"] > 0
    assert files(settings) == []
    events = LedgerEntry.objects.filter(event=Event.PACKAGE_EXPIRED)
    assert events.count() == 1


def test_the_ticket_of_a_failed_package_still_waits(
    decided: Decided, settings: Any
) -> None:
    ticket = decided()
    settings.SYSTEMS_FILE = Path("nowhere.toml")

    build_packages(at=NOW)

    ticket.refresh_from_db()
    assert ticket.state == State.EXECUTING
