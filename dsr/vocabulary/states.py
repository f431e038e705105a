"""Where a ticket, and a search, stands."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _

# The desk examines the request in its right's own way.
_EXAMINING = (
    "collecting",
    "reviewing",
    "filtering",
    "verifying",
    "grounds",
    "exceptions",
    "applying",
    "basis_check",
    "balancing",
    "qualifying",
    "reviewing_human",
)
# In these the desk may still turn to the person, or put the matter right.
_WORKABLE = ("triage", "in_progress", *_EXAMINING)
_WAITING = ("awaiting_identity", "awaiting_clarification")
# A right that takes effect at once is at work.
_AT_ONCE = ("suppressing", "propagating", "revoking", "stopping", "erasure_check")
# The copy is made, before the decision.
_COPYING = ("packaging", "exporting")
_UNDECIDED = (
    "received",
    *_WAITING,
    *_WORKABLE,
    *_COPYING,
    "decision_pending",
    *_AT_ONCE,
)
_CARRYING_OUT = ("executing", "correcting", "delivering", "notifying")


class State(models.TextChoices):
    """Where a ticket stands. `docs/states.md` is drawn from the transitions."""

    RECEIVED = "received", _("received")
    TRIAGE = "triage", _("being qualified")
    AWAITING_IDENTITY = "awaiting_identity", _("awaiting proof of identity")
    AWAITING_CLARIFICATION = "awaiting_clarification", _("awaiting clarification")
    IN_PROGRESS = "in_progress", _("in progress")
    # access
    COLLECTING = "collecting", _("data being collected")
    REVIEWING = "reviewing", _("data being reviewed")
    PACKAGING = "packaging", _("copy being made")
    # portability
    FILTERING = "filtering", _("data being chosen")
    EXPORTING = "exporting", _("files being made")
    DELIVERING = "delivering", _("being delivered")
    # rectification
    VERIFYING = "verifying", _("accuracy being verified")
    CORRECTING = "correcting", _("being corrected")
    # erasure
    GROUNDS = "grounds", _("grounds being examined")
    EXCEPTIONS = "exceptions", _("exceptions being examined")
    # restriction
    APPLYING = "applying", _("restriction being applied")
    # objection
    BASIS_CHECK = "basis_check", _("legal basis being checked")
    BALANCING = "balancing", _("interests being weighed")
    # automated decision
    QUALIFYING = "qualifying", _("decision being qualified")
    REVIEWING_HUMAN = "reviewing_human", _("being reviewed by a human")
    # marketing and consent
    SUPPRESSING = "suppressing", _("being put on the suppression list")
    PROPAGATING = "propagating", _("suppressed, being passed on")
    REVOKING = "revoking", _("consent being taken back")
    STOPPING = "stopping", _("consent taken back, processing being stopped")
    ERASURE_CHECK = "erasure_check", _("stopped, what must be erased is checked")
    # every right again
    DECISION_PENDING = "decision_pending", _("decision pending")
    EXECUTING = "executing", _("being carried out")
    NOTIFYING = "notifying", _("recipients being told")
    REPLY_PENDING = "reply_pending", _("reply being prepared")
    REPLIED = "replied", _("replied")
    CLOSED = "closed", _("closed")
    REDIRECTED = "redirected", _("passed on to another controller")
    MERGED = "merged", _("merged with another ticket")
    WITHDRAWN = "withdrawn", _("withdrawn by requester")

    # Those in which the person, not the desk, is to act.
    WAITING = nonmember(_WAITING)
    EXAMINING = nonmember(_EXAMINING)
    WORKABLE = nonmember(_WORKABLE)
    AT_ONCE = nonmember(_AT_ONCE)
    # Nothing is decided yet.
    UNDECIDED = nonmember(_UNDECIDED)
    COPYING = nonmember(_COPYING)
    # Decided, and being carried out.
    CARRYING_OUT = nonmember(_CARRYING_OUT)
    # Those the law still expects an answer to.
    OPEN = nonmember((*_UNDECIDED, *_CARRYING_OUT, "reply_pending"))
    # Those that ended without an answer of ours.
    ENDED_OTHERWISE = nonmember(("redirected", "merged", "withdrawn"))


class SearchState(models.TextChoices):
    """What became of the search in one system."""

    WAITING = "waiting", _("waiting")
    FOUND = "found", _("data found")
    NOTHING = "nothing", _("nothing found")
    UNREACHABLE = "unreachable", _("could not be searched")
    EXCUSED = "excused", _("excused with a reason")

    # Neither searched nor excused.
    STILL_OPEN = nonmember(("waiting", "unreachable"))
