"""Mutated mails taken in on a database: what each became, and what none may do.

Django has to be set up before this is imported.
"""

from datetime import UTC, datetime, timedelta

from dsr.intake.mailbox.machines import may_be_answered
from dsr.intake.mailbox.reading import read
from dsr.intake.mailbox.receive import receive
from dsr.models import ArrivalResult, DeskMail, DeskMailKind, Letter
from dsr.vocabulary import LetterState
from tests.dsr.intake.mailbox.mutations import End

START = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
APART = timedelta(hours=2)  # so that each sender may be acknowledged anew
RESULTS = {one.value for one in ArrivalResult} - {ArrivalResult.PASSED_ON.value}
WITH_A_CASE = (ArrivalResult.OPENED, ArrivalResult.THREADED)


def end_of_received(raw: bytes, number: int) -> End:
    """Take a mail in, and look at what became of it."""
    at = START + number * APART
    arrival = receive(raw, received_at=at, source="mutations", at=at).arrival
    arrival.refresh_from_db()
    written = Letter.objects.filter(created_at=at, state=LetterState.QUEUED)
    notes = DeskMail.objects.filter(created_at=at).exclude(kind=DeskMailKind.ALERT)
    wrong = {
        "ended as nothing": arrival.result not in RESULTS,
        "has no reason": not arrival.reason,
        "was not kept": not arrival.raw,
        "has no case": arrival.result in WITH_A_CASE and arrival.case is None,
        "was answered by a note": notes.exists(),
        "was answered, and is a machine's": written.exists()
        and not may_be_answered(read(raw)),
    }
    return End(
        str(arrival.result), ", ".join(what for what, is_so in wrong.items() if is_so)
    )
