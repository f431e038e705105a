"""What the law and the house ask of an act, one rule a function.

Each raises a sentence that says what is missing and what would help.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.models import DocumentKind, Ticket
from dsr.policy.refusal import PolicyError
from dsr.rights import right_of
from dsr.vocabulary import Actor, Outcome, Role, State

GDPR_APPLIES = date(2018, 5, 25)  # GDPR Art. 99(2)
SHORTEST_REASON = 30  # characters; a reason of one word explains nothing to anyone


def local_day(at: datetime) -> date:
    """Return the day on which an instant falls where the controller is."""
    return at.astimezone(ZoneInfo(current().identity.time_zone)).date()


def not_before_the_law(received_at: datetime) -> None:
    """Take no receipt older than the law: such an instant is a mistake. Art. 99(2)."""
    if received_at.date() < GDPR_APPLIES:
        raise PolicyError(
            _("No request can be older than %(day)s, when the law began to apply.")
            % {"day": date_format(GDPR_APPLIES)}
        )


def long_reason(text: str, what: str) -> None:
    """Ask for reasons that a person can understand. GDPR Art. 12(4)."""
    if len(text.strip()) < SHORTEST_REASON:
        raise PolicyError(
            _("%(what)s needs at least %(length)d characters; write it for the person.")
            % {"what": what, "length": SHORTEST_REASON}
        )


def right_asks_identity(ticket: Ticket, by: Actor, at: datetime) -> None:
    """No proof is asked for to stop advertising. GDPR Art. 12(6) and 21(3)."""
    if not right_of(ticket).asks_identity:
        raise PolicyError(
            _("%(right)s needs no proof of identity: the address is enough.")
            % {"right": ticket.get_right_code_display()}
        )


def right_asks_clarification(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Only who asks for much data may be asked which. GDPR recital 63."""
    if not right_of(ticket).asks_clarification:
        raise PolicyError(
            _(
                "Only an access request may wait for clarification (GDPR recital 63); "
                "write a message instead, the time limit runs on."
            )
        )


def right_is_extendable(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Marketing objections and withdrawals take effect at once. Art. 21(3), 7(3)."""
    if not right_of(ticket).extendable:
        raise PolicyError(
            _("%(right)s cannot be extended: it takes effect at once (%(source)s).")
            % {
                "right": ticket.get_right_code_display(),
                "source": right_of(ticket).source,
            }
        )


def in_month_one(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Announce an extension within the first month. GDPR Art. 12(3)."""
    last = ticket.extension_notice_due
    if local_day(at) > last:
        raise PolicyError(
            _(
                "%(ticket)s could be extended until %(day)s (GDPR Art. 12(3)); "
                "now only an answer helps."
            )
            % {"ticket": ticket, "day": date_format(last)}
        )


def not_extended(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Extend once: the law knows one extension. GDPR Art. 12(3)."""
    if ticket.extended_at:
        raise PolicyError(
            _("%(ticket)s has been extended already; the law knows one extension.")
            % {"ticket": ticket}
        )


def extension_is_proposed(ticket: Ticket, by: Actor, at: datetime) -> None:
    """There must be reasons to agree to."""
    if not ticket.extension_proposed_at:
        raise PolicyError(
            _(
                "No extension of %(ticket)s is proposed; the handler proposes it, "
                "with its reasons."
            )
            % {"ticket": ticket}
        )


def second_person_extends(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Four eyes on every postponement. EDPB CEF 2025."""
    another(ticket.extension_proposed_by, by)


def second_person_decides(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Four eyes on every refusal, and on what is not given whole. EDPB CEF 2025."""
    if ticket.proposed_outcome in Outcome.FOUR_EYES:
        if Role.DECIDER not in by.roles:
            raise PolicyError(_("This decision takes the role of decider."))
        another(ticket.proposed_by, by)


def another(first: str, by: Actor) -> None:
    """Ask for a second person, who did not propose it. Four eyes; EDPB CEF 2025."""
    if first == by.name:
        raise PolicyError(
            _("You proposed it yourself; a second person has to agree (four eyes).")
        )


def contact_known(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Know where a letter is to go."""
    case = ticket.case
    if not case.contact_email and not case.postal_address:
        raise PolicyError(
            _("%(case)s has neither an e-mail nor a postal address; add one first.")
            % {"case": case}
        )


def mandate_is_shown(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Take nobody's word that they act for another. GDPR Arts. 12(6) and 5(1)(f)."""
    papers = (DocumentKind.MANDATE, DocumentKind.PROOF)
    case = ticket.case
    if case.is_by_agent and not case.documents.filter(kind__in=papers).exists():
        raise PolicyError(
            _(
                "%(case)s comes from a representative without a mandate: ask for it, "
                "and keep it with the case as “mandate” or “proof”."
            )
            % {"case": case}
        )


def proposal_is_lawful(
    ticket: Ticket, *, outcome: str, grounds: list[str], reasons: str
) -> None:
    """Propose an outcome the right knows, with ground and reasons for each no."""
    right = right_of(ticket)
    if ticket.state == State.AWAITING_IDENTITY and outcome != Outcome.NOT_IDENTIFIED:
        raise PolicyError(
            _(
                "The proof of identity is still awaited: accept it first, or propose "
                "that the person cannot be identified."
            )
        )
    if outcome not in right.outcomes:
        raise PolicyError(
            _("%(right)s cannot end “%(outcome)s”; the law does not provide for it.")
            % {
                "right": ticket.get_right_code_display(),
                "outcome": dict(Outcome.choices).get(outcome, outcome),
            }
        )
    allowed = {ground.code for ground in right.grounds_for(outcome)}
    foreign = set(grounds) - allowed
    if foreign:
        raise PolicyError(
            _("No ground for this: %(foreign)s. Possible are: %(allowed)s.")
            % {
                "foreign": ", ".join(sorted(foreign)),
                "allowed": ", ".join(sorted(allowed)) or "–",
            }
        )
    if outcome in Outcome.NEEDS_GROUND and not grounds:
        raise PolicyError(_("Choose at least one ground (GDPR Art. 12(4))."))
    if outcome in (*Outcome.NEEDS_GROUND, Outcome.FEE):
        long_reason(reasons, _("The reasons"))
