"""What the dispatch of a notice's letter means for the notice it carries."""

from datetime import datetime

from dsr.casework import clockwork
from dsr.casework.confirmations import told
from dsr.casework.proceeding import proceed
from dsr.casework.ticket_lock import record
from dsr.models import Letter, RecipientNotice, Ticket
from dsr.vocabulary import Actor, Event, NoticeState


def recipient_told(ticket: Ticket, letter: Letter, *, by: Actor, at: datetime) -> None:
    """Count the recipient as told: the letter's proof of dispatch is the notice's."""
    for notice in RecipientNotice.objects.select_for_update().filter(letter=letter):
        notice.state, notice.sent_at = NoticeState.SENT, letter.sent_at or at
        notice.save()
        told(notice, at=notice.sent_at)
        facts = {"recipient": notice.recipient, "letter": letter.pk}
        record(ticket, Event.NOTICE_SENT, by=by, at=at, **facts)
    clockwork.set_timers(ticket, at=at)
    proceed(ticket, by=by, at=at)


def recipient_not_told(letter: Letter) -> None:
    """Owe the notice again whose letter was taken back."""
    for notice in RecipientNotice.objects.select_for_update().filter(letter=letter):
        notice.state, notice.letter = NoticeState.OPEN, None
        notice.save()
