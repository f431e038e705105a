"""What a reopening leaves behind: what was asked for the first answer is asked anew."""

from datetime import datetime

from dsr.models import Ticket, reopened_at


def is_of_an_earlier_answer(ticket: Ticket, last: datetime | None) -> bool:
    """Whether something was last done before the ticket was opened again."""
    since = reopened_at(ticket)
    return last is not None and since is not None and last < since
