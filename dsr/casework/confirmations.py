"""The link by which a recipient says that it is done: part of the notice's mail.

Nothing waits for it, but who does not answer is reminded. GDPR Art. 19; Art. 5(2).
"""

from datetime import date, datetime

from dsr.casework.errand_days import NOTICE_DAYS, next_reminder
from dsr.casework.errands import end_errand, note_errand
from dsr.controller import current
from dsr.letters.drafting import new_message_id
from dsr.models import Errand, Letter, RecipientNotice, Ticket, calendar_of
from dsr.models.errand import new_nonce
from dsr.policy.checks import local_day
from dsr.vocabulary import Actor, ErrandState, Event, OrderAct


def ask_to_confirm(
    notice: RecipientNotice, letter: Letter, *, by: Actor, at: datetime
) -> None:
    """Give the recipient a link, which the mail of the letter carries.

    A letter on paper has none: nobody types a link. The caller holds the lock.
    """
    if not letter.to_email:
        return
    known = notice.errands.asked().first()
    errand = known or Errand(ticket=notice.ticket, notice=notice)
    errand.nonce, errand.message_id = new_nonce(), new_message_id()
    errand.to_email, errand.language = letter.to_email, letter.language
    errand.mails, errand.answer_by = 1, _answer_by(at)
    errand.given_by, errand.given_at = by.name, at
    errand.finish()  # what is mailed first is the letter
    errand.save()
    note_errand(errand, Event.ERRAND_GIVEN, by=by, at=at)


def told(notice: RecipientNotice, *, at: datetime) -> None:
    """Count the days until the first reminder from the dispatch of the letter."""
    for errand in notice.errands.asked():
        errand.mailed_at, errand.answer_by = at, _answer_by(at)
        errand.wait(at=at)
        errand.next_attempt_at = next_reminder(errand, at=at)
        errand.save()


def ask_no_more(ticket: Ticket, operation: OrderAct, *, at: datetime) -> None:
    """Remind nobody of what they are told anew, or of what is undone."""
    asked = ticket.errands.asked().filter(notice__operation=operation)
    for errand in asked.select_for_update():
        end_errand(errand, ErrandState.CALLED_OFF, at=at)


def _answer_by(at: datetime) -> date:
    days = calendar_of(current().identity.jurisdiction)
    return days.nth_working_day_after(local_day(at), NOTICE_DAYS)
