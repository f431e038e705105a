"""The frame of every act on a mail: lock, check; then save and write the ledger."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dsr.intake.mailbox.enclosures import drop_uninvited
from dsr.intake.mailbox.stored import mail_of
from dsr.models import DESK, Arrival, ArrivalResult, Case, LedgerEntry
from dsr.policy import PolicyError, check_role
from dsr.vocabulary import Actor, Event, Role


def locked(arrival_id: int, *, by: Actor) -> Arrival:
    """Return a mail that waits in the tray, locked.

    Raises:
        PolicyError: it has been settled, or this takes another role.

    """
    return locked_mails([arrival_id], by=by)[0]


def locked_mails(arrival_ids: Collection[int], *, by: Actor) -> list[Arrival]:
    """Return mails that wait in the tray, locked in the order of their numbers."""
    check_role(by, Role.HANDLER)
    wanted = set(arrival_ids)
    rows = Arrival.objects.select_for_update().filter(pk__in=wanted)
    found = list(rows.order_by("pk"))
    for gone in wanted.difference(one.pk for one in found):
        raise PolicyError(_("There is no mail %(number)d.") % {"number": gone})
    for one in found:
        if one.result != ArrivalResult.TRAY:
            raise PolicyError(
                _(
                    "Mail %(number)d has been settled already: %(result)s. If it was "
                    "put aside, put it into the tray again first."
                )
                % {"number": one.pk, "result": one.get_result_display()}
            )
    return found


def settled(
    arrival: Arrival,
    result: ArrivalResult,
    *,
    cases: Sequence[Case] = (),
    by: Actor,
    at: datetime,
    **facts: Any,
) -> Arrival:
    """Save what became of a mail, and say it in the chain of each of its cases."""
    arrival.result = result
    arrival.case = cases[0] if cases else None
    if arrival.case is not None:
        drop_uninvited(arrival, mail_of(arrival), arrival.case, at=at)
    arrival.settled_by, arrival.settled_at = by.name, at
    arrival.save()
    for reference in [case.reference for case in cases] or [DESK]:
        LedgerEntry.objects.append(
            reference,
            Event.MAIL_SETTLED,
            by=by.name,
            at=at,
            mail=arrival.pk,
            result=str(result),
            **facts,
        )
    return arrival
