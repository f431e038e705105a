"""The home page: today's numbers, each with the list behind it, then the month."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dsr.desk.conditions import DUE, MONTH, STAND, all_tickets
from dsr.desk.days import Today
from dsr.models import (
    Arrival,
    DeskMail,
    Errand,
    Incident,
    Letter,
    Mailbox,
    Scan,
    SearchTask,
    SendingLog,
    SystemOrder,
)
from dsr.vocabulary import LetterState, SearchState, State


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and the address of its rows."""

    number: int
    label: str | Promise
    url: str
    urgent: bool = False


QUEUE_LABELS: dict[str, tuple[str, Promise]] = {
    "overdue": ("due", _("overdue")),
    "2": ("due", _("due within 2 working days")),
    "5": ("due", _("due within 5 working days")),
    "10": ("due", _("due within 10 working days")),
    "alarm": ("stand", _("with an alarm")),
    "to_decide": ("stand", _("waiting for a second person")),
    "unconfirmed": ("stand", _("address not confirmed")),
    "waiting": ("stand", _("waiting for them")),
    "unanswered": ("stand", _("waiting for systems or recipients")),
    "outdated": ("stand", _("with dates to compute anew")),
    "kept": ("stand", _("with data kept past their last day")),
    "hold_review": ("stand", _("with a legal hold to review")),
    "received": ("month", _("received")),
    "answered": ("month", _("answered")),
    "on_time": ("month", _("answered on time")),
}
SELDOM = frozenset(
    {"outdated", "kept", "hold_review"}
)  # shown only when there are some
URGENT = frozenset({"overdue", "2", "alarm", "outdated", "kept", "hold_review"})
ANSWERED_TOO = frozenset(
    {"kept", "hold_review"}
)  # they concern tickets that have ended


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows."""

    due: list[Figure]
    stand: list[Figure]
    work: list[Figure]
    month: list[Figure]


def home(now: Today, *, sees_cases: bool) -> Home:
    """Count everything in a handful of queries; work lists only for who may open them.

    Each number is the length of the list it links to.
    """
    tickets = _ticket_figures(now)
    return Home(
        due=[tickets[code] for code in DUE],
        stand=[
            tickets[code]
            for code in ("alarm", "to_decide", *_quiet())
            if code not in SELDOM or tickets[code].number
        ],
        work=_work_figures(now.day) if sees_cases else [],
        month=[tickets[code] for code in MONTH],
    )


def _quiet() -> tuple[str, ...]:
    return tuple(code for code in STAND if code not in ("alarm", "to_decide"))


def _ticket_figures(now: Today) -> dict[str, Figure]:
    conditions = {**DUE, **STAND, **MONTH}
    counts = all_tickets(now).aggregate(
        **{
            f"count_{code}": Count("pk", filter=condition(now))
            for code, condition in conditions.items()
        }
    )
    return {code: _figure(code, counts[f"count_{code}"]) for code in conditions}


def _figure(code: str, number: int) -> Figure:
    name, label = QUEUE_LABELS[code]
    group = "all" if name == "month" or code in ANSWERED_TOO else "open"
    url = f"{reverse('admin:dsr_ticket_changelist')}?group={group}&{name}={code}"
    return Figure(number, label, url, urgent=bool(number) and code in URGENT)


def _work_figures(today: date) -> list[Figure]:
    letters, searches = Letter.objects.all(), SearchTask.objects.all()
    states = letters.aggregate(
        draft=Count("pk", filter=Q(state=LetterState.DRAFT)),
        failed=Count("pk", filter=Q(state=LetterState.FAILED)),
        to_post=Count("pk", filter=Q(state=LetterState.QUEUED, to_email="")),
        returned=Count("pk", filter=Letter.RETURNED),
    )
    unreachable = searches.filter(
        state=SearchState.UNREACHABLE, ticket__state__in=State.OPEN
    ).count()
    letter_list = reverse("admin:dsr_letter_changelist")
    return [
        *_mail_figures(),
        *_paper_figures(),
        Figure(Scan.objects.count(), _("scans to settle"), reverse("admin:new_case")),
        Figure(states["draft"], _("letters to approve"), f"{letter_list}?state=draft"),
        Figure(
            states["to_post"],
            _("letters to post"),
            f"{letter_list}?way=to_post",
        ),
        Figure(
            states["failed"],
            _("letters that could not be sent"),
            f"{letter_list}?state=failed",
            urgent=bool(states["failed"]),
        ),
        Figure(
            states["returned"],
            _("letters that did not arrive"),
            f"{letter_list}?way=returned",
            urgent=bool(states["returned"]),
        ),
        Figure(
            unreachable,
            _("searches that failed"),
            f"{reverse('admin:dsr_searchtask_changelist')}?state=unreachable",
            urgent=bool(unreachable),
        ),
        *_undone_orders(),
        *_errand_figures(today),
        *_silent_mailboxes(),
        *_incidents(),
    ]


def _undone_orders() -> list[Figure]:
    """Count what a machine could not do in a system; nothing when there is none."""
    undone = SystemOrder.objects.all().not_carried_out().count()
    if not undone:
        return []
    label = _("orders to systems that could not be carried out")
    url = f"{reverse('admin:dsr_systemorder_changelist')}?undone=yes"
    return [Figure(undone, label, url, urgent=True)]


def _errand_figures(today: date) -> list[Figure]:
    """Count the tasks given by link that nobody answers, or that came back."""
    url = reverse("admin:dsr_errand_changelist")
    figures = [
        Figure(
            Errand.objects.all().late(today).count(),
            _("tasks given by link, not answered in time"),
            f"{url}?progress=late",
            urgent=True,
        ),
        Figure(
            Errand.objects.all().unsent().count(),
            _("tasks given by link, not delivered"),
            f"{url}?progress=unsent",
            urgent=True,
        ),
    ]
    return [one for one in figures if one.number]


def _mail_figures() -> list[Figure]:
    """Count the tray; what is urgent or failed only when there is some."""
    tray = Arrival.objects.in_tray()
    mails = reverse("admin:dsr_arrival_changelist")
    urgent = tray.filter(is_urgent=True).count()
    figures = [
        Figure(
            urgent,
            _("mails of an authority or a court"),
            f"{mails}?result=urgent",
            urgent=True,
        ),
        Figure(tray.count(), _("mails in the tray"), mails),
        Figure(
            Arrival.objects.not_looked_over().count(),
            _("mails put aside by the machine, not looked over"),
            f"{mails}?result=unseen",
        ),
        Figure(
            Arrival.objects.unsent().count(),
            _("mails about a mail that could not be sent"),
            f"{mails}?result=unsent",
            urgent=True,
        ),
    ]
    return [one for one in figures if one.number or not one.urgent]


def _paper_figures() -> list[Figure]:
    """Count what is urgent on paper, and the alerts about it that did not go out."""
    urgent = Scan.objects.filter(is_urgent=True)
    first, unsent = urgent.first(), DeskMail.objects.of_paper().given_up().count()
    figures = []
    if first is not None:
        label = _("letters on paper of an authority or a court")
        url = reverse("admin:scan", args=[first.pk])
        figures.append(Figure(urgent.count(), label, url, urgent=True))
    if unsent:
        label = _("alerts about letters on paper that could not be sent")
        figures.append(Figure(unsent, label, reverse("admin:new_case"), urgent=True))
    return figures


def _incidents() -> list[Figure]:
    """Count advertising that went out after an objection; nothing when none did."""
    number = Incident.objects.unsettled().count()
    label = _("messages sent after an objection to advertising")
    url = f"{reverse('admin:dsr_incident_changelist')}?stand=open"
    unread = SendingLog.objects.all().unread().count()
    logs = reverse("admin:dsr_sendinglog_changelist")
    figures = [
        Figure(number, label, url, urgent=True),
        Figure(unread, _("logs of advertising not readable"), logs, urgent=True),
    ]
    return [one for one in figures if one.number]


def _silent_mailboxes() -> list[Figure]:
    """Say how many mailboxes cannot be read, and since when; nothing when all can."""
    silent = Mailbox.objects.unreachable().aggregate(
        number=Count("pk"), since=Min("unreachable_since")
    )
    if not silent["number"]:
        return []
    since = date_format(timezone.localtime(silent["since"]), "j M, H:i")
    label = _("mailboxes not reachable, since %(when)s") % {"when": since}
    url = reverse("admin:dsr_mailbox_changelist")
    return [Figure(silent["number"], label, url, urgent=True)]
