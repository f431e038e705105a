"""How the demo's officers erase: grounds, exceptions, systems, recipients, proof."""

from datetime import date, datetime

from dsr import casework
from dsr.models import Ticket
from dsr.vocabulary import NoticeState, Outcome
from exports.demo import staff

NEEDED_NO_MORE = ("identification", "login_and_cookies", "preferences")
BY_LAW = ("contracts", "payments")
LAW = (
    "Verträge und Zahlungen sind Belege der Buchführung; das Gesetz verlangt, sie "
    "zehn Jahre lang aufzubewahren."
)
KEPT = (
    "Der Vertrag und die Zahlungen müssen nach dem Buchführungsrecht aufbewahrt "
    "werden. Alles andere wurde gelöscht."
)
ERASED = "Kontakte, Werbung und Einwilligungen wurden in allen Systemen gelöscht."
PROOF = "Destroyed by the owner of the paper archive, seen by Olivia."


def examine(ticket: Ticket, *, at: datetime) -> None:
    """Find a ground for each category, and what the law makes us keep."""
    for categories, ground in (
        (NEEDED_NO_MORE, "consent_withdrawn"),
        (BY_LAW, "no_longer_necessary"),
    ):
        casework.examine_grounds(
            ticket.pk, categories=categories, ground=ground, by=staff.OLIVIA, at=at
        )
    casework.examine_exceptions(
        ticket.pk,
        categories=NEEDED_NO_MORE,
        verdict="erase",
        by=staff.OLIVIA,
        at=at,
    )
    casework.examine_exceptions(
        ticket.pk,
        categories=BY_LAW,
        verdict="retain",
        exception="legal_obligation",
        keep_until=date(at.year + 10, 12, 31),
        why=LAW,
        by=staff.OLIVIA,
        at=at,
    )


def erase(ticket: Ticket, *, at: datetime) -> None:
    """Decide with four eyes, have it erased, tell who received it, and say so."""
    law = ("legal_obligation",)
    staff.propose(ticket, Outcome.PARTIAL, grounds=law, reasons=KEPT, at=at)
    staff.decide(ticket, at=at)
    casework.carry_out_orders(at=at)
    waiting = ticket.orders.waiting().values_list("pk", flat=True)
    casework.close_orders(
        ticket.pk, orders=list(waiting), done=True, note=PROOF, by=staff.OLIVIA, at=at
    )
    owed = list(ticket.notices.still_open().values_list("pk", flat=True))
    casework.tell_recipients(
        ticket.pk,
        tell=owed[:1],
        excuse=owed[1:],
        state=NoticeState.NOT_DISCLOSED,
        by=staff.OLIVIA,
        at=at,
    )
    casework.send_letters(at=at)
    for notice in ticket.notices.still_open().select_related("letter"):
        if notice.letter is not None:  # a letter on paper
            casework.record_posted(
                notice.letter.pk, proof="demo post", by=staff.OLIVIA, at=at
            )
    casework.complete(ticket.pk, done=ERASED, by=staff.OLIVIA, at=at)
