"""What the law asks of a rectification: a verdict on each datum, and no more proof.

GDPR Arts. 5(1)(d) and 16; C-247/23.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dsr.models import Correction, Ticket
from dsr.policy.checks import long_reason
from dsr.policy.refusal import PolicyError
from dsr.rights.rectification import GROUND_OF, RectificationTicket
from dsr.vocabulary import CorrectionVerdict, Outcome

OWN_GROUNDS = frozenset(GROUND_OF.values())


def datum_is_searchable(ticket: Ticket, system: str) -> None:
    """Name a system of the person's search: corrected is where the datum was found."""
    known = sorted(ticket.searches.values_list("system", flat=True))
    if not known:
        raise PolicyError(
            _(
                "Nothing was searched yet: establish the identity, with at least "
                "one verified identifier, and search."
            )
        )
    if system not in known:
        raise PolicyError(
            _("%(system)s was not searched for this person; choose one of: %(known)s.")
            % {"system": system, "known": ", ".join(known)}
        )


def verdict_is_explained(verdict: str, why: str, statement: str) -> None:
    """Say how a datum was verified that is not corrected as asked. Art. 12(4)."""
    if verdict not in CorrectionVerdict.values:
        raise PolicyError(_("There is no verdict “%(it)s”.") % {"it": verdict})
    if verdict != CorrectionVerdict.CORRECT:
        long_reason(why, _("How it was verified"))
    if verdict == CorrectionVerdict.SUPPLEMENT and not statement.strip():
        raise PolicyError(
            _(
                "An opinion or a finding is supplemented by the person's own statement "
                "(GDPR Art. 16); write it down, or ask the person for it."
            )
        )


def verdicts_bear_out(ticket: Ticket, outcome: str, grounds: Sequence[str]) -> None:
    """Propose only what follows from the verdicts on each datum. GDPR Art. 16."""
    if not isinstance(ticket, RectificationTicket):
        return
    refused = outcome == Outcome.REFUSED and not OWN_GROUNDS.isdisjoint(grounds)
    if outcome not in Outcome.CARRIED_OUT and not refused:
        return
    corrections = list(ticket.corrections.all())
    _all_are_judged(corrections)
    verdicts = {one.verdict for one in corrections}
    _outcome_agrees(outcome, verdicts)
    _grounds_agree(grounds, verdicts)


def _all_are_judged(corrections: Sequence[Correction]) -> None:
    if not corrections:
        raise PolicyError(
            _("No datum was verified yet: note what is wrong, and where it stands.")
        )
    without = [f"{one.system}, {one.place}" for one in corrections if not one.verdict]
    if without:
        raise PolicyError(
            _("Not judged yet: %(data)s. Say whether each is accurate.")
            % {"data": "; ".join(without)}
        )


def outcome_of(verdicts: set[str]) -> Outcome:
    """Return how a request ends whose data were judged so."""
    if verdicts == {CorrectionVerdict.CORRECT}:
        return Outcome.GRANTED
    if verdicts <= set(CorrectionVerdict.KEPT):
        return Outcome.REFUSED
    return Outcome.PARTIAL


def _outcome_agrees(outcome: str, verdicts: set[str]) -> None:
    follows = outcome_of(verdicts)
    if outcome != follows:
        raise PolicyError(
            _("By the verdicts on the data the outcome is “%(outcome)s”.")
            % {"outcome": follows.label}
        )


def grounds_of(verdicts: set[str]) -> set[str]:
    """Return the grounds on which not everything is corrected."""
    return {GROUND_OF[verdict] for verdict in verdicts & set(GROUND_OF)}


def _grounds_agree(grounds: Sequence[str], verdicts: set[str]) -> None:
    owed = grounds_of(verdicts)
    if owed != OWN_GROUNDS.intersection(grounds):
        raise PolicyError(
            _("By the verdicts on the data the grounds are: %(grounds)s.")
            % {"grounds": ", ".join(sorted(owed)) or "–"}
        )
