"""The list of Art. 15: filled as facts arrive, decided on item by item."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.ticket_lock import locked, record
from dsr.controller import current
from dsr.models import InformationItem, Ticket
from dsr.models.information import ASKED
from dsr.policy import PolicyError
from dsr.policy.checks import local_day
from dsr.policy.information import answer_is_lawful
from dsr.vocabulary import SYSTEM, Actor, Event, InfoItem, InfoState, SearchState

Shown = tuple[InfoItem, InfoState, str]  # the item, what the facts show, and why


def fill_in(ticket: Ticket, *, at: datetime) -> None:
    """Write what the policy and the findings show; what an officer wrote stays.

    The caller holds the ticket's lock. Source: GDPR Art. 15(1)-(3).
    """
    _begin(ticket)
    rows = {one.item: one for one in ticket.information.all()}
    filled = [
        shown.value
        for shown, state, because in _shown(ticket, local_day(at))
        if _fill(rows[shown], state, because, at=at)
    ]
    if filled:
        record(ticket, Event.INFORMATION_FILLED, by=SYSTEM, at=at, items=filled)


def _begin(ticket: Ticket) -> None:
    """Put every item on the list, and what the person wrote into the form."""
    for item in InfoItem:
        InformationItem.objects.get_or_create(ticket=ticket, item=item)
    asked = set(ticket.information.exclude(question="").values_list("question"))
    for text in ticket.details.values():
        question = str(text).strip()
        if question and (question,) not in asked:
            _ask(ticket, question)


def _ask(ticket: Ticket, question: str) -> InformationItem:
    number = ticket.information.exclude(question="").count() + 1
    return InformationItem.objects.create(
        ticket=ticket, item=f"{ASKED}{number}", question=question
    )


def _shown(ticket: Ticket, day: date) -> Iterator[Shown]:
    """Yield what the facts show; where they show nothing, an officer has to look."""
    policy = current()
    automated, transfers = policy.automated_decisions.on(day), policy.transfers.on(day)
    known = {
        InfoItem.PURPOSES: bool(policy.purposes),
        InfoItem.CATEGORIES: bool(policy.categories),
        # Categories of recipients are not enough where names are known; C-154/21.
        InfoItem.RECIPIENTS: all(one.named for one in policy.recipients.values()),
        InfoItem.RETENTION: bool(policy.categories),
        InfoItem.RIGHTS: True,
        InfoItem.COMPLAINT: True,
        InfoItem.SOURCES: bool(policy.sources),
        InfoItem.TRANSFERS: bool(transfers.safeguards),
        InfoItem.COPY: ticket.searches.filter(state=SearchState.FOUND).exists(),
    }
    for item, is_known in known.items():
        if is_known:
            yield item, InfoState.GIVEN, ""
    if not automated.exist:
        because = automated.text.to(ticket.case.language)
        yield InfoItem.AUTOMATED, InfoState.NOT_APPLICABLE, because


def _fill(
    one: InformationItem, state: InfoState, because: str, *, at: datetime
) -> bool:
    """Write one answer of the system; say whether it is new."""
    said = (one.state, one.because) == (state, because)
    if said or one.filled_by not in ("", SYSTEM.name):
        return False
    one.state, one.because = state, because
    one.filled_by, one.filled_at = SYSTEM.name, at
    one.save()
    return True


@transaction.atomic
def answer_information(
    ticket_id: int, *, item: str, state: str, because: str, by: Actor, at: datetime
) -> Ticket:
    """Decide what the person is told on an item; `because` is for them, as written.

    Raises:
        PolicyError: there is no such item, it cannot be left out, or the person
            would not learn why.

    """
    ticket = locked(ticket_id, "answer_information", by=by, at=at)
    one = ticket.information.select_for_update().filter(item=item).first()
    if one is None:
        known = ", ".join(ticket.information.values_list("item", flat=True))
        raise PolicyError(
            _("There is no item “%(item)s”; known are: %(known)s.")
            % {"item": item, "known": known}
        )
    answer_is_lawful(one, state=state, because=because)
    one.state, one.because = state, because.strip()
    one.filled_by, one.filled_at = by.name, at
    one.save()
    digest = hashlib.sha256(one.because.encode()).hexdigest()
    record(
        ticket,
        Event.INFORMATION_ANSWERED,
        by=by,
        at=at,
        item=item,
        answer=state,
        because_sha256=digest,
    )
    return ticket


@transaction.atomic
def add_question(ticket_id: int, *, question: str, by: Actor, at: datetime) -> Ticket:
    """Put on the list what the person's own letter asks; it wants an answer."""
    ticket = locked(ticket_id, "add_question", by=by, at=at)
    if not question.strip():
        raise PolicyError(_("Write down what the person asks."))
    one = _ask(ticket, question.strip())
    record(ticket, Event.INFORMATION_ASKED, by=by, at=at, item=one.item)
    return ticket
