"""Deletes the desk's own data whose time is over, and proves it without content.

Each case is one transaction; files go once it is committed. Done twice, the second
time finds nothing. The ledger stays whole: it holds no personal data.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile

from dsr.casework.register import count_in_totals
from dsr.casework.retention import Planned, plan_of, tier_days
from dsr.casework.silence import forget_words
from dsr.casework.ticket_lock import lock_case, record_case
from dsr.models import (
    Arrival,
    ArrivalResult,
    BlockedSender,
    Case,
    Deletion,
    DeskMail,
    Document,
    DocumentKind,
    FoundDocument,
    LabelledExample,
    Letter,
    SearchTask,
    Ticket,
)
from dsr.vocabulary import SYSTEM, Event
from subjects.models import Subject

JOB = "dsr.delete_expired"
# A hold stops every tier but this: its days are a maximum (EDPB 01/2022 § 79), and an
# identity document proves nothing that its note does not.
NOT_HELD = ("T0",)
# What the register row keeps: the log of its clock, its holds, and itself.
STAYS = frozenset({"clockevent", "legalhold", "ticket"})


@transaction.atomic
def forget(case_id: int, *, at: datetime) -> int:
    """Delete what is over in one case, unless it is held; count the records."""
    case = lock_case(case_id)
    held = case.holds.in_force().exists()
    number = 0
    for planned in plan_of(case):
        over = planned.over_at is not None and planned.over_at <= at
        if over and not (held and planned.tier not in NOT_HELD):
            number += ERASERS[planned.tier, planned.kind](case, planned, at)
    return number


def forget_proofs(case: Case, *, at: datetime) -> None:
    """Delete proofs of identity that nobody needs any more. EDPB 01/2022 § 79."""
    for planned in plan_of(case):
        over = planned.over_at is not None and planned.over_at <= at
        if planned.tier == "T0" and over:
            _delete_proof(case, planned, at)


def note_deletion(case: Case, tier: str, kind: str, count: int, at: datetime) -> None:
    """Keep the proof of a deletion, and say it in the ledger."""
    prove(tier, kind, count, reference=case.reference, at=at)
    record_case(
        case, Event.DATA_DELETED, by=SYSTEM, at=at, tier=tier, kind=kind, count=count
    )


def prove(
    tier: str, kind: str, count: int, *, reference: str = "", at: datetime
) -> None:
    """Keep the proof of a deletion that belongs to no case, or whose case says it."""
    Deletion.objects.create(
        tier=tier, reference=reference, kind=kind, count=count, job=JOB, deleted_at=at
    )


def candidates(at: datetime) -> list[int]:
    """Return the cases in which something may be over, without looking closer."""
    proofs = Document.objects.filter(kind=DocumentKind.PROOF).values("case")
    ended = Q(ticket__replied_at__lte=at - tier_days("T2")) | Q(
        ticket__closed_at__lte=at - tier_days("T2")
    )
    found = SearchTask.objects.exclude(findings="").filter(ended)
    files = Document.objects.exclude(file="").values("case")
    mails = Arrival.objects.exclude(raw="").exclude(case=None).values("case")
    old = Ticket.objects.filter(closed_at__lte=at - tier_days("T3")).values("case")
    oldest = min(tier_days("T4"), tier_days("T5"))
    very_old = Ticket.objects.filter(closed_at__lte=at - oldest).values("case")
    cases = Case.objects.filter(
        Q(pk__in=proofs)
        | Q(pk__in=found.values("ticket__case"))
        | Q(Q(pk__in=files) | Q(pk__in=mails), pk__in=old)
        | Q(pk__in=very_old)
    )
    return list(cases.order_by("pk").values_list("pk", flat=True))


def _delete_proof(case: Case, planned: Planned, at: datetime) -> int:
    number = _delete_rows(Document.objects.filter(pk__in=planned.rows))
    note_deletion(case, "T0", planned.kind, number, at)
    return number


def _delete_findings(case: Case, planned: Planned, at: datetime) -> int:
    """Delete what was found; the counts and the digests stay."""
    for task in SearchTask.objects.select_for_update().filter(pk__in=planned.rows):
        _drop(task.findings)
        forget_words(task)
        task.findings = ""
        task.save(update_fields=["findings"])
    _delete_rows(FoundDocument.objects.filter(search__in=planned.rows))
    note_deletion(case, "T2", planned.kind, len(planned.rows), at)
    return len(planned.rows)


def _delete_files(case: Case, planned: Planned, at: datetime) -> int:
    """Delete the bytes and the names people gave; kind, size and digest stay."""
    for document in Document.objects.filter(pk__in=planned.rows):
        _drop(document.file)
        document.file, document.name = "", ""
        document.save(update_fields=["file", "name"])
    note_deletion(case, "T3", planned.kind, len(planned.rows), at)
    return len(planned.rows)


def _delete_mails(case: Case, planned: Planned, at: datetime) -> int:
    """Delete mails, but leave one that opened several cases to the next of them."""
    number = 0
    for mail in Arrival.objects.filter(pk__in=planned.rows):
        if not _goes_on_with_another_case(mail):
            _empty(mail)
            number += 1
    if number:
        note_deletion(case, "T3", planned.kind, number, at)
    return number


def _goes_on_with_another_case(mail: Arrival) -> bool:
    further = mail.further.order_by("pk").first()
    if further is None:
        return False
    mail.case = further.case
    mail.save(update_fields=["case"])
    further.delete()
    return True


def _empty(mail: Arrival) -> None:
    """Delete the bytes of a mail; its digest, number and instant prove the receipt.

    What an officer made of it, and what was written about it, goes with them.
    """
    _drop(mail.raw)
    LabelledExample.objects.filter(arrival=mail).delete()
    DeskMail.objects.filter(arrival=mail).delete()
    mail.raw, mail.proposal, mail.reason = "", {}, ""
    mail.save(update_fields=["raw", "proposal", "reason"])


@transaction.atomic
def forget_mails_of_no_case(*, at: datetime) -> int:
    """Delete mails that were no request. One that waits in the tray stays.

    A sender is blocked no longer than a mail of theirs is kept.
    """
    mails = Arrival.objects.filter(
        case=None,
        result__in=ArrivalResult.ASIDE,
        received_at__lte=at - tier_days("T3"),
    ).exclude(raw="")
    for mail in (found := list(mails.select_for_update())):
        _empty(mail)
        mail.sender = ""
        mail.save(update_fields=["sender"])
    if found:
        prove("T3", "mail", len(found), at=at)
        _forget_blocks()
    return len(found)


def _forget_blocks() -> None:
    for block in BlockedSender.objects.all():
        if not Arrival.objects.filter(sender__iexact=block.address).exists():
            block.delete()


def _forget_case(case: Case, planned: Planned, at: datetime) -> int:
    """Leave the register row alone: right, dates, outcome, grounds, clock log."""
    tickets = list(case.tickets.values_list("pk", flat=True))
    number = 0
    for rows in [*_hanging_on(Ticket, tickets), *_hanging_on(Case, [case.pk])]:
        deleted = _delete_rows(rows)
        number += deleted
        note_deletion(case, "T4", str(rows.model._meta.model_name), deleted, at)
    for ticket in case.tickets.all():
        _blank(ticket)
        ticket.details = {}
        ticket.save()
    for hold in case.holds.all():
        _blank(hold)
        hold.save()
    _unlink(case, at)
    note_deletion(case, "T4", "case", 1, at)
    return number + 1


def _forget_register(case: Case, planned: Planned, at: datetime) -> int:
    """Count the register row in its totals, then let it go. Tier T5."""
    note_deletion(case, "T5", planned.kind, 1, at)
    tickets, person = list(case.tickets.all()), case.subject
    count_in_totals(tickets, case)
    keys = [ticket.pk for ticket in tickets]
    for rows in [*_hanging_on(Ticket, keys, ()), *_hanging_on(Case, [case.pk], ())]:
        _delete_rows(rows)
    case.delete()
    _forget_person(person)
    return 1


def _hanging_on(
    root: type[models.Model], keys: list[int], stays: Collection[str] = STAYS
) -> Iterator[models.QuerySet[Any]]:
    """Yield the rows that hang on these, whatever they are, the outermost first.

    They need not be named here one by one, so that none is forgotten; what refers
    to a letter goes before the letter.
    """
    found = []
    for relation in root._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if isinstance(model, str) or model._meta.model_name in stays:
            continue
        rows = model._base_manager.filter(**{f"{name}__in": keys})
        own = list(rows.values_list("pk", flat=True))
        if own:
            yield from _hanging_on(model, own, stays)
            found.append(model._base_manager.filter(pk__in=own))
    # Letters last: several kinds of record have one.
    yield from sorted(found, key=lambda rows: rows.model is Letter)


def _delete_rows(rows: models.QuerySet[Any]) -> int:
    """Delete rows and, once that is committed, their files."""
    fields = [
        one for one in rows.model._meta.fields if isinstance(one, models.FileField)
    ]
    found = list(rows)
    for row in found:
        for field in fields:
            _drop(getattr(row, field.name))
    rows.delete()
    return len(found)


def _drop(file: FieldFile) -> None:
    if file:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))


def _blank(row: models.Model) -> None:
    for field in row._meta.fields:
        if isinstance(field, models.TextField):
            setattr(row, field.name, "")


def _unlink(case: Case, at: datetime) -> None:
    """Take the person out of the row; nobody else's consents are lost by that."""
    person = case.subject
    case.subject = Subject.objects.create(language=case.language, created_at=at)
    _blank(case)
    for name in ("own_reference", "contact_email", "contact_confirmed_by"):
        setattr(case, name, "")
    for name in ("agent_name", "agent_relation", "message_id"):
        setattr(case, name, "")
    case.contact_confirmed_at, case.forgotten_at = None, at
    case.save()
    _forget_person(person)


def _forget_person(person: Subject) -> None:
    if not person.cases.exists() and not person.consents.exists():
        person.delete()


Eraser = Callable[[Case, Planned, datetime], int]
ERASERS: dict[tuple[str, str], Eraser] = {
    ("T0", "proof"): _delete_proof,
    ("T2", "findings"): _delete_findings,
    ("T3", "file"): _delete_files,
    ("T3", "mail"): _delete_mails,
    ("T4", "case"): _forget_case,
    ("T5", "register"): _forget_register,
}
