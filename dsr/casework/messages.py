"""The thread between the person and the desk."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.correspondence import write
from dsr.casework.ticket_lock import lock_case, record_case
from dsr.models import Message, MessageKind
from dsr.policy import PolicyError, check_role
from dsr.vocabulary import Actor, Event, LetterKind, Role

LONGEST_MESSAGE = 20_000  # characters


@transaction.atomic
def write_message(case_id: int, *, text: str, by: Actor, at: datetime) -> Message:
    """Add a message; the person is told by a mail that holds none of it."""
    check_role(by, Role.SUBJECT, Role.HANDLER, Role.DPO)
    case = lock_case(case_id)
    words = text.strip()
    if not words or len(words) > LONGEST_MESSAGE:
        raise PolicyError(
            _("A message has between 1 and %(longest)d characters.")
            % {"longest": LONGEST_MESSAGE}
        )
    received = Role.SUBJECT in by.roles
    message = Message.objects.create(
        case=case,
        kind=MessageKind.RECEIVED if received else MessageKind.SENT,
        text=words,
        at=at,
        by=by.name,
    )
    event = Event.CASE_MESSAGE_RECEIVED if received else Event.CASE_MESSAGE_SENT
    record_case(case, event, by=by, at=at, message=message.pk)
    if not received and (case.contact_email or case.postal_address):
        # A mail only says that there is one; paper is the message itself.
        parts = {"message": words}
        write(LetterKind.DESK_MESSAGE, case=case, parts=parts, by=by, at=at)
    return message


@transaction.atomic
def write_note(case_id: int, *, text: str, by: Actor, at: datetime) -> Message:
    """Keep a note for the desk; the person does not see it."""
    check_role(by, Role.HANDLER, Role.DPO, Role.DECIDER)
    case = lock_case(case_id)
    if not text.strip():
        raise PolicyError(_("A note needs words."))
    return Message.objects.create(
        case=case, kind=MessageKind.NOTE, text=text.strip(), at=at, by=by.name
    )
