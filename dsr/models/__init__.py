"""Cases, tickets, and what belongs to them; timers and the ledger."""

from dsr.models.access_code import AccessCode, Guess
from dsr.models.advice import Advice, LateRefusal
from dsr.models.asking import ClarificationRound, IdentityCheck
from dsr.models.automated_decision import AutomatedDecision
from dsr.models.case import Case, Document, DocumentKind, YearNumber
from dsr.models.clock_event import (
    ClockEvent,
    computed_otherwise,
    deadline_of,
    reopened_at,
)
from dsr.models.correction import Correction
from dsr.models.debt import ErasureDebt
from dsr.models.desk_mail import DeskMail, DeskMailKind
from dsr.models.erasure import ErasureItem
from dsr.models.errand import Errand
from dsr.models.examination import RestrictionExamination
from dsr.models.excess import AbuseEvidence, EarlierReply, UnfoundedEvidence
from dsr.models.fee import FeeNotice
from dsr.models.found_document import FoundDocument
from dsr.models.gate_answer import GateAnswer
from dsr.models.health import HealthClearance
from dsr.models.holiday import PublicHoliday, calendar_of
from dsr.models.human_review import HumanReview
from dsr.models.incident import Incident, SendingLog
from dsr.models.information import InformationItem
from dsr.models.ledger import DESK, LedgerEntry, LedgerHead, find_faults
from dsr.models.letter import Letter
from dsr.models.mailbox import Delivery, Mailbox
from dsr.models.measure import MeasureUse, RestrictionMeasure
from dsr.models.message import Arrival, ArrivalResult, Message, MessageKind
from dsr.models.notice import RecipientNotice
from dsr.models.objection import BalancingRecord, ObjectedPurpose
from dsr.models.order import SystemOrder
from dsr.models.provenance import ProvenanceMap
from dsr.models.purpose_check import PurposeCheck
from dsr.models.refused_use import RefusedUse
from dsr.models.retention import DESK_ITSELF, Deletion, LegalHold, RegisterTotal
from dsr.models.scan import Scan
from dsr.models.search import SearchTask, Withholding
from dsr.models.ticket import Ticket
from dsr.models.timer import Timer
from dsr.models.transfer import DirectTransfer
from dsr.models.tray import BlockedSender, FurtherCase, LabelledExample

__all__ = [
    "DESK",
    "DESK_ITSELF",
    "AbuseEvidence",
    "AccessCode",
    "Advice",
    "Arrival",
    "ArrivalResult",
    "AutomatedDecision",
    "BalancingRecord",
    "BlockedSender",
    "Case",
    "ClarificationRound",
    "ClockEvent",
    "Correction",
    "Deletion",
    "Delivery",
    "DeskMail",
    "DeskMailKind",
    "DirectTransfer",
    "Document",
    "DocumentKind",
    "EarlierReply",
    "ErasureDebt",
    "ErasureItem",
    "Errand",
    "FeeNotice",
    "FoundDocument",
    "FurtherCase",
    "GateAnswer",
    "Guess",
    "HealthClearance",
    "HumanReview",
    "IdentityCheck",
    "Incident",
    "InformationItem",
    "LabelledExample",
    "LateRefusal",
    "LedgerEntry",
    "LedgerHead",
    "LegalHold",
    "Letter",
    "Mailbox",
    "MeasureUse",
    "Message",
    "MessageKind",
    "ObjectedPurpose",
    "ProvenanceMap",
    "PublicHoliday",
    "PurposeCheck",
    "RecipientNotice",
    "RefusedUse",
    "RegisterTotal",
    "RestrictionExamination",
    "RestrictionMeasure",
    "Scan",
    "SearchTask",
    "SendingLog",
    "SystemOrder",
    "Ticket",
    "Timer",
    "UnfoundedEvidence",
    "Withholding",
    "YearNumber",
    "calendar_of",
    "computed_otherwise",
    "deadline_of",
    "find_faults",
    "reopened_at",
]
