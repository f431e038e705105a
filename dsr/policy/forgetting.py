"""What cannot be done any more once a person is forgotten. GDPR Art. 5(1)(e)."""

from datetime import datetime

from django.utils.translation import gettext as _

from dsr.models import Case, Ticket
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import Actor


def still_known(case: Case) -> None:
    """Put no person back into a case of which only the register row is left."""
    if case.forgotten_at is not None:
        raise PolicyError(
            _(
                "The person of %(case)s is forgotten; only its row of the register is "
                "left. Open a new case."
            )
            % {"case": case}
        )


def person_is_known(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Answer nobody anew whom the desk has forgotten."""
    still_known(ticket.case)
