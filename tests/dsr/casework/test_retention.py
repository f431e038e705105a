"""What the desk keeps goes in its time: tier by tier, proven, and never too early."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from dsr import casework
from dsr.casework import NewFile
from dsr.models import (
    Arrival,
    Case,
    Document,
    LedgerEntry,
    Letter,
    Message,
    Ticket,
    Timer,
    find_faults,
)
from dsr.vocabulary import SUBJECT, State
from subjects.models import Subject
from tests.dsr.casework.conftest import YEARS, Delete, proofs
from tests.dsr.conftest import (
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    Open,
    Walk,
    ask_identity,
    everything,
    take,
)


def add(case: Case, kind: str, at: datetime = RECEIVED) -> Document:
    new = NewFile(kind, "Jeanne.pdf", "application/pdf", b"%PDF-1.4")
    return casework.add_document(case.pk, new, by=OFFICER, at=at)


def stored() -> list[Path]:
    return [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]


def test_a_proof_of_identity_goes_with_the_doubt(
    open_case: Open, django_capture_on_commit_callbacks: Any
) -> None:
    case = open_case("erasure", email=JEANNE)
    ask_identity(case.tickets.get().pk)
    letters = stored()
    add(case, "proof", RECEIVED + DAY)
    with django_capture_on_commit_callbacks(execute=True):
        casework.accept_proof(
            case.tickets.get().pk, method="card seen", by=OFFICER, at=RECEIVED + 2 * DAY
        )
    assert not Document.objects.filter(kind="proof").exists()
    assert stored() == letters
    assert proofs() == [("T0", "proof", 1)]
    line = LedgerEntry.objects.get(event="data.deleted")
    assert (line.facts["tier"], line.facts["count"]) == ("T0", 1)


@pytest.mark.parametrize(("pending", "days"), [(False, 7), (True, 30)])
def test_a_proof_nobody_accepts_goes_all_the_same(
    open_case: Open, delete: Delete, *, pending: bool, days: int
) -> None:
    case = open_case("erasure", email=JEANNE)
    if pending:
        ask_identity(case.tickets.get().pk)
    letters = stored()
    add(case, "proof")
    assert delete(RECEIVED + days * DAY - timedelta(seconds=1)) == 0
    assert delete(RECEIVED + days * DAY) == 1
    assert stored() == letters


def test_a_proof_that_shows_the_mandate_stays_a_week(
    open_case: Open, delete: Delete
) -> None:
    case = open_case("erasure", "access", email=JEANNE, agent_name="Paul")
    ticket = case.tickets.get(right_code="erasure")
    ask_identity(ticket.pk)
    add(case, "proof")
    casework.accept_proof(ticket.pk, method="power seen", by=OFFICER, at=RECEIVED + DAY)
    assert Document.objects.filter(kind="proof").exists()
    assert delete(RECEIVED + 7 * DAY) == 1


def test_what_was_found_goes_a_month_after_the_reply(
    walk: Walk, delete: Delete
) -> None:
    ticket = walk(State.REPLIED, email=JEANNE)
    assert ticket.replied_at is not None
    found = [one for one in ticket.searches.all() if one.findings]
    assert found
    over = ticket.replied_at + 30 * DAY
    assert delete(over - timedelta(seconds=1)) == 0
    assert delete(over) == len(found)
    for task in ticket.searches.all():
        assert not task.findings
        assert list(casework.read_findings(task)) == []
    after = {one.pk: (one.counts, one.sha256) for one in ticket.searches.all()}
    assert all(after[one.pk] == (one.counts, one.sha256) for one in found)
    assert delete(over + DAY) == 0


def test_files_go_ninety_days_after_the_closure_and_their_digests_stay(
    walk: Walk, delete: Delete
) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    for kind in ("original", "attachment", "mandate"):
        add(ticket.case, kind)
    assert ticket.closed_at is not None
    over = ticket.closed_at + 90 * DAY
    delete(ticket.closed_at + 30 * DAY)  # what was found
    kept = set(stored())
    assert delete(over - DAY) == 0
    assert delete(over) == 3
    left = Document.objects.filter(case=ticket.case)
    assert {(one.name, bool(one.file), len(one.sha256)) for one in left} == {
        ("", False, 64)
    }
    assert len(kept - set(stored())) == 3
    assert ("T3", "file", 3) in proofs()


def test_after_five_years_only_the_register_row_is_left(
    walk: Walk, delete: Delete
) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    case, person = ticket.case, ticket.case.subject
    casework.write_note(case.pk, text="Jeanne called.", by=OFFICER, at=RECEIVED)
    add(case, "original")
    assert ticket.closed_at is not None
    delete(ticket.closed_at + YEARS - DAY)
    assert Message.objects.filter(case=case).exists()
    lines = list(LedgerEntry.objects.values_list("digest", flat=True))

    delete(ticket.closed_at + YEARS)

    case = Case.objects.get(pk=case.pk)
    row = Ticket.objects.get(pk=ticket.pk)
    assert case.forgotten_at == ticket.closed_at + YEARS
    assert (case.text, case.contact_email, case.subject.name) == ("", "", "")
    assert not Subject.objects.filter(pk=person.pk).exists()
    assert (row.right_code, row.outcome, row.due) == (
        "rectification",
        "granted",
        ticket.due,
    )
    assert (row.details, row.reasons, row.done) == ({}, "", "")
    for model in (Document, Message, Letter, Timer):
        assert not model.objects.exists()
    assert stored() == []
    assert "Jeanne" not in str(everything())
    assert JEANNE not in str(everything())
    assert list(find_faults()) == []
    assert (
        list(LedgerEntry.objects.values_list("digest", flat=True))[: len(lines)]
        == lines
    )
    assert ("T4", "case", 1) in proofs()


@pytest.mark.parametrize("right", ["access", "erasure", "restriction", "objection"])
def test_every_right_can_be_forgotten_or_says_what_it_waits_for(
    walk: Walk, delete: Delete, right: str
) -> None:
    ticket = walk(State.WITHDRAWN, right, email=JEANNE)
    assert ticket.closed_at is not None
    delete(ticket.closed_at + YEARS)
    assert Case.objects.get(pk=ticket.case_id).forgotten_at is not None


def test_a_person_with_another_case_is_not_forgotten(
    walk: Walk, open_case: Open, delete: Delete
) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    other = open_case("access", email=JEANNE)
    Case.objects.filter(pk=other.pk).update(subject=ticket.case.subject)
    assert ticket.closed_at is not None
    delete(ticket.closed_at + YEARS)
    assert Case.objects.get(pk=other.pk).subject == ticket.case.subject
    assert Case.objects.get(pk=ticket.case_id).subject != ticket.case.subject


@pytest.mark.parametrize(
    "state", [State.TRIAGE, State.AWAITING_IDENTITY, State.COLLECTING]
)
def test_nothing_of_an_open_ticket_is_touched(
    walk: Walk, delete: Delete, state: State
) -> None:
    ticket = walk(state, email=JEANNE)
    add(ticket.case, "original")
    before = everything()
    assert delete(RECEIVED + 10 * YEARS) == 0
    assert everything() == before
    assert len(stored()) >= 1


def test_one_open_ticket_keeps_the_whole_case(open_case: Open, delete: Delete) -> None:
    case = open_case("erasure", "access", email=JEANNE)
    add(case, "original")
    erasure = case.tickets.get(right_code="erasure")
    casework.withdraw(erasure.pk, by=SUBJECT, at=RECEIVED)
    assert delete(RECEIVED + 2 * YEARS) == 0
    assert Case.objects.get(pk=case.pk).contact_email == JEANNE


def test_a_lost_connection_deletes_no_file(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    add(ticket.case, "original")
    before = stored()
    casework.delete_expired(at=RECEIVED + YEARS)  # never committed here
    assert stored() == before


def test_mail_that_was_no_request_goes_after_ninety_days(
    house: Path, delete: Delete
) -> None:
    for number, result in enumerate(("ignored", "tray")):
        Arrival.objects.create(
            sha256=f"{number}" * 64,
            raw="",
            sender=JEANNE,
            received_at=RECEIVED,
            result=result,
            proposal={"text": "hello"},
        )
    Arrival.objects.update(raw="aa/bb")
    assert delete(RECEIVED + 89 * DAY) == 0
    assert delete(RECEIVED + 90 * DAY) == 1
    gone, waits = Arrival.objects.order_by("sha256")
    assert (gone.sender, gone.proposal, bool(gone.raw)) == ("", {}, False)
    assert (waits.sender, bool(waits.raw)) == (JEANNE, True)


def test_the_plan_says_what_goes_when(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    add(ticket.case, "original")
    closed = ticket.closed_at
    assert closed is not None
    plan = casework.plan_of(ticket.case)
    assert [(one.tier, one.over_at) for one in plan if one.tier != "T2"] == [
        ("T3", closed + 90 * DAY),
        ("T4", closed + YEARS),
    ]


def test_an_open_case_has_no_end_yet(open_case: Open) -> None:
    case = open_case("access", email=JEANNE)
    take(case.tickets.get().pk)
    assert {one.over_at for one in casework.plan_of(case)} == {None}
