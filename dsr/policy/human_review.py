"""The rules of a human review: who reviews, on what, and what may follow from it."""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.auth.models import User
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.models import AutomatedDecision, HumanReview, Ticket
from dsr.policy.checks import local_day
from dsr.policy.refusal import PolicyError
from dsr.rights.automated_decision_review import HUMAN, NO_EFFECT, UPHELD
from dsr.vocabulary import (
    Actor,
    Outcome,
    ReviewResult,
    RightCode,
    Role,
)


def decision_of(ticket: Ticket) -> AutomatedDecision | None:
    """Return the decision as it was qualified, if it was."""
    return AutomatedDecision.objects.filter(ticket=ticket).first()


def review_of(ticket: Ticket) -> HumanReview | None:
    """Return the review that counts: not one given to somebody else meanwhile."""
    return HumanReview.objects.current().filter(ticket=ticket).first()


def article_22_applies(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Let a person review what a machine decided alone. GDPR Art. 22(1)."""
    decision = decision_of(ticket)
    if decision is None:
        raise PolicyError(
            _("%(ticket)s names no decision yet; qualify the decision first.")
            % {"ticket": ticket}
        )
    if not decision.is_under_article_22:
        raise PolicyError(
            _(
                "The decision does not fall under Article 22(1), as it was qualified; "
                "propose “right not applicable”, and say who decided."
            )
        )


def is_the_reviewer(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Let the one reviewer record the review, and nobody for them. GDPR Art. 22(3)."""
    review = review_of(ticket)
    if review is None or review.reviewer != by.name:
        raise PolicyError(
            _("The review is assigned to %(who)s, who alone records it.")
            % {"who": review.reviewer if review else _("nobody")}
        )
    if review.recorded_at:
        raise PolicyError(
            _("The review is recorded; a new one takes a new assignment by the DPO.")
        )


def special_use_is_open(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Stop only what is used without a basis. GDPR Art. 22(4)."""
    decision = decision_of(ticket)
    if decision is None or not decision.lacks_special_basis:
        raise PolicyError(
            _("The decision used no special categories of data without a basis.")
        )
    if decision.special_use_stopped_at:
        raise PolicyError(_("The use of the special data has ended already."))


def special_use_has_ended(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Finish only when special data without a basis are used no more. Art. 22(4)."""
    if ticket.right_code != RightCode.AUTOMATED_DECISION_REVIEW:
        return
    decision = decision_of(ticket)
    if decision is None or not decision.lacks_special_basis:
        return
    if decision.special_use_stopped_at is None:
        raise PolicyError(
            _(
                "The decision used special categories of data without a basis "
                "(GDPR Art. 22(4)): note first that their use has ended."
            )
        )


def reviewer_is_independent(ticket: Ticket, reviewer: str, by: Actor) -> None:
    """Choose a reviewer who neither made the decision nor worked on the request."""
    users = User.objects.filter(is_active=True, groups__name=Role.REVIEWER)
    if not users.filter(username=reviewer).exists():
        raise PolicyError(
            _("%(who)s does not have the role of reviewer; choose somebody who has.")
            % {"who": reviewer}
        )
    decision = decision_of(ticket)
    if decision and reviewer == decision.maker:
        raise PolicyError(
            _("%(who)s made the decision, and cannot review it (GDPR Art. 22(3)).")
            % {"who": reviewer}
        )
    worked = {by.name, ticket.owner, ticket.proposed_by}
    if decision:
        worked.add(decision.qualified_by)
    if reviewer in worked:
        raise PolicyError(
            _("%(who)s has worked on this request; choose somebody who has not.")
            % {"who": reviewer}
        )


def view_day_is_possible(ticket: Ticket, view_by: date, at: datetime) -> None:
    """Give the person some days for their view; the time limit runs on meanwhile."""
    if not local_day(at) < view_by < ticket.due_strict:
        raise PolicyError(
            _(
                "The person needs some days for their view, and the time limit runs "
                "on: choose a day after today and before %(day)s."
            )
            % {"day": date_format(ticket.due_strict)}
        )


def view_is_heard(review: HumanReview, view: str, at: datetime) -> None:
    """Hear the person before deciding afresh. GDPR Art. 22(3)."""
    if not view.strip() and local_day(at) <= review.view_by:
        raise PolicyError(
            _(
                "The person may give their view until %(day)s: wait for it, or note "
                "what they said."
            )
            % {"day": date_format(review.view_by)}
        )


def review_bears_out(ticket: Ticket, *, outcome: str, grounds: Collection[str]) -> None:
    """Propose what the review found, and nothing else. GDPR Art. 22."""
    if ticket.right_code != RightCode.AUTOMATED_DECISION_REVIEW:
        return
    decision = decision_of(ticket)
    if outcome == Outcome.GRANTED:
        _may_be_granted(ticket, decision)
    elif UPHELD in grounds:
        _may_be_upheld(ticket, decision)
    elif outcome == Outcome.NOT_APPLICABLE:
        _does_not_apply(decision, grounds)
    elif outcome == Outcome.NO_DATA and decision is not None:
        raise PolicyError(_("A decision about this person was found and qualified."))
    _no_refusal_against_the_review(ticket, outcome, grounds)


def _may_be_granted(ticket: Ticket, decision: AutomatedDecision | None) -> None:
    if decision is not None and decision.is_unlawful:
        return  # withdrawn, and retaken by a human, whatever a review would find
    review = review_of(ticket)
    if review is None or not review.result:
        raise PolicyError(
            _(
                "No person has reviewed the decision yet: qualify it, have the DPO "
                "assign a reviewer, and wait for the review."
            )
        )
    if review.result == ReviewResult.UPHELD:
        raise PolicyError(
            _("The review upheld the decision; propose “refused” on that ground.")
        )


def _may_be_upheld(ticket: Ticket, decision: AutomatedDecision | None) -> None:
    if decision is not None and decision.is_unlawful:
        raise PolicyError(
            _(
                "Nothing in Article 22(2) or (4) allowed a machine to decide: the "
                "decision is withdrawn and taken anew by a person; propose “granted”."
            )
        )
    review = review_of(ticket)
    if review is None or review.result != ReviewResult.UPHELD:
        raise PolicyError(
            _("No review has upheld the decision; only a reviewer's record can.")
        )


def _does_not_apply(
    decision: AutomatedDecision | None, grounds: Collection[str]
) -> None:
    if decision is None:
        raise PolicyError(
            _("Qualify the decision first: who took it, and what it means.")
        )
    if HUMAN in grounds and decision.is_automated:
        raise PolicyError(_("As it was qualified, a machine took the decision alone."))
    if NO_EFFECT in grounds and decision.is_significant:
        raise PolicyError(
            _("As it was qualified, the decision has a significant effect.")
        )


def _no_refusal_against_the_review(
    ticket: Ticket, outcome: str, grounds: Collection[str]
) -> None:
    """Do not refuse on another ground what a person has overturned."""
    review = review_of(ticket)
    found = review.result if review else ""
    won = found in (ReviewResult.OVERTURNED, ReviewResult.CHANGED)
    if won and outcome != Outcome.GRANTED:
        raise PolicyError(
            _("The review says “%(result)s”; propose “granted”.")
            % {"result": ReviewResult(found).label}
        )
