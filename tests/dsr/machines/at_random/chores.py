"""What is done at random besides the acts: the desk's chores, and the workers' runs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from dsr import casework
from dsr.models import (
    Case,
    Document,
    LegalHold,
    Letter,
    RecipientNotice,
    RestrictionMeasure,
    SearchTask,
    SystemOrder,
    Ticket,
    Withholding,
)
from dsr.models.ticket import TicketQuerySet
from dsr.policy import MEASURE_ACTS
from dsr.rights import RIGHTS
from dsr.vocabulary import SYSTEM, Actor
from exports.building import build_packages
from tests.dsr.machines.at_random.deletion import delete_what_is_over
from tests.dsr.machines.at_random.people import SHORT, STREET, WHY, WORD, Pick
from tests.dsr.steps import JEANNE, LUC


@dataclass(frozen=True, slots=True)
class Chore:
    """`on` finds the rows that it can be done to; `do` does it."""

    on: Callable[[], Iterable[Any]]
    do: Callable[..., object]


def _approve(letter: Letter, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.approve_letter(letter.pk, by=by, at=at)


def _edit(letter: Letter, pick: Pick, by: Actor, at: datetime) -> object:
    fee = {"amount": "10 EUR", "basis": WHY, "pay_by": WORD}
    parts = pick(({"reasons": WHY}, {"done": WHY}, {"unknown": WHY}, fee))
    return casework.edit_letter(letter.pk, parts=parts, by=by, at=at)


def _post(letter: Letter, pick: Pick, by: Actor, at: datetime) -> object:
    proof = pick((WORD, WORD, " "))
    return casework.record_posted(letter.pk, proof=proof, by=by, at=at)


def _cancel(letter: Letter, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.cancel_letter(letter.pk, by=by, at=at)


def _retry(letter: Letter, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.retry_letter(letter.pk, by=by, at=at)


def _come_back(letter: Letter, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.letter_returned(letter.pk, code="5.1.1", by=SYSTEM, at=at)


def _send_again(letter: Letter, pick: Pick, by: Actor, at: datetime) -> object:
    by_post = pick((True, False))
    return casework.send_again(letter.pk, by_post=by_post, by=by, at=at)


def _message(case: Case, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.write_message(case.pk, text=pick((WHY, " ")), by=by, at=at)


def _note(case: Case, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.write_note(case.pk, text=WHY, by=by, at=at)


def _document(case: Case, pick: Pick, by: Actor, at: datetime) -> object:
    kind = pick(("mandate", "proof", "attachment"))
    file = casework.NewFile(kind, f"{WORD}.pdf", "application/pdf", WORD.encode())
    return casework.add_document(case.pk, file, by=by, at=at)


def _identifier(case: Case, pick: Pick, by: Actor, at: datetime) -> object:
    kind, value = pick((("email", JEANNE), ("email", LUC), ("policy_number", WORD)))
    return casework.add_identifier(case.pk, kind=kind, value=value, by=by, at=at)


def _address(case: Case, pick: Pick, by: Actor, at: datetime) -> object:
    email, post = pick(((JEANNE, ""), (LUC, STREET), ("", STREET), ("", "")))
    return casework.set_address(case.pk, email=email, postal_address=post, by=by, at=at)


def _confirm_address(case: Case, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.confirm_address(case.pk, by=by, at=at)


def _add_right(case: Case, pick: Pick, by: Actor, at: datetime) -> object:
    code = pick(list(RIGHTS))
    return casework.add_right(case.pk, right_code=code, by=by, at=at)


def _assign(ticket: Ticket, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.assign(ticket.pk, owner=by.name, by=by, at=at)


def _search_again(ticket: Ticket, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.search_again(ticket.pk, by=by, at=at)


def _excuse(task: SearchTask, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.excuse_search(task.pk, excuse=WHY, by=by, at=at)


def _withhold(task: SearchTask, pick: Pick, by: Actor, at: datetime) -> object:
    found = pick(list(casework.read_findings(task)))
    return casework.withhold(
        task.pk,
        collection=found["collection"],
        row=found["row"],
        field=pick(("", *found["record"])),
        ground=pick(("others_rights", "legal_restriction", "too_busy")),
        note=WHY,
        by=by,
        at=at,
    )


def _release(item: Withholding, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.release(item.pk, by=by, at=at)


def _tell_delay(ticket: Ticket, pick: Pick, by: Actor, at: datetime) -> object:
    day = at.date() + timedelta(days=pick((-2, 10)))
    return casework.tell_delay(ticket.pk, reasons=WHY, answer_by=day, by=by, at=at)


def _close_orders(ticket: Ticket, pick: Pick, by: Actor, at: datetime) -> object:
    orders = list(ticket.orders.order_by("pk").values_list("pk", flat=True))
    chosen = pick((orders, orders, orders[:1], []))
    done, note = pick((True, False)), pick((WHY, WHY, WORD, " "))
    return casework.close_orders(
        ticket.pk, orders=chosen, done=done, note=note, by=by, at=at
    )


def _close_order(order: SystemOrder, pick: Pick, by: Actor, at: datetime) -> object:
    note = pick((WHY, WHY, WORD, " "))
    return casework.close_order(
        order.pk, done=pick((True, False)), note=note, by=by, at=at
    )


def _tell(notice: RecipientNotice, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.tell_recipient(notice.pk, details=pick((WHY, "")), by=by, at=at)


def _do_not_tell(
    notice: RecipientNotice, pick: Pick, by: Actor, at: datetime
) -> object:
    state = pick(("not_disclosed", "impossible", "disproportionate", "sent"))
    return casework.excuse_notice(
        notice.pk, state=state, reason=pick((WHY, "")), by=by, at=at
    )


def _told_it(notice: RecipientNotice, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.confirm_notice(notice.pk, by=by, at=at)


def _measure(
    measure: RestrictionMeasure, pick: Pick, by: Actor, at: datetime
) -> object:
    asked = {
        "note_use": {"exception": "legal_claims", "why": pick((WHY, SHORT))},
        "propose_lift": {"reason": pick((WHY, SHORT))},
        "approve_lift": {},
        "keep_measure": {"why": pick((WHY, SHORT))},
        "lift_measure": {},
    }
    name = pick(list(MEASURE_ACTS))
    return getattr(casework, name)(measure.pk, **asked[name], by=by, at=at)


def _hold(case: Case, pick: Pick, by: Actor, at: datetime) -> object:
    review = at.date() + timedelta(days=pick((-1, 20, 400)))
    return casework.place_hold(
        case.pk, reason=pick((WHY, WHY, SHORT)), review_on=review, by=by, at=at
    )


def _lift(hold: LegalHold, pick: Pick, by: Actor, at: datetime) -> object:
    return casework.lift_hold(hold.case_id, by=by, at=at)


def _seal(document: Document, pick: Pick, by: Actor, at: datetime) -> object:
    marked = pick((True, False))
    return casework.seal_document(document.pk, is_health=marked, by=by, at=at)


def _letters(*states: str) -> Callable[[], Iterable[Letter]]:
    return lambda: Letter.objects.filter(state__in=states).order_by("pk")


def _searches(**which: Any) -> Callable[[], Iterable[SearchTask]]:
    return lambda: SearchTask.objects.filter(**which).order_by("pk")


def _notices(*states: str) -> Callable[[], Iterable[RecipientNotice]]:
    return lambda: RecipientNotice.objects.filter(state__in=states).order_by("pk")


def _cases() -> Iterable[Case]:
    return Case.objects.order_by("pk")


def _tickets() -> TicketQuerySet:
    return Ticket.objects.order_by("pk")


CHORES = {
    "approve a letter": Chore(_letters("draft"), _approve),
    "edit a letter": Chore(_letters("draft", "queued"), _edit),
    "post a letter": Chore(_letters("queued"), _post),
    "cancel a letter": Chore(_letters("draft", "failed", "sent"), _cancel),
    "retry a letter": Chore(_letters("failed"), _retry),
    "come back": Chore(
        lambda: Letter.objects.filter(state="sent").exclude(to_email=""), _come_back
    ),
    "send a letter again": Chore(Letter.objects.returned, _send_again),
    "write a message": Chore(_cases, _message),
    "write a note": Chore(_cases, _note),
    "add a document": Chore(_cases, _document),
    "add an identifier": Chore(_cases, _identifier),
    "set the address": Chore(_cases, _address),
    "confirm the address": Chore(_cases, _confirm_address),
    "add a right": Chore(_cases, _add_right),
    "assign": Chore(_tickets, _assign),
    "search again": Chore(_tickets, _search_again),
    "excuse a search": Chore(_searches(), _excuse),
    "withhold": Chore(_searches(state="found", findings__gt=""), _withhold),
    "tell of a delay": Chore(_tickets, _tell_delay),
    "close orders": Chore(lambda: _tickets().exclude(orders=None), _close_orders),
    "close an order": Chore(lambda: SystemOrder.objects.order_by("pk"), _close_order),
    "tell a recipient": Chore(_notices("open"), _tell),
    "excuse a notice": Chore(_notices("open"), _do_not_tell),
    "confirm a notice": Chore(_notices("sent"), _told_it),
    "end a restriction": Chore(
        lambda: RestrictionMeasure.objects.order_by("pk"), _measure
    ),
    "hold a case": Chore(_cases, _hold),
    "lift a hold": Chore(lambda: LegalHold.objects.order_by("pk"), _lift),
    "seal a document": Chore(lambda: Document.objects.order_by("pk"), _seal),
    "release": Chore(lambda: Withholding.objects.order_by("pk"), _release),
}


def no_server(*args: object, **more: object) -> str:
    """Fail as the sending of a mail does when no mail server answers."""
    raise SMTPException


# What workers do by themselves, each as often as beat asks.
WORKERS: dict[str, Callable[..., object]] = {
    "send letters": casework.send_letters,
    "search systems": casework.search_systems,
    "fire timers": casework.fire_timers,
    "go on at once": casework.go_on_at_once,
    "build packages": build_packages,
    "delete what is over": delete_what_is_over,
    "recompute": lambda at: casework.recompute(by=SYSTEM, at=at),
}
