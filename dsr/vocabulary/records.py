"""What the records beside a ticket say: orders to systems, notices to recipients."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderAct(models.TextChoices):
    """What is to be done to a person's data, in a system or by a recipient."""

    SUPPRESS = "suppress", _("send no advertising")
    STOP = "stop", _("stop the processing")
    CORRECT = "correct", _("correct")
    ERASE = "erase", _("erase")
    RESTRICT = "restrict", _("restrict")
    LIFT = "lift", _("lift the restriction")

    # What a restriction sets off, by whichever right it began.
    OF_MEASURES = nonmember(("restrict", "lift"))


class OrderState(models.TextChoices):
    """Where an order to a system stands."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    IMPOSSIBLE = "impossible", _("impossible")


class ErrandState(models.TextChoices):
    """Where a task stands that somebody was given by a link."""

    ASKED = "asked", _("asked")
    ANSWERED = "answered", _("answered")
    CALLED_OFF = "called_off", _("no longer needed")


class NoticeState(models.TextChoices):
    """Where a notice to a recipient stands. GDPR Art. 19."""

    OPEN = "open", _("to be told, or excused")
    QUEUED = "queued", _("notice on its way")
    SENT = "sent", _("told")
    CONFIRMED = "confirmed", _("told and confirmed")
    NOT_DISCLOSED = "not_disclosed", _("the data were never disclosed to them")
    IMPOSSIBLE = "impossible", _("impossible")
    DISPROPORTIONATE = "disproportionate", _("disproportionate effort")
    MOOT = "moot", _("no longer needed: lifted before they were told")

    # Neither sent nor justified.
    STILL_OPEN = nonmember(("open", "queued"))
    TOLD = nonmember(("sent", "confirmed"))
    # What an officer may find.
    EXCUSED = nonmember(("not_disclosed", "impossible", "disproportionate"))
    # Art. 19 itself knows these two; each has to be explained.
    NEEDS_REASON = nonmember(("impossible", "disproportionate"))


class CheckResult(models.TextChoices):
    """What is done with data whose consent is withdrawn. GDPR Art. 17(1)(b)."""

    OPEN = "open", _("not looked at yet")
    ERASED = "erased", _("erased: nothing else justifies them")
    KEPT = "kept", _("kept for another declared purpose")
