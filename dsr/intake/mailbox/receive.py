"""Receives a mail: it opens a case, joins one, waits in the tray, or is no request.

Whatever becomes of it, its bytes are kept once, with the reason.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dsr import casework
from dsr.intake.desk_mails import alert
from dsr.intake.mailbox.ahead import Begun
from dsr.intake.mailbox.authentication import Origin
from dsr.intake.mailbox.classify import Classification
from dsr.intake.mailbox.enclosures import added, drop_uninvited, enclosed
from dsr.intake.mailbox.judge import Verdict, answer_to, judge
from dsr.intake.mailbox.machines import may_be_answered
from dsr.intake.mailbox.match import bracketed, named_case
from dsr.intake.mailbox.own_letters import about_our_letter
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.reading import read
from dsr.intake.mailbox.sameness import content_digest
from dsr.intake.mailbox.scans import KEPT, look_at
from dsr.intake.mailbox.trust import check_origin, flags_of
from dsr.models import Arrival, ArrivalResult, BlockedSender, Case
from dsr.policy.checks import GDPR_APPLIES
from dsr.vocabulary import SUBJECT, SYSTEM, Channel, IdentifierKind, TrustLevel
from subjects.models import Whether

COVER_NOTE = 400  # characters; with fewer, an enclosed letter is the letter
KINDS: dict[str, str] = {
    "customer": IdentifierKind.CUSTOMER,
    "policy": IdentifierKind.POLICY,
    "claim": IdentifierKind.CLAIM,
    "phone": IdentifierKind.PHONE,
}
LONGEST_ADDRESS = 254  # characters; RFC 5321, section 4.5.3.1


class Received(NamedTuple):
    """A mail with what became of it; `repeated` if its bytes were here before."""

    arrival: Arrival
    repeated: bool


def receive(
    raw: bytes,
    *,
    received_at: datetime | None,
    source: str,
    aside: str = "",
    begun: Begun | None = None,
    at: datetime,
) -> Received:
    """Take in one mail; the same bytes a second time change nothing.

    Args:
        raw: the mail as it came.
        received_at: when our server had it; else its topmost Received header
            says so, else it is now. Never the sender's own date.
        source: where it was read, such as `file` or an account and folder.
        aside: why it has to wait in the tray, whatever it says.
        begun: the same mail, where it is looked at already.
        at: now.

    """
    mail, found = begun.looked() if begun else (read(raw, settings.PGP_KEY), None)
    content = content_digest(raw)
    known = None
    if _is_known(mail.sha256, content):
        known = _known(mail.sha256, content).first()
    if known is not None:
        return Received(known, repeated=True)
    mail, found, scans = look_at(mail, found)
    origin = check_origin(raw, mail)
    arrival = Arrival(
        sha256=mail.sha256,
        content_sha256=content,
        raw=ContentFile(raw, name="mail"),
        message_id=mail.message_id[:998],
        sender=mail.sender.address[:254],
        received_at=_receipt(received_at or mail.received_at or at, at=at),
        source=source[:250],
        proposal=_proposal(mail, found) | {KEPT: scans},
        trust=origin.level,
        checks=_checks(origin),
        result=ArrivalResult.TRAY,
        is_urgent=found.urgent,
    )
    try:
        with transaction.atomic():
            taken_in = _take_in(arrival, raw, mail, found, aside, at=at)
    except IntegrityError:  # another worker was faster with the same bytes
        return Received(_known(mail.sha256, content).get(), repeated=True)
    return Received(taken_in, repeated=False)


def _known(sha256: str, content: str) -> QuerySet[Arrival]:
    """Return the mail with these bytes, or with this content however it travelled."""
    # That it is not empty is said for SQLite: it takes the index for no less.
    same = Q(content_sha256=content) & ~Q(content_sha256="") if content else Q()
    return Arrival.objects.filter(Q(sha256=sha256) | same)


_is_known = Whether(_known)


def _receipt(claimed: datetime, *, at: datetime) -> datetime:
    """Believe no clock that says a mail came before the law, or is still to come."""
    return min(claimed, at) if claimed.date() >= GDPR_APPLIES else at


def _take_in(
    arrival: Arrival,
    raw: bytes,
    mail: ParsedMail,
    found: Classification,
    aside: str,
    *,
    at: datetime,
) -> Arrival:
    """Act on the mail, and save it: its digest undoes what a second worker did."""
    received_at = arrival.received_at
    named = named_case(mail, found)
    arrival.flags = flags_of(mail, named)
    verdict = (
        _put_aside(aside)
        or about_our_letter(raw, mail, found, at=at)
        or _of_blocked(mail, found)
        or judge(mail, found, named, arrival.trust)
    )
    arrival.result, arrival.reason = verdict.result, verdict.reason[:250]
    arrival.case = verdict.case
    # What is ours is never urgent: no alert about an alert.
    arrival.is_urgent = arrival.is_urgent and verdict.result == ArrivalResult.TRAY
    if verdict.result == ArrivalResult.OPENED:
        arrival.case = open_from(
            mail, found, verdict.rights, received_at, trust=arrival.trust, at=at
        )
    elif verdict.result == ArrivalResult.THREADED and verdict.case is not None:
        join(verdict.case, mail, verdict.rights, received_at, at=at)
    arrival.save()
    if arrival.case is not None:
        drop_uninvited(arrival, mail, arrival.case, at=at)
    if arrival.is_urgent:
        alert(arrival, at=at)
    return arrival


def _put_aside(why: str) -> Verdict | None:
    return Verdict(ArrivalResult.TRAY, why) if why else None


def _of_blocked(mail: ParsedMail, found: Classification) -> Verdict | None:
    """List the mail of a blocked sender as spam; what an authority writes is read."""
    if found.urgent or not BlockedSender.objects.blocks(mail.sender.address):
        return None
    return Verdict(ArrivalResult.SPAM, _("The sender is blocked."))


def open_from(
    mail: ParsedMail,
    found: Classification,
    rights: Sequence[str],
    received_at: datetime,
    *,
    trust: str,
    at: datetime,
) -> Case:
    """Open a case from a mail whose sender may be believed as far as `trust` says."""
    new = case_from(mail, found, rights, received_at, trust=trust)
    return casework.open_case(new, by=SYSTEM, at=at)


def case_from(
    mail: ParsedMail,
    found: Classification,
    rights: Sequence[str],
    received_at: datetime,
    *,
    trust: str,
) -> casework.NewCase:
    """Return what a mail asks for, as the desk takes it in."""
    agent = found.requester_is_agent
    email = answer_to(mail, found)[:LONGEST_ADDRESS]
    return casework.NewCase(
        channel=Channel.MAIL,
        received_at=received_at,
        language=found.language,
        rights=rights,
        text=words_of(mail),
        name="" if agent else mail.sender.name[:200],
        email=email,
        identifiers=_identifiers(found),
        agent_name=(mail.sender.name or mail.sender.address)[:200] if agent else "",
        agent_relation="agent" if agent else "",
        own_reference=found.own_reference,
        message_id=bracketed(mail.message_id)[:998],
        # An address that somebody else names, or may have forged, proves nothing.
        sender_believed=trust == TrustLevel.PROVEN and email == mail.sender.address,
        acknowledged_by_hand=not may_be_answered(mail),
        files=enclosed(mail, by_agent=agent),
    )


def _identifiers(found: Classification) -> dict[str, str]:
    """Give by what the person can be found, as the letter names it: not verified."""
    email = found.subject_email or ""
    known = {"email": email} if 0 < len(email) <= LONGEST_ADDRESS else {}
    return known | {KINDS[kind]: value for kind, value in found.identifiers.items()}


def join(
    case: Case,
    mail: ParsedMail,
    rights: Sequence[str],
    received_at: datetime,
    *,
    at: datetime,
) -> None:
    """Add a mail to its case; a right it asks for newly gets its own clock."""
    casework.write_message(case.pk, text=words_of(mail), by=SUBJECT, at=at)
    for file in added(mail, case):
        casework.add_document(case.pk, file, by=SUBJECT, at=at)
    for right in rights:
        casework.add_right(
            case.pk, right_code=right, received_at=received_at, by=SYSTEM, at=at
        )


def words_of(mail: ParsedMail) -> str:
    """Return what the person wrote; a mail without words has at least a subject."""
    letter = mail.enclosed if len(mail.text) < COVER_NOTE else ""
    parts = (mail.text, _inner(mail), letter)
    text = "\n\n".join(part for part in parts if part.strip())
    return (text.strip() or mail.subject.strip() or "–")[: casework.LONGEST_MESSAGE]


def _inner(mail: ParsedMail) -> str:
    return mail.forwarded.text if mail.forwarded else ""


def _checks(origin: Origin) -> dict[str, Any]:
    """Return what the checks found, as the arrival keeps it."""
    kept = asdict(origin)
    del kept["level"]
    return {name: said for name, said in kept.items() if said}


def _proposal(mail: ParsedMail, found: Classification) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "rights": list(found.rights),
        "language": found.language,
        "subject_email": found.subject_email,
        "requester_is_agent": found.requester_is_agent,
        "evidence": [asdict(one) for one in found.evidence],
        "reason": found.reason,
        "urgent": found.urgent,
        "case_reference": found.case_reference,
        "identifiers": dict(found.identifiers),
        "scope": found.scope,
        "deadline": found.deadline,
        "own_reference": found.own_reference,
        "problems": list(mail.problems),
        "signature": asdict(mail.signature) if mail.signature else None,
    }
