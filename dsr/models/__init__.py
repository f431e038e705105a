"""Cases, tickets, and what belongs to them; timers and the ledger."""

from dsr.models.access_code import AccessCode, Guess
from dsr.models.case import Case, Document, DocumentKind, YearNumber
from dsr.models.clock_event import ClockEvent, computed_otherwise, deadline_of
from dsr.models.holiday import PublicHoliday, calendar_of
from dsr.models.ledger import DESK, LedgerEntry, LedgerHead, find_faults
from dsr.models.letter import Letter
from dsr.models.measure import MeasureUse, RestrictionMeasure
from dsr.models.message import Arrival, ArrivalResult, Message, MessageKind
from dsr.models.notice import RecipientNotice
from dsr.models.order import SystemOrder
from dsr.models.purpose_check import PurposeCheck
from dsr.models.search import SearchTask, Withholding
from dsr.models.ticket import Ticket
from dsr.models.timer import Timer

__all__ = [
    "DESK",
    "AccessCode",
    "Arrival",
    "ArrivalResult",
    "Case",
    "ClockEvent",
    "Document",
    "DocumentKind",
    "Guess",
    "LedgerEntry",
    "LedgerHead",
    "Letter",
    "MeasureUse",
    "Message",
    "MessageKind",
    "PublicHoliday",
    "PurposeCheck",
    "RecipientNotice",
    "RestrictionMeasure",
    "SearchTask",
    "SystemOrder",
    "Ticket",
    "Timer",
    "Withholding",
    "YearNumber",
    "calendar_of",
    "computed_otherwise",
    "deadline_of",
    "find_faults",
]
