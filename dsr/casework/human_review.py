"""A decision of a machine, looked at by a person who can change it. GDPR Art. 22."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from dsr.casework import clockwork
from dsr.casework.correspondence import write
from dsr.casework.proceeding import follows
from dsr.casework.ticket_lock import locked, record
from dsr.models import AutomatedDecision, HumanReview, Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.policy.human_review import (
    decision_of,
    review_of,
    reviewer_is_independent,
    view_day_is_possible,
    view_is_heard,
)
from dsr.rights.automated_decision_review import AutomatedDecisionReviewTicket
from dsr.vocabulary import Actor, Event, LetterKind, RightCode


@dataclass(frozen=True, slots=True)
class Qualification:
    """A decision, as it is qualified under GDPR Art. 22(1), (2) and (4).

    `evidence` says who decided, or why the effect is not significant; it is wanted
    where Art. 22 does not apply, and `basis` where it does.
    """

    what: str
    maker: str
    rules: str
    effect: str
    is_automated: bool
    is_significant: bool
    evidence: str = ""
    basis: str = ""
    uses_special_data: bool = False
    special_basis: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a reviewer did and found. GDPR Art. 22(3); recital 71; Art. 15(1)(h)."""

    inputs: str
    view: str
    view_considered: str
    result: str
    reasons: str
    explanation: str
    minutes: int


@transaction.atomic
def qualify_decision(
    ticket_id: int, *, qualification: Qualification, by: Actor, at: datetime
) -> Ticket:
    """Say which decision it is, who made it, and whether Art. 22 governs it."""
    ticket = _locked(ticket_id, "qualify_decision", by=by, at=at)
    _check_qualification(qualification)
    ticket.qualify_decision()
    decision, _made = AutomatedDecision.objects.update_or_create(
        ticket=ticket,
        defaults={
            **asdict(qualification),
            "qualified_at": at,
            "qualified_by": by.name,
        },
    )
    ticket.save()
    clockwork.set_timers(ticket, at=at)
    record(
        ticket,
        Event.DECISION_QUALIFIED,
        by=by,
        at=at,
        decision=decision.pk,
        automated=decision.is_automated,
        significant=decision.is_significant,
        basis=decision.basis,
        special_basis=decision.special_basis,
    )
    return ticket


@transaction.atomic
def assign_reviewer(
    ticket_id: int,
    *,
    reviewer: str,
    authority: str,
    view_by: date,
    effects_suspended: bool = False,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Give the decision to a person who can change it, and invite the person's view.

    Args:
        ticket_id: the ticket.
        reviewer: a user name; somebody who neither decided nor worked on this.
        authority: by what the reviewer can change the decision.
        view_by: the last day for the person's view; the time limit runs on.
        effects_suspended: whether the decision has no effect meanwhile.
        by: the data protection officer.
        at: when.

    Source: GDPR Art. 22(3); WP251 rev.01 on meaningful human involvement.

    """
    ticket = _locked(ticket_id, "assign_reviewer", by=by, at=at)
    long_reason(authority, _("The authority"))
    reviewer_is_independent(ticket, reviewer, by)
    view_day_is_possible(ticket, view_by, at)
    HumanReview.objects.current().filter(ticket=ticket).update(replaced_at=at)
    ticket.assign_reviewer()
    review = HumanReview.objects.create(
        ticket=ticket,
        reviewer=reviewer,
        authority=authority.strip(),
        effects_suspended=effects_suspended,
        view_by=view_by,
        assigned_at=at,
        assigned_by=by.name,
    )
    ticket.save()
    clockwork.set_timers(ticket, at=at)
    record(
        ticket,
        Event.REVIEWER_ASSIGNED,
        by=by,
        at=at,
        review=review.pk,
        reviewer=reviewer,
        view_by=view_by.isoformat(),
        effects_suspended=effects_suspended,
    )
    kind = LetterKind.VIEW_INVITATION
    write(kind, case=ticket.case, ticket=ticket, by=by, at=at)
    return ticket


@transaction.atomic
def record_review(
    ticket_id: int, *, reviewed: Reviewed, by: Actor, at: datetime
) -> Ticket:
    """Keep what the reviewer looked at, heard and decided; the reviewer alone does."""
    ticket = _locked(ticket_id, "record_review", by=by, at=at)
    review = HumanReview.objects.current().select_for_update().get(ticket=ticket)
    _check_review(review, reviewed, at)
    ticket.record_review()
    for name, value in asdict(reviewed).items():
        setattr(review, name, value)
    review.recorded_at, review.recorded_by = at, by.name
    review.save()
    record(
        ticket,
        Event.REVIEW_RECORDED,
        by=by,
        at=at,
        review=review.pk,
        result=review.result,
        minutes=review.minutes,
        view_given=bool(review.view.strip()),
    )
    return ticket


@transaction.atomic
def stop_special_use(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Note that special data are used no more for such decisions. GDPR Art. 22(4)."""
    ticket = _locked(ticket_id, "stop_special_use", by=by, at=at)
    ticket.stop_special_use()
    decision = AutomatedDecision.objects.select_for_update().get(ticket=ticket)
    decision.special_use_stopped_at, decision.special_use_stopped_by = at, by.name
    decision.save()
    record(ticket, Event.SPECIAL_USE_STOPPED, by=by, at=at, decision=decision.pk)
    return ticket


@follows(RightCode.AUTOMATED_DECISION_REVIEW)
def go_on(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Take up a ticket that came back where its decision, or its review, left it."""
    if not isinstance(ticket, AutomatedDecisionReviewTicket):
        return
    decision, review = decision_of(ticket), review_of(ticket)
    if decision is None or not can_proceed(ticket.qualify_decision):
        return
    ticket.qualify_decision()
    ticket.save()
    record(ticket, Event.DECISION_QUALIFIED, by=by, at=at, decision=decision.pk)
    if review is not None:
        ticket.assign_reviewer()
        ticket.save()
        record(ticket, Event.REVIEWER_ASSIGNED, by=by, at=at, review=review.pk)
    clockwork.set_timers(ticket, at=at)


def _locked(
    ticket_id: int, act: str, *, by: Actor, at: datetime
) -> AutomatedDecisionReviewTicket:
    ticket = locked(ticket_id, act, by=by, at=at)
    if not isinstance(ticket, AutomatedDecisionReviewTicket):
        raise TypeError(f"{ticket} is no review of an automated decision")
    return ticket


def _check_qualification(one: Qualification) -> None:
    long_reason(one.what, _("The decision"))
    for text in (one.maker, one.rules, one.effect):
        if not text.strip():
            raise PolicyError(
                _("Say who made the decision, by which rules, and its effect.")
            )
    if one.is_automated and one.is_significant:
        if not one.basis:
            raise PolicyError(
                _("Say which point of Article 22(2) allowed it, or that none did.")
            )
    else:
        long_reason(one.evidence, _("The evidence that Article 22 does not apply"))
    if one.uses_special_data != bool(one.special_basis):
        raise PolicyError(
            _("Say what allowed the special categories of data, or that nothing did.")
        )


def _check_review(review: HumanReview, reviewed: Reviewed, at: datetime) -> None:
    view_is_heard(review, reviewed.view, at)
    long_reason(reviewed.inputs, _("What was looked at"))
    long_reason(reviewed.view_considered, _("How the view was considered"))
    long_reason(reviewed.reasons, _("The reviewer's own reasons"))
    long_reason(reviewed.explanation, _("The explanation"))
    if reviewed.minutes < 1:
        raise PolicyError(_("Say how many minutes the review took."))
