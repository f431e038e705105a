"""What has to be searched, and what of it given, before anything is decided on it."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from dsr.models import SearchTask, Ticket, Withholding
from dsr.policy.refusal import PolicyError
from dsr.policy.releasing import silent_records
from dsr.rights import right_of
from dsr.rights.grounds import OF_SINGLE_DATA, SILENT
from dsr.vocabulary import InfoState, Outcome, SearchState

ABOUT_DATA = (*Outcome.CARRIED_OUT, Outcome.NO_DATA)  # true only after a search
OPEN = (SearchState.WAITING, SearchState.UNREACHABLE)


def open_searches(ticket: Ticket) -> list[str]:
    """Return the systems that are neither searched nor excused."""
    return list(ticket.searches.filter(state__in=OPEN).values_list("system", flat=True))


def search_bears_out(ticket: Ticket, outcome: str, grounds: list[str]) -> None:
    """Decide on data only when every system was searched, or excused. Art. 15(1)."""
    if not right_of(ticket).searches or outcome not in ABOUT_DATA:
        return
    if not ticket.searches.exists():
        raise PolicyError(
            _(
                "Nothing was searched yet: establish the identity, with at least "
                "one verified identifier, and search."
            )
        )
    if still := open_searches(ticket):
        raise PolicyError(
            _(
                "Not searched yet: %(systems)s. Wait, search again, or excuse them "
                "with a reason."
            )
            % {"systems": ", ".join(still)}
        )
    _findings_bear_out(ticket, outcome)
    if right_of(ticket).owes_copy:
        _withheld_is_said(ticket, outcome, grounds)


def _findings_bear_out(ticket: Ticket, outcome: str) -> None:
    found = _records_that_may_be_mentioned(ticket)
    if found and outcome == Outcome.NO_DATA:
        raise PolicyError(
            _("Data were found; the answer cannot be that there are none.")
        )
    if not found and outcome in Outcome.CARRIED_OUT:
        raise PolicyError(_("Nothing was found; propose “no data found”."))


def _records_that_may_be_mentioned(ticket: Ticket) -> int:
    """Count what was found, as the law lets us speak of it.

    What the Belgian Act of 30 July 2018, Arts. 11-17, forbids to mention was not
    found, as far as the person may know.
    """
    found = SearchTask.objects.filter(ticket=ticket, state=SearchState.FOUND)
    return sum(task.total - silent_records(task) for task in found)


def _withheld_is_said(ticket: Ticket, outcome: str, grounds: list[str]) -> None:
    """Give in part, and say why, where something is kept back, and only there.

    GDPR Arts. 12(4), 15(4) and 20(4).
    """
    withheld = Withholding.objects.filter(search__ticket=ticket).exclude(ground=SILENT)
    spoken = set(withheld.values_list("ground", flat=True))
    if outcome == Outcome.GRANTED and spoken:
        raise PolicyError(
            _(
                "Something is withheld: propose “partially granted” with its ground, "
                "or give it after all."
            )
        )
    if outcome != Outcome.PARTIAL:
        return
    if unsaid := spoken - set(grounds):
        raise PolicyError(
            _("Something is withheld on a ground you did not choose: %(grounds)s.")
            % {"grounds": _labels(ticket, unsaid)}
        )
    empty = OF_SINGLE_DATA.intersection(grounds) - spoken
    if empty and not ticket.information.filter(state=InfoState.REFUSED).exists():
        raise PolicyError(
            _(
                "Nothing is withheld on this ground: %(grounds)s. Withhold the data "
                "that it is about, or drop the ground; all the rest is given."
            )
            % {"grounds": _labels(ticket, empty)}
        )


def _labels(ticket: Ticket, codes: Collection[str]) -> str:
    right = right_of(ticket)
    return "; ".join(str(right.ground(code).label) for code in sorted(codes))
