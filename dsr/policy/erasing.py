"""What the law asks of an erasure: ground and exception, category by category.

GDPR Art. 17(1) and (3); the burden of each exception is ours.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.models import ErasureItem, RestrictionMeasure, Ticket
from dsr.policy.checks import local_day, long_reason
from dsr.policy.refusal import PolicyError
from dsr.rights.erasure import EXCEPTIONS, NO_GROUND, ErasureTicket
from dsr.vocabulary import (
    Actor,
    CheckResult,
    ErasureGround,
    ErasureVerdict,
    Outcome,
    RightCode,
    State,
)

OWN_GROUNDS = frozenset((NO_GROUND, *EXCEPTIONS))
PREFERENCES = "preferences"  # the policy's category of marketing data
# In these states of a right that takes effect at once, it has.
IN_EFFECT = (State.PROPAGATING, State.STOPPING, State.ERASURE_CHECK)


def categories_are_known(categories: Sequence[str]) -> None:
    """Speak of the categories of the published policy only."""
    known = current().categories
    unknown = sorted(set(categories) - set(known))
    if unknown or not categories:
        raise PolicyError(
            _("Choose categories of the policy: %(known)s.")
            % {"known": ", ".join(known)}
        )


def ground_is_known(ground: str) -> None:
    """Name one of the cases of Art. 17(1), or none at all."""
    if ground and ground not in ErasureGround.values:
        raise PolicyError(
            _("Article 17(1) knows no case “%(it)s”; possible are: %(known)s.")
            % {"it": ground, "known": ", ".join(ErasureGround.values)}
        )


def grounds_shown_by(ticket: Ticket) -> list[str]:
    """Return the grounds that the other tickets of the case already show."""
    return [
        ground
        for other in ticket.case.tickets.exclude(pk=ticket.pk).order_by("pk")
        for ground in _shown_by(other)
    ]


def _shown_by(other: Ticket) -> Iterator[str]:
    granted = other.outcome in Outcome.CARRIED_OUT
    effective = granted or other.state in IN_EFFECT
    if other.right_code == RightCode.CONSENT_WITHDRAWAL and effective:
        # Where every purpose is kept on another basis, there is no such ground.
        if other.purpose_checks.exclude(result=CheckResult.KEPT).exists():
            yield ErasureGround.CONSENT_WITHDRAWN.value
    elif other.right_code == RightCode.MARKETING_OPT_OUT and effective:
        yield ErasureGround.MARKETING_OBJECTION.value
    elif other.right_code == RightCode.OBJECTION and granted:
        yield ErasureGround.OBJECTION_UPHELD.value


def items_have_a_ground(ticket: Ticket, categories: Sequence[str]) -> list[ErasureItem]:
    """Return the items of the categories; each needs a ground to be looked at."""
    items = list(ticket.erasures.filter(category__in=categories))
    found = {item.category for item in items if item.ground}
    missing = sorted(set(categories) - found)
    if missing or not items:
        raise PolicyError(
            _(
                "No ground of Article 17(1) was found for: %(missing)s. Without one, "
                "only a refusal is possible."
            )
            % {"missing": ", ".join(missing) or "–"}
        )
    return items


def verdict_is_lawful(
    verdict: str, exception: str, keep_until: date | None, why: str, at: datetime
) -> None:
    """Keep only under an exception, until a day, and say why. GDPR Art. 17(3)."""
    if verdict not in ErasureVerdict.values:
        raise PolicyError(_("There is no verdict “%(it)s”.") % {"it": verdict})
    if verdict == ErasureVerdict.ERASE:
        if exception or keep_until:
            raise PolicyError(_("What is erased has neither exception nor last day."))
        return
    if exception not in EXCEPTIONS:
        raise PolicyError(
            _("What is kept needs an exception of Article 17(3): %(known)s.")
            % {"known": ", ".join(EXCEPTIONS)}
        )
    day_lies_ahead(keep_until, at)
    long_reason(why, _("Why it is kept"))


def day_lies_ahead(keep_until: date | None, at: datetime) -> None:
    """Name the day when it will go: nothing is kept without an end. Art. 5(1)(e)."""
    today = local_day(at)
    if keep_until is None or keep_until <= today:
        raise PolicyError(
            _("Say until which day it is kept; it has to lie after %(today)s.")
            % {"today": date_format(today)}
        )


def items_bear_out(ticket: Ticket, outcome: str, grounds: Sequence[str]) -> None:
    """Propose only what follows from the examination, category by category."""
    if not isinstance(ticket, ErasureTicket):
        return
    refused = outcome == Outcome.REFUSED and not OWN_GROUNDS.isdisjoint(grounds)
    if outcome not in Outcome.CARRIED_OUT and not refused:
        return
    items = list(ticket.erasures.all())
    _all_are_judged(items)
    _outcome_agrees(outcome, items)
    owed = grounds_of(items)
    if owed != OWN_GROUNDS.intersection(grounds):
        raise PolicyError(
            _("By the examination of the categories the grounds are: %(grounds)s.")
            % {"grounds": ", ".join(sorted(owed)) or "–"}
        )


def nothing_protects(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Erase nothing that the person needs, or wants kept. GDPR Art. 18(1)(b), (c)."""
    measures = RestrictionMeasure.objects.of(ticket.case.subject)
    first = measures.keeping_from_erasure().order_by("pk").first()
    if first is not None:
        raise PolicyError(
            _(
                "The restriction of %(ticket)s forbids to erase this person's data: "
                "%(ground)s. Lift it first, or keep the data."
            )
            % {"ticket": first.ticket, "ground": first.get_ground_display()}
        )


def decision_spares_protected(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Look once more at the decision: a restriction may have begun meanwhile."""
    erases = ticket.proposed_outcome in Outcome.CARRIED_OUT
    if isinstance(ticket, ErasureTicket) and erases:
        nothing_protects(ticket, by, at)


def _all_are_judged(items: Sequence[ErasureItem]) -> None:
    if not items:
        raise PolicyError(
            _("No category was examined yet: look for the grounds of Article 17(1).")
        )
    open_ones = [item.category for item in items if item.ground and not item.verdict]
    if open_ones:
        raise PolicyError(
            _("Not examined for exceptions yet: %(categories)s.")
            % {"categories": ", ".join(open_ones)}
        )


def outcome_of(items: Sequence[ErasureItem]) -> Outcome:
    """Return how a request ends whose categories were judged so."""
    erased = [item.verdict == ErasureVerdict.ERASE for item in items]
    if all(erased):
        return Outcome.GRANTED
    return Outcome.PARTIAL if any(erased) else Outcome.REFUSED


def grounds_of(items: Sequence[ErasureItem]) -> set[str]:
    """Return the grounds on which not everything is erased."""
    return {
        item.exception or NO_GROUND
        for item in items
        if item.verdict != ErasureVerdict.ERASE
    }


def _outcome_agrees(outcome: str, items: Sequence[ErasureItem]) -> None:
    follows = outcome_of(items)
    if outcome != follows:
        raise PolicyError(
            _("By the examination of the categories the outcome is “%(outcome)s”.")
            % {"outcome": follows.label}
        )


def erases_marketing(ticket: Ticket) -> bool:
    """Whether data are erased that were there for advertising."""
    erased = ticket.erasures.filter(verdict=ErasureVerdict.ERASE)
    by_ground = erased.filter(ground=ErasureGround.MARKETING_OBJECTION)
    return by_ground.exists() or erased.filter(category=PREFERENCES).exists()


def public_steps_are_noted(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Tell other controllers where data were made public. GDPR Art. 17(2)."""
    if not isinstance(ticket, ErasureTicket):
        return
    published = ticket.erasures.filter(made_public=True, verdict=ErasureVerdict.ERASE)
    silent = published.filter(public_steps="").values_list("category", flat=True)
    if silent:
        raise PolicyError(
            _(
                "Made public: %(categories)s. Note first which reasonable steps were "
                "taken to inform other controllers (GDPR Art. 17(2))."
            )
            % {"categories": ", ".join(silent)}
        )


def something_is_published(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Ask for such steps only where data were made public."""
    if not ticket.erasures.filter(made_public=True).exists():
        raise PolicyError(_("None of the erased data are noted as made public."))


def something_is_kept(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Look after what is kept, as long as there is something."""
    if not ticket.erasures.all().held().exists():
        raise PolicyError(_("Nothing is kept under an exception any more."))


def day_has_come(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Erase what was kept when its last day has passed; else move the day first."""
    held = ticket.erasures.all().held()
    if held.past(local_day(at)).exists():
        return
    kept = held.order_by("keep_until").first()
    raise PolicyError(
        _("Nothing is due to be erased; the next day is %(day)s.")
        % {"day": date_format(kept.keep_until) if kept and kept.keep_until else "–"}
    )
