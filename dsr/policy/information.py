"""The list of Art. 15: complete before anything is proposed on it."""

from django.utils.translation import gettext as _

from dsr.models import InformationItem, Ticket
from dsr.policy.checks import long_reason
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import InfoItem, InfoState, Outcome, RightCode


def information_bears_out(ticket: Ticket, outcome: str) -> None:
    """Give access only with every item answered. GDPR Art. 15(1)-(3)."""
    if ticket.right_code != RightCode.ACCESS or outcome not in Outcome.CARRIED_OUT:
        return
    items = list(ticket.information.all())
    missing = [one.label for one in items if one.state == InfoState.OPEN]
    if missing:
        raise PolicyError(
            _(
                "Not answered yet: %(missing)s. Say for each whether it is given, not "
                "applicable or refused, and why (GDPR Art. 15)."
            )
            % {"missing": "; ".join(missing)}
        )
    refused = [one.label for one in items if one.state == InfoState.REFUSED]
    if refused and outcome == Outcome.GRANTED:
        raise PolicyError(
            _("Refused: %(refused)s. Propose “partially granted” with its ground.")
            % {"refused": "; ".join(refused)}
        )


def answer_is_lawful(one: InformationItem, *, state: str, because: str) -> None:
    """Leave nothing out without saying why; some of it never. GDPR Art. 12(4)."""
    if state not in InfoState.ANSWERS:
        raise PolicyError(_("Say whether it is given, not applicable or refused."))
    if state != InfoState.GIVEN and one.item in InfoItem.ALWAYS_GIVEN:
        raise PolicyError(
            _("“%(item)s” is owed to everyone (GDPR Art. 15); it cannot be left out.")
            % {"item": one.label}
        )
    if state != InfoState.GIVEN or one.question or one.state != InfoState.OPEN:
        long_reason(because, _("What the person is told"))
