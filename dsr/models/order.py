"""What each system has to do with a person's data, and what became of it."""

from functools import partial
from typing import Self

from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from dsr.models.case import storage_name
from dsr.models.ticket import Ticket
from dsr.vocabulary import OrderAct, OrderState
from subjects.models import Work, WorkQuerySet, at_iff_by, work_index


class OrderQuerySet(WorkQuerySet["SystemOrder"]):
    """The questions asked before a ticket goes on, and by the worker."""

    def waiting(self) -> Self:
        """Keep those that nobody has answered for."""
        return self.filter(state=OrderState.WAITING)

    def in_queue(self) -> Self:
        """Keep those that a machine is to carry out."""
        return self.filter(next_attempt_at__isnull=False)

    def not_carried_out(self) -> Self:
        """Keep those that a machine could not carry out, and nobody has since."""
        return self.waiting().exclude(last_error="")

    def failed(self, act: OrderAct) -> bool:
        """Whether every system has answered its last order so, and none could do it."""
        last = {one.system: one.state for one in self.filter(act=act).order_by("turn")}
        return set(last.values()) == {OrderState.IMPOSSIBLE}


class SystemOrder(Work):
    """One act that one system owes a ticket; in the queue if a machine carries it out.

    A later `turn` orders the same act once more, when there is more to do.
    `note` says what was done there and by whom, or why it cannot be done.
    `plan` is a file of JSON lines, a change each, and goes when it is carried out;
    `receipt` counts the rows by collection: `{"deleted": {}, "changed": {}, …}`.
    `replay` keeps of an erasure what it takes to do it again after a backup was
    restored: keys, and keyed digests of what the rows said.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="orders")
    system = models.CharField(_("system"), max_length=100)
    act = models.CharField(_("order"), max_length=10, choices=OrderAct)
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=OrderState, default=OrderState.WAITING
    )
    ordered_at = models.DateTimeField(_("ordered"))
    ordered_by = models.CharField(max_length=150)
    note = models.TextField(_("what was done, or why not"), blank=True)
    closed_at = models.DateTimeField(_("answered for"), null=True, blank=True)
    closed_by = models.CharField(max_length=150, blank=True)
    plan = models.FileField(upload_to=storage_name, blank=True, editable=False)
    plan_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    replay = models.FileField(upload_to=storage_name, blank=True, editable=False)
    planned_at = models.DateTimeField(null=True, blank=True, editable=False)
    receipt = models.JSONField(_("receipt"), default=dict, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order to a system")
        verbose_name_plural = _("orders to systems")
        ordering = ("act", "system")
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "system", "act", "turn"), name="order_once_a_system"
            ),
            at_iff_by("ordered", "order"),
            at_iff_by("closed", "order"),
            models.CheckConstraint(
                name="order_closed_at_iff_answered",
                condition=models.Q(closed_at__isnull=True)
                ^ ~models.Q(state=OrderState.WAITING),
            ),
        )
        indexes = (work_index("order_due"),)

    def drop_plan(self) -> None:
        """Let go of the plan, with the data it names; the caller saves the row."""
        _drop(self.plan)
        self.plan = ""

    def drop_replay(self) -> None:
        """Let go of the list of what was erased; the caller saves the row."""
        _drop(self.replay)
        self.replay = ""

    def __str__(self) -> str:
        return f"{self.act} {self.system} #{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered for it."""
        return self.state == OrderState.WAITING


def _drop(file: FieldFile) -> None:
    if file:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
