"""Mails put aside: no request, spam, another department's; and their way back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.intake.desk_mails import queue
from dsr.intake.mailbox.labels import SettledKind, label
from dsr.intake.mailbox.machines import may_be_answered
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.people import is_own_mailbox
from dsr.intake.mailbox.stored import mail_of
from dsr.intake.mailbox.tray_lock import locked, settled
from dsr.models import (
    DESK,
    Arrival,
    ArrivalResult,
    BlockedSender,
    DeskMailKind,
    LedgerEntry,
)
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import long_reason
from dsr.vocabulary import Actor, Event, Role, TrustLevel


@transaction.atomic
def settle_as_nothing(
    arrival_id: int,
    *,
    why: str,
    by_machine: bool = False,
    by: Actor,
    at: datetime,
) -> Arrival:
    """Note why a mail asks for nothing the desk has to do, or that no person wrote."""
    arrival = locked(arrival_id, by=by)
    long_reason(why, _("The reason"))
    arrival.reason = why[:250]
    kind = SettledKind.AUTO_GENERATED if by_machine else SettledKind.NOT_A_REQUEST
    label(arrival, kind, by=by, at=at)
    return settled(arrival, ArrivalResult.IGNORED, kind=kind.value, by=by, at=at)


@transaction.atomic
def settle_as_spam(arrival_id: int, *, by: Actor, at: datetime) -> Arrival:
    """Put a mail aside as spam, and list what else its sender writes as spam, too.

    That mail is kept and shown; it opens nothing and nobody answers it.
    """
    arrival = locked(arrival_id, by=by)
    if arrival.is_urgent:
        raise PolicyError(
            _(
                "An authority or a court may have written this: its address is not "
                "blocked. Put it aside with a reason if it is none."
            )
        )
    label(arrival, SettledKind.SPAM, by=by, at=at)
    arrival.reason = _("An officer called it spam.")
    settled(arrival, ArrivalResult.SPAM, by=by, at=at)
    if arrival.sender:
        block, new = BlockedSender.objects.get_or_create(
            address=arrival.sender.casefold(),
            defaults={"blocked_by": by.name, "blocked_at": at},
        )
        if new:
            _write(Event.SENDER_BLOCKED, by=by, at=at, block=block.pk, mail=arrival.pk)
    return arrival


@transaction.atomic
def unblock_sender(block_id: int, *, by: Actor, at: datetime) -> None:
    """Read a sender's mail as anybody's again; done twice, nothing is left to do."""
    check_role(by, Role.HANDLER)
    block = BlockedSender.objects.select_for_update().filter(pk=block_id).first()
    if block is not None:
        _write(Event.SENDER_UNBLOCKED, by=by, at=at, block=block.pk)
        block.delete()


@transaction.atomic
def hand_over(
    arrival_id: int,
    *,
    department: str,
    files: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> Arrival:
    """Pass a mail on to the department it is for, and tell a person who will answer.

    The department gets the sender, the words, and of the attachments only `files`
    (digests). A machine is told nothing.
    """
    arrival = locked(arrival_id, by=by)
    known = current().department(department)
    if known is None:
        raise PolicyError(
            _("The policy names no department “%(key)s”.") % {"key": department[:60]}
        )
    arrival.passed_to = known.key
    mail = mail_of(arrival)
    if mail.encrypted or not (mail.text or mail.subject or mail.forwarded):
        raise PolicyError(
            _("There are no words in this mail that could be passed on; read it first.")
        )
    enclosed = tuple(one.sha256 for one in mail.attachments if one.sha256 in files)
    told = is_told(arrival, mail)
    if told:
        queue(DeskMailKind.NOTE, arrival, to=arrival.sender, by=by.name, at=at)
    queue(
        DeskMailKind.PASSED_ON,
        arrival,
        to=known.mail,
        enclosed=enclosed,
        by=by.name,
        at=at,
    )
    label(arrival, SettledKind.ANOTHER_DEPARTMENT, by=by, at=at)
    return settled(
        arrival,
        ArrivalResult.PASSED_ON,
        by=by,
        at=at,
        department=known.key,
        sender_told=told,
        files=len(enclosed),
    )


def is_told(arrival: Arrival, mail: ParsedMail) -> bool:
    """Whether the sender of a mail that is passed on is told who answers.

    No machine ever is, nor an address that the mail only pretends to come from.
    """
    machine = arrival.proposal.get("kind") == "auto_generated"
    forged = arrival.trust == TrustLevel.FAILED or is_own_mailbox(mail)
    return bool(arrival.sender) and may_be_answered(mail) and not (machine or forged)


@transaction.atomic
def reopen_mail(arrival_id: int, *, by: Actor, at: datetime) -> Arrival:
    """Put a mail that was put aside into the tray again."""
    check_role(by, Role.HANDLER)
    arrival = Arrival.objects.select_for_update().get(pk=arrival_id)
    if arrival.result not in ArrivalResult.ASIDE:
        raise PolicyError(
            _("Mail %(number)d is not put aside: %(result)s.")
            % {"number": arrival.pk, "result": arrival.get_result_display()}
        )
    if not arrival.raw:
        raise PolicyError(
            _("The time of mail %(number)d was over; its words are deleted.")
            % {"number": arrival.pk}
        )
    was, arrival.result = arrival.result, ArrivalResult.TRAY
    arrival.settled_at, arrival.settled_by = None, ""
    arrival.looked_over_at, arrival.looked_over_by = None, ""
    arrival.passed_to = ""
    arrival.save()
    _write(Event.MAIL_REOPENED, by=by, at=at, mail=arrival.pk, result=was)
    return arrival


@transaction.atomic
def look_over(arrival_ids: Collection[int], *, by: Actor, at: datetime) -> int:
    """Note that a person saw what the machine put aside; return how many were new."""
    check_role(by, Role.HANDLER, Role.DPO)
    rows = Arrival.objects.not_looked_over().filter(pk__in=arrival_ids)
    found = list(rows.select_for_update().order_by("pk"))
    for arrival in found:
        arrival.looked_over_by, arrival.looked_over_at = by.name, at
        arrival.save(update_fields=["looked_over_by", "looked_over_at"])
    if found:
        mails = [arrival.pk for arrival in found]
        _write(Event.MAIL_LOOKED_OVER, by=by, at=at, mails=mails)
    return len(found)


def _write(event: Event, *, by: Actor, at: datetime, **facts: object) -> None:
    LedgerEntry.objects.append(DESK, event, by=by.name, at=at, **facts)
