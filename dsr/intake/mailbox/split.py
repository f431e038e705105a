"""One mail with the requests of several people: each of them gets a case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr import casework
from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.enclosures import enclosed
from dsr.intake.mailbox.labels import SettledKind, label
from dsr.intake.mailbox.person import Person, with_person
from dsr.intake.mailbox.receive import case_from
from dsr.intake.mailbox.stored import mail_of
from dsr.intake.mailbox.tray_lock import locked, settled
from dsr.models import Arrival, ArrivalResult, FurtherCase
from dsr.policy import PolicyError
from dsr.vocabulary import Actor

FEWEST = 2  # people; one is no split


@dataclass(frozen=True, slots=True)
class Part:
    """What one mail says of one person; `files` are digests of its attachments.

    Only the words and files given here go into the person's case: what the mail says
    of the others is none of theirs. GDPR Art. 15(4).
    """

    person: Person
    rights: Sequence[str]
    text: str
    files: Sequence[str] = ()


@transaction.atomic
def settle_as_cases(
    arrival_id: int, *, parts: Sequence[Part], by: Actor, at: datetime
) -> Arrival:
    """Open a case for each part; every clock runs from when the mail reached us.

    The mail's bytes are kept with the first case and, when its time is over, with
    the next.
    """
    arrival = locked(arrival_id, by=by)
    if len(parts) < FEWEST:
        raise PolicyError(_("To split a mail, give at least two people."))
    mail = mail_of(arrival)
    whole = case_from(
        mail, classify(mail), (), arrival.received_at, trust=arrival.trust
    )
    cases = []
    for number, part in enumerate(parts, start=1):
        if not part.rights:
            raise PolicyError(
                _("Choose at least one right for person %(number)d.")
                % {"number": number}
            )
        if not part.text.strip():
            raise PolicyError(
                _("Give the words of person %(number)d.") % {"number": number}
            )
        wanted = [one for one in mail.attachments if one.sha256 in part.files]
        theirs = replace(mail, attachments=tuple(wanted))
        new = replace(
            # Numbers in the letter may be anybody's; the officer notes whose.
            with_person(replace(whole, identifiers={}), part.person),
            rights=part.rights,
            text=part.text.strip()[: casework.LONGEST_MESSAGE],
            files=enclosed(theirs, by_agent=part.person.has_agent),
        )
        cases.append(casework.open_case(new, by=by, at=at))
    FurtherCase.objects.bulk_create(
        FurtherCase(arrival=arrival, case=case) for case in cases[1:]
    )
    label(
        arrival,
        SettledKind.NEW_REQUEST,
        rights={right for part in parts for right in part.rights},
        language=parts[0].person.language,
        agent=any(part.person.has_agent for part in parts),
        by=by,
        at=at,
    )
    return settled(arrival, ArrivalResult.OPENED, cases=cases, by=by, at=at)
