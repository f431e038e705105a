"""The officer's word on a mail in the tray: it opens a case, or joins one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr import casework
from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.enclosures import enclosed
from dsr.intake.mailbox.labels import SettledKind, label
from dsr.intake.mailbox.match import open_rights
from dsr.intake.mailbox.person import Person, with_person
from dsr.intake.mailbox.receive import case_from, join
from dsr.intake.mailbox.stored import mail_of
from dsr.intake.mailbox.tray_lock import locked, locked_mails, settled
from dsr.models import Arrival, ArrivalResult, Case
from dsr.policy import PolicyError
from dsr.vocabulary import Actor


@transaction.atomic
def settle_as_case(
    arrival_id: int,
    *,
    rights: Sequence[str],
    person: Person | None = None,
    others: Sequence[int] = (),
    by: Actor,
    at: datetime,
) -> Arrival:
    """Open a case from a mail, with the rights the officer reads in it.

    Its clock runs from when the mail reached us, however long it lay in the tray.
    `others` are mails of the tray that belong to it: the earliest opens the case,
    the rest join it, and every clock runs from the earliest. Without a `person` the
    reader's own finding holds.
    """
    mails = locked_mails([arrival_id, *others], by=by)
    if not rights:
        raise PolicyError(_("Choose at least one right."))
    chosen = next(mail for mail in mails if mail.pk == arrival_id)
    first, *rest = sorted(mails, key=lambda mail: (mail.received_at, mail.pk))
    mail = mail_of(first)
    new = case_from(mail, classify(mail), rights, first.received_at, trust=first.trust)
    if person is not None:
        files = enclosed(mail, by_agent=person.has_agent)
        new = replace(with_person(new, person), files=files)
    case = casework.open_case(new, by=by, at=at)
    for one in rest:
        join(case, mail_of(one), (), one.received_at, at=at)
    for one in mails:
        result = ArrivalResult.OPENED if one is first else ArrivalResult.THREADED
        settled(one, result, cases=[case], by=by, at=at)
    label(
        chosen,
        SettledKind.NEW_REQUEST,
        rights=rights,
        language=new.language,
        agent=bool(new.agent_name or new.agent_relation),
        by=by,
        at=at,
    )
    _label_joined((one for one in mails if one is not chosen), rights, by=by, at=at)
    return chosen


def _label_joined(
    mails: Iterable[Arrival], rights: Sequence[str], *, by: Actor, at: datetime
) -> None:
    """Label those that joined: of what was proposed, only the rights chosen hold."""
    for one in mails:
        asked = set(one.proposal.get("rights", [])).intersection(rights)
        label(one, SettledKind.FOLLOW_UP, rights=asked, by=by, at=at)


@transaction.atomic
def settle_to_case(
    arrival_id: int,
    *,
    reference: str,
    rights: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Arrival:
    """Add a mail to the case it belongs to, with any right it asks for newly.

    A right that the case has open already starts no second clock. EDPB 01/2022 § 29.
    """
    arrival = locked(arrival_id, by=by)
    case = Case.objects.filter(reference=reference.strip().upper()).first()
    if case is None:
        raise PolicyError(_("There is no case with this reference."))
    already = open_rights([case])
    new = [right for right in rights if right not in already]
    join(case, mail_of(arrival), new, arrival.received_at, at=at)
    label(arrival, SettledKind.FOLLOW_UP, rights=new, by=by, at=at)
    return settled(
        arrival, ArrivalResult.THREADED, cases=[case], rights=new, by=by, at=at
    )
