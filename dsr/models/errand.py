"""A task for somebody without an account: mailed as a link, answered there."""

import secrets
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from dsr.models.notice import RecipientNotice
from dsr.models.order import SystemOrder
from dsr.models.search import SearchTask
from dsr.models.ticket import Ticket
from dsr.vocabulary import (
    ErrandState,
    NoticeState,
    OrderState,
    SearchState,
    State,
)
from subjects.models import Work, WorkQuerySet, at_iff_by, work_index

TOKEN = 32  # signs of hexadecimal in a link: 128 bits
ABOUT = ("search", "order", "notice")


def new_nonce() -> str:
    """Return what makes one link differ from the next."""
    return secrets.token_hex(16)


def _about_one() -> Q:
    """Return the condition that an errand is about exactly one thing."""
    either = Q()
    for name in ABOUT:
        either |= Q(**{f"{one}__isnull": one != name for one in ABOUT})
    return either


class ErrandQuerySet(WorkQuerySet["Errand"]):
    """The questions the desk asks."""

    def asked(self) -> Self:
        """Keep those that wait for an answer."""
        return self.filter(state=ErrandState.ASKED)

    def wanted(self) -> Self:
        """Keep those of which what they ask for is still to be done."""
        searched = Q(search__state__in=SearchState.STILL_OPEN)
        return self.asked().filter(
            searched & Q(ticket__state__in=State.OPEN)
            | Q(order__state=OrderState.WAITING)
            | Q(notice__state=NoticeState.SENT)
        )

    def late(self, today: date) -> Self:
        """Keep those whose day has passed."""
        return self.wanted().filter(answer_by__lt=today)

    def unsent(self) -> Self:
        """Keep those that wait although no mail could be delivered."""
        return self.wanted().filter(failed_at__isnull=False)


class Errand(Work):
    """What one person is asked to do: search a system, change it, or confirm.

    The link is computed from the secret key and `nonce`, so a copy of the database
    opens nothing; a new nonce makes the old link worthless. `answer_by` is the day
    that the last mail named. `known_by` are the keys of the identifiers shown.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="errands")
    search = models.ForeignKey(
        SearchTask, on_delete=models.PROTECT, related_name="errands", null=True
    )
    order = models.ForeignKey(
        SystemOrder, on_delete=models.PROTECT, related_name="errands", null=True
    )
    notice = models.ForeignKey(
        RecipientNotice, on_delete=models.PROTECT, related_name="errands", null=True
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ErrandState, default=ErrandState.ASKED
    )
    to_email = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    nonce = models.CharField(max_length=32, default=new_nonce, unique=True)
    known_by = models.JSONField(default=list, blank=True)
    answer_by = models.DateField(_("to be answered by"))
    message_id = models.CharField(max_length=200, unique=True)
    mails = models.PositiveSmallIntegerField(_("mails"), default=0)
    given_at = models.DateTimeField(_("given"))
    given_by = models.CharField(max_length=150)
    mailed_at = models.DateTimeField(_("last mail"), null=True, blank=True)
    failed_at = models.DateTimeField(_("not delivered"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    note = models.TextField(_("answer"), blank=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("task given by link")
        verbose_name_plural = _("tasks given by link")
        ordering = ("given_at", "pk")
        constraints = (
            at_iff_by("given", "errand"),
            models.CheckConstraint(name="errand_about_one", condition=_about_one()),
            models.CheckConstraint(
                name="errand_ended_iff_not_asked",
                condition=Q(ended_at__isnull=True) ^ ~Q(state=ErrandState.ASKED),
            ),
            *(
                models.UniqueConstraint(
                    fields=(name,),
                    condition=Q(state=ErrandState.ASKED),
                    name=f"errand_one_a_{name}",
                )
                for name in ABOUT
            ),
        )
        indexes = (work_index("errand_due"),)

    def __str__(self) -> str:
        return f"errand #{self.pk}"

    @property
    def token(self) -> str:
        """What the link carries."""
        digest = salted_hmac("dsr.errand", self.nonce, algorithm="sha256")
        return digest.hexdigest()[:TOKEN]

    def opens_with(self, token: str) -> bool:
        """Whether a link is of this errand, as it was given last."""
        return constant_time_compare(token, self.token)

    @property
    def is_wanted(self) -> bool:
        """Whether what it asks for is still to be done by somebody."""
        if self.state != ErrandState.ASKED:
            return False
        if self.search is not None:
            return self.ticket.is_open and self.search.is_open
        if self.order is not None:
            return self.order.is_open
        return self.notice is not None and self.notice.is_unconfirmed

    @property
    def about(self) -> str:
        """Name the system, or the recipient, by its code."""
        if self.search is not None:
            return self.search.system
        if self.order is not None:
            return self.order.system
        return self.notice.recipient if self.notice is not None else ""
