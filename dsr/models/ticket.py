"""A ticket: one right exercised in a case, with its state, its dates and its outcome.

The transitions only change fields; `dsr.casework` locks, checks, saves, records.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, TransitionNotAllowed, transition

from dsr.models.case import Case
from dsr.models.guarded import Guarded
from dsr.models.ticket_notes import Noted
from dsr.vocabulary import Outcome, RightCode, State
from subjects.models import at_iff_by

# Before anybody examines it, the desk may doubt who asks, or what is meant.
ASKABLE = (State.TRIAGE, State.IN_PROGRESS)
# From here a decision can be proposed; `dsr.policy` says which, and from where.
PROPOSABLE = (State.IN_PROGRESS, State.AWAITING_IDENTITY, *State.EXAMINING)


class TicketQuerySet(models.QuerySet["Ticket"]):
    """The questions the desk asks every morning."""

    def open(self) -> Self:
        """Keep those the law still expects an answer to."""
        return self.filter(state__in=State.OPEN)

    def by_urgency(self) -> Self:
        """Put the earliest legal day first; alarms run on the strict one."""
        return self.order_by("due_strict", "pk")

    def overdue(self, today: date) -> Self:
        """Keep the open ones whose last day has passed."""
        return self.open().filter(due__lt=today)

    def due_by(self, today: date, last: date) -> Self:
        """Keep the open ones whose strict day lies between two days."""
        return self.open().filter(due_strict__gte=today, due_strict__lte=last)


class Ticket(Noted, Guarded, models.Model):
    """One right of a case. Only the transitions below move it.

    `due_strict` is the last day as if nothing suspended the time limit, `due`
    the last day with suspensions (none while one is open); the two versions name
    the policy and the calendar by which they were found.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tickets")
    right_code = models.CharField(_("right"), max_length=30, choices=RightCode)
    state = FSMField(
        _("state"), default=State.RECEIVED, choices=State.choices, protected=True
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    owner = models.CharField(_("owner"), max_length=150, blank=True)
    details = models.JSONField(_("what was asked"), default=dict, blank=True)

    received_at = models.DateTimeField(_("received"))
    received_on = models.DateField(_("day of receipt"))
    due_strict = models.DateField(_("legal day, strict"))
    due = models.DateField(_("legal day"), null=True, blank=True)
    extension_notice_due = models.DateField(_("last day to announce an extension"))
    refusal_notice_due = models.DateField(
        _("last day to refuse"), null=True, blank=True
    )
    policy_version = models.CharField(max_length=100, blank=True, editable=False)
    calendar_version = models.CharField(max_length=100, blank=True, editable=False)
    clock_frozen = models.JSONField(null=True, blank=True, editable=False)

    extension_reason = models.TextField(_("reason for the extension"), blank=True)
    extension_factors = models.JSONField(
        _("what makes it complex"), default=list, blank=True
    )
    extension_proposed_at = models.DateTimeField(null=True, blank=True)
    extension_proposed_by = models.CharField(max_length=150, blank=True)
    extended_at = models.DateTimeField(_("extended"), null=True, blank=True)
    extended_by = models.CharField(max_length=150, blank=True)

    proposed_outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    grounds = models.JSONField(_("grounds"), default=list, blank=True)
    law = models.CharField(_("national law"), max_length=200, blank=True)
    reasons = models.TextField(_("reasons given to the person"), blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    done = models.TextField(_("what was done"), blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    overdue_at = models.DateTimeField(_("overdue since"), null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    # The ticket of each right, by its code; `dsr.rights` fills it.
    BY_RIGHT: ClassVar[dict[str, type["Ticket"]]] = {}
    # How this right can end; the ticket of each right narrows it.
    OUTCOMES: ClassVar[Collection[str]] = Outcome.DECIDABLE

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints = (
            at_iff_by("extension_proposed", "ticket"),
            at_iff_by("extended", "ticket"),
            at_iff_by("proposed", "ticket"),
            at_iff_by("decided", "ticket"),
            models.CheckConstraint(
                name="ticket_outcome_iff_decided_or_ended",
                condition=Q(outcome="") ^ ~Q(state__in=State.UNDECIDED),
            ),
            models.CheckConstraint(
                name="ticket_replied_at_iff_replied",
                condition=Q(
                    replied_at__isnull=False, state__in=(State.REPLIED, State.CLOSED)
                )
                | Q(replied_at__isnull=True)
                & ~Q(state__in=(State.REPLIED, State.CLOSED)),
            ),
        )
        indexes = (
            models.Index(
                fields=("due_strict", "id"),
                name="ticket_open_by_due",
                condition=Q(state__in=State.OPEN),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case.reference} {self.right_code}"

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **kwargs: Any,
    ) -> Self:
        """Return a row as the ticket of its right, with that right's transitions."""
        code = dict(zip(field_names, values, strict=True)).get("right_code", "")
        of_right = cls.BY_RIGHT.get(code, cls) if cls is Ticket else cls
        right = cast("type[Self]", of_right)
        return super(Ticket, right).from_db(db, field_names, values, **kwargs)

    @property
    def is_open(self) -> bool:
        """Whether the law still expects an answer."""
        return self.state in State.OPEN

    # Transitions. Each is named after what the desk does and cites why it may.

    @transition(state, source=State.RECEIVED, target=State.TRIAGE)
    def qualify(self) -> None:
        """Begin to qualify what was asked. GDPR Art. 12(2)."""

    @transition(state, source=(State.RECEIVED, State.TRIAGE), target=State.IN_PROGRESS)
    def take_in_hand(self, *, owner: str) -> None:
        """Accept the request as one under this right. GDPR Art. 12(3).

        Also while the address is not confirmed: the time limit runs all the same.
        """
        self.owner = owner

    @transition(state, source=ASKABLE, target=State.AWAITING_IDENTITY)
    def ask_identity(self) -> None:
        """Doubt, with reason, who is asking. GDPR Art. 12(6)."""

    @transition(state, source=State.AWAITING_IDENTITY, target=State.AWAITING_IDENTITY)
    def reject_proof(self) -> None:
        """Say once more what is missing. EDPB Guidelines 01/2022, example 31."""

    @transition(state, source=State.AWAITING_IDENTITY, target=State.IN_PROGRESS)
    def accept_proof(self) -> None:
        """Establish who is asking. GDPR Art. 12(6)."""

    @transition(state, source=State.WORKABLE, target=None)
    def establish_identity(self) -> None:
        """Know who is asking without having asked. GDPR Art. 12(2)."""

    @transition(state, source=ASKABLE, target=State.AWAITING_CLARIFICATION)
    def ask_clarification(self) -> None:
        """Ask which data are meant, where there are many. GDPR recital 63."""

    @transition(state, source=State.AWAITING_CLARIFICATION, target=State.IN_PROGRESS)
    def clarify(self) -> None:
        """Go on: with what was said, or with everything. GDPR recital 63."""

    @transition(state, source=State.WORKABLE, target=None)
    def propose_extension(self, *, reason: str, by: str, at: datetime) -> None:
        """Propose two further months to a second person. GDPR Art. 12(3)."""
        self.extension_reason = reason
        self.extension_proposed_by, self.extension_proposed_at = by, at

    @transition(state, source=State.WORKABLE, target=None)
    def extend(self, *, by: str, at: datetime) -> None:
        """Agree to two further months; they count once told. GDPR Art. 12(3)."""
        self.extended_by, self.extended_at = by, at

    @transition(state, source=PROPOSABLE, target=State.DECISION_PENDING)
    def propose(
        self, *, outcome: str, grounds: list[str], reasons: str, by: str, at: datetime
    ) -> None:
        """Put a decision, its grounds and its reasons to the one who decides."""
        self.note_proposal(outcome, grounds, reasons, by=by, at=at)

    def note_proposal(
        self, outcome: str, grounds: list[str], reasons: str, *, by: str, at: datetime
    ) -> None:
        """Write a proposal into the fields, if the law knows such an end."""
        if outcome not in self.OUTCOMES:
            raise TransitionNotAllowed(f"{self.right_code} cannot end {outcome!r}")
        self.proposed_outcome, self.grounds, self.reasons = outcome, grounds, reasons
        self.proposed_by, self.proposed_at = by, at

    @transition(state, source=State.DECISION_PENDING, target=State.IN_PROGRESS)
    def return_proposal(self) -> None:
        """Send the proposal back, with a reason that stands in the ledger."""
        self.forget_proposal()

    def forget_proposal(self) -> None:
        """Take a proposal and its decision out of the fields; what was found stays."""
        self.outcome = self.proposed_outcome = self.proposed_by = self.decided_by = ""
        self.proposed_at = self.decided_at = None

    @transition(state, source=State.DECISION_PENDING, target=State.EXECUTING)
    def grant(self, *, by: str, at: datetime) -> None:
        """Decide that it is done, in whole or in part. GDPR Arts. 15-22."""
        self.note_decision(by=by, at=at)

    def note_decision(self, *, by: str, at: datetime) -> None:
        """Write the decision, as it was proposed, into the fields."""
        self.outcome, self.decided_by, self.decided_at = self.proposed_outcome, by, at

    @transition(state, source=State.DECISION_PENDING, target=State.REPLY_PENDING)
    def decline(self, *, by: str, at: datetime) -> None:
        """Decide that nothing is carried out, and say why. GDPR Art. 12(4)."""
        self.note_decision(by=by, at=at)

    @transition(state, source=State.EXECUTING, target=State.REPLY_PENDING)
    def complete(self, *, done: str) -> None:
        """Finish what the decision asked for."""
        self.done = done

    @transition(state, source=State.REPLY_PENDING, target=State.REPLIED)
    def reply(self, *, at: datetime) -> None:
        """Send the answer; the clock stops. GDPR Art. 12(3) and (4)."""
        self.replied_at = at

    @transition(state, source=State.REPLY_PENDING, target=State.IN_PROGRESS)
    def fee_paid(self) -> None:
        """Go on once the fee that was told is paid. GDPR Art. 12(5)(a)."""
        self.undo_decision()

    @transition(state, source=State.REPLY_PENDING, target=State.WITHDRAWN)
    def fee_lapsed(self, *, at: datetime) -> None:
        """End what the person does not pay for; the outcome says that it is a fee."""
        self.closed_at = at

    @transition(state, source=State.REPLIED, target=State.CLOSED)
    def close(self, *, at: datetime) -> None:
        """End the ticket when its follow-ups are done."""
        self.closed_at = at

    @transition(state, source=State.WORKABLE, target=State.REDIRECTED)
    def redirect(self, *, at: datetime) -> None:
        """Name the controller who has to answer. GDPR Arts. 4(7), 26 and 28."""
        self.outcome, self.closed_at = Outcome.REDIRECTED, at

    @transition(state, source=State.TRIAGE, target=State.MERGED)
    def merge(self, *, at: datetime) -> None:
        """Join an open ticket of the same scope; the earlier receipt stays."""
        self.outcome, self.closed_at = Outcome.MERGED, at

    @transition(state, source=State.OPEN, target=State.WITHDRAWN)
    def withdraw(self, *, at: datetime) -> None:
        """Let the person change their mind; never inferred from silence."""
        self.outcome, self.closed_at = Outcome.WITHDRAWN, at

    @transition(state, source=(State.REPLIED, State.CLOSED), target=State.IN_PROGRESS)
    def reopen(self) -> None:
        """Answer again: incomplete, new evidence, or an order of the authority."""
        self.undo_decision()

    def undo_decision(self) -> None:
        """Forget how it ended, and what was proposed; the ledger remembers both."""
        self.forget_proposal()
        self.replied_at = self.closed_at = None
        # The period counts anew, and may be extended anew; the ledger has the old one.
        self.extension_reason = self.extension_proposed_by = self.extended_by = ""
        self.extension_proposed_at = self.extended_at = self.overdue_at = None
        self.clock_frozen = None
