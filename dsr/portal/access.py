"""Who may see a case: the browser in which a one-time code was right, for a while.

The session holds a case's pk and an instant, never a person's data.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest

from dsr.models import Case

OPEN_FOR = timedelta(minutes=30)  # since the last page seen; the pages say so
RECEIPT_FOR = timedelta(hours=2)  # since it was sent from this browser
OPENED, SENT, PROVEN = "portal.opened", "portal.sent", "portal.proven"


def grant(request: HttpRequest, case: Case, *, at: datetime) -> None:
    """Let this browser see the case; the session gets a new key (no fixation)."""
    request.session.cycle_key()
    _note(request, OPENED, case, at)
    request.session[PROVEN] = _proof(case)


def opened(request: HttpRequest, *, at: datetime) -> Case | None:
    """Return the case that a code has opened in this browser, and keep it open."""
    case = _noted(request, OPENED, OPEN_FOR, at)
    if case is None or request.session.get(PROVEN) != _proof(case):
        return None
    _note(request, OPENED, case, at)
    return case


def _proof(case: Case) -> str:
    """Name the proof of the address; another address has another, or none yet."""
    proven = case.contact_confirmed_at
    return f"{case.pk} {proven.isoformat()}" if proven else ""


def leave(request: HttpRequest) -> None:
    """Forget everything about this visit."""
    request.session.flush()


def note_sent(request: HttpRequest, case: Case, *, at: datetime) -> None:
    """Remember that this browser sent the case, for its receipt."""
    _note(request, SENT, case, at)


def sent(request: HttpRequest, *, at: datetime) -> Case | None:
    """Return the case that was sent from this browser a short while ago."""
    return _noted(request, SENT, RECEIPT_FOR, at)


def _note(request: HttpRequest, key: str, case: Case, at: datetime) -> None:
    request.session[key] = {"case": case.pk, "at": at.isoformat()}


def _noted(
    request: HttpRequest, key: str, lasts: timedelta, at: datetime
) -> Case | None:
    note = request.session.get(key)
    if note is None:
        return None
    if at - datetime.fromisoformat(note["at"]) > lasts:
        del request.session[key]
        return None
    return Case.objects.select_related("subject").filter(pk=note["case"]).first()
