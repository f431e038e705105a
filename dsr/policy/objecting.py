"""What a decision on an objection has to rest on. GDPR Art. 21(1) and (6).

Whoever goes on without compelling grounds commits an offence: Belgian Act of
30 July 2018, Art. 222, 3°.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.models import BalancingRecord, ObjectedPurpose, Ticket
from dsr.policy.refusal import PolicyError
from dsr.rights.objection import COMPELLING
from dsr.vocabulary import Actor, MeasureState, Outcome, RightCode, State
from subjects.models.consents import DIRECT_MARKETING


def purposes_can_be_weighed(purposes: Sequence[str]) -> None:
    """Know the purposes; advertising is never weighed. GDPR Art. 21(2) and (3)."""
    known = current().purposes
    unknown = [code for code in purposes if code not in known]
    if not purposes or unknown:
        raise PolicyError(
            _("Choose the purposes objected to; the policy names: %(known)s.")
            % {"known": ", ".join(known)}
        )
    if DIRECT_MARKETING in purposes:
        raise PolicyError(
            _(
                "An objection to direct marketing is never weighed: it takes effect at "
                "once. Add that right to the case (GDPR Art. 21(2) and (3))."
            )
        )


def something_can_be_objected_to(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Weigh only what rests on a legitimate interest or a public task. Art. 21(1)."""
    if not ObjectedPurpose.objects.filter(ticket=ticket, objectionable=True).exists():
        raise PolicyError(
            _(
                "None of the purposes of %(ticket)s rests on GDPR Art. 6(1)(e) or (f): "
                "propose “right not applicable”, and name the real legal basis."
            )
            % {"ticket": ticket}
        )


def objection_bears_out(ticket: Ticket, outcome: str, grounds: list[str]) -> None:
    """Stop, unless compelling grounds are shown. GDPR Art. 21(1).

    What is no answer to the objection itself (GDPR Arts. 12(5), 23) needs none of it.
    """
    if ticket.right_code != RightCode.OBJECTION:
        return
    compelling = [code for code in grounds if code in COMPELLING]
    if outcome == Outcome.NOT_APPLICABLE:
        _rests_on_another_basis(ticket)
    elif outcome in Outcome.CARRIED_OUT or compelling:
        _is_being_weighed(ticket)
        _weighing_agrees(ticket, outcome)
    _restriction_has_begun(ticket)


def _rests_on_another_basis(ticket: Ticket) -> None:
    found = ObjectedPurpose.objects.filter(ticket=ticket)
    objectionable = found.filter(objectionable=True).values_list("purpose", flat=True)
    if not found.exists():
        raise PolicyError(
            _("Check first on which legal basis the purposes rest (GDPR Art. 21(1)).")
        )
    if objectionable:
        raise PolicyError(
            _(
                "The right applies: %(purposes)s rests on GDPR Art. 6(1)(e) or (f). "
                "Weigh the interests."
            )
            % {"purposes": ", ".join(titles(objectionable))}
        )


def _is_being_weighed(ticket: Ticket) -> None:
    if ticket.state != State.BALANCING:
        raise PolicyError(
            _(
                "%(ticket)s is “%(state)s”: check the legal basis and begin to weigh "
                "the interests first (GDPR Art. 21(1))."
            )
            % {"ticket": ticket, "state": ticket.get_state_display()}
        )


def _weighing_agrees(ticket: Ticket, outcome: str) -> None:
    """Let nothing go on that the weighing does not carry. GDPR Art. 21(1)."""
    found = ObjectedPurpose.objects.filter(ticket=ticket)
    stops, goes_on = found.stopping().exists(), found.continuing().exists()
    weighed = BalancingRecord.objects.filter(ticket=ticket).exists()
    if outcome in (Outcome.REFUSED, Outcome.PARTIAL) and not (weighed and goes_on):
        raise PolicyError(
            _(
                "No weighing shows compelling grounds to go on; without it the "
                "processing stops: propose “granted” (GDPR Art. 21(1))."
            )
        )
    if outcome == Outcome.REFUSED and stops:
        raise PolicyError(
            _("By the weighing some purposes stop: propose “partially granted”.")
        )
    if outcome == Outcome.PARTIAL and not stops:
        raise PolicyError(_("By the weighing nothing stops: propose “refused”."))
    if outcome == Outcome.GRANTED and goes_on:
        raise PolicyError(
            _(
                "By the weighing some purposes go on: propose “partially granted” or "
                "“refused”, with the grounds; or weigh anew."
            )
        )


def _restriction_has_begun(ticket: Ticket) -> None:
    """Have the data marked while the interests are weighed. GDPR Art. 18(1)(d)."""
    if ticket.measures.filter(state=MeasureState.PROPOSED).exists():
        systems = ticket.orders.waiting().values_list("system", flat=True)
        raise PolicyError(
            _(
                "The restriction is still being applied in: %(systems)s. Note for "
                "each that it is done, or why it is impossible."
            )
            % {"systems": ", ".join(systems)}
        )


def business_owner_does_not_decide(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Keep the decision from who answers for the purpose. Art. 21(1)."""
    done = BalancingRecord.objects.filter(ticket=ticket).first()
    if done is not None and done.business_owner.casefold() == by.name.casefold():
        raise PolicyError(
            _(
                "You are the business owner of the purpose; somebody else has to "
                "decide on %(ticket)s."
            )
            % {"ticket": ticket}
        )


def titles(purposes: Iterable[str]) -> list[str]:
    """Return what the policy calls some purposes, in the reader's language."""
    known, language = current().purposes, (get_language() or "en")[:2]
    return [
        known[code].title.to(language) if code in known else code for code in purposes
    ]
