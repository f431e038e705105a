"""Grounds that several rights share. Effort, rudeness or a lawsuit is never one."""

from django.utils.translation import gettext_lazy as _

from dsr.rights.base import Ground, Source, gdpr
from dsr.vocabulary import Outcome

UNFOUNDED = "manifestly_unfounded"
# The same requests may be refused, or answered against a fee; GDPR Art. 12(5).
MAY_REFUSE = gdpr("12(5)(b)")
MAY_CHARGE = gdpr("12(5)(a)")
NOT_IDENTIFIED = Ground(
    "not_identified",
    _("We cannot establish who is asking"),
    gdpr("11(2), 12(2) and 12(6)"),
    _("What was asked for, why it was not enough, and how to complete it"),
    (Outcome.NOT_IDENTIFIED,),
)
MANIFESTLY_UNFOUNDED = Ground(
    UNFOUNDED,
    _("The request is manifestly unfounded"),
    MAY_REFUSE,
    _("The facts that show it"),
    (Outcome.REFUSED, Outcome.PARTIAL, Outcome.FEE),
)
EXCESSIVE_REPETITIVE = Ground(
    "excessive_repetitive",
    _("The request repeats an earlier one that was answered"),
    MAY_REFUSE,
    _("The dates and the scope of the earlier replies"),
    (Outcome.REFUSED, Outcome.PARTIAL, Outcome.FEE),
)
EXCESSIVE_ABUSE = Ground(
    "excessive_abuse",
    _("The request is an abuse of the right"),
    Source("GDPR", "12(5), C-526/24"),
    _("The facts, and the intention they show; both must be proven"),
    (Outcome.REFUSED, Outcome.PARTIAL, Outcome.FEE),
)
LEGAL_RESTRICTION = Ground(
    "legal_restriction",
    _("A law restricts this right"),
    gdpr("23"),
    _("The article of the national law"),
)
OTHERS_RIGHTS = Ground(
    "others_rights",
    _("It would harm the rights of other people"),
    gdpr("15(4)"),
    _("What kind of data is withheld, and that the rest is given"),
    (Outcome.PARTIAL,),
)

# True of single data only, whose rest is given. GDPR Arts. 15(4) and 20(4).
OF_SINGLE_DATA = frozenset({OTHERS_RIGHTS.code, "trade_secret"})

# Why something is kept back that the law forbids even to mention. It is no ground
# of a decision: it stands in no letter, no package and no count, only in our file.
SILENT = "silent_exclusion"
SILENT_LAW = Source("Belgian Act of 30 July 2018", "Arts. 11-17")

# Those that every right with a decision knows; GDPR Art. 12(5) and 23.
COMMON = (NOT_IDENTIFIED, MANIFESTLY_UNFOUNDED, EXCESSIVE_REPETITIVE, LEGAL_RESTRICTION)

# How a request under a right with a decision can end.
ALL = (
    Outcome.GRANTED,
    Outcome.PARTIAL,
    Outcome.REFUSED,
    Outcome.NO_DATA,
    Outcome.NOT_IDENTIFIED,
    Outcome.FEE,
)


def source_for(ground: Ground, outcome: str) -> Source:
    """Return where the law gives this ground for an outcome."""
    charged = outcome == Outcome.FEE and ground.source == MAY_REFUSE
    return MAY_CHARGE if charged else ground.source
