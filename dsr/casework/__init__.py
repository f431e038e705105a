"""The desk's verbs: the only code that moves a ticket."""

from dsr.casework.addresses import set_address
from dsr.casework.at_once import confirm, go_on_at_once
from dsr.casework.calendar import NewHoliday, add_holiday, remove_holiday
from dsr.casework.clarification import ask_clarification, clarify
from dsr.casework.clockwork import month_from
from dsr.casework.codes import send_code
from dsr.casework.consent import check_erasure, check_purpose
from dsr.casework.consent_erasure import open_erasure
from dsr.casework.correspondence import (
    approve_letter,
    cancel_letter,
    edit_letter,
    record_posted,
    retry_letter,
)
from dsr.casework.decision import complete, decide, propose, return_proposal
from dsr.casework.delay import tell_delay
from dsr.casework.dispatch import send_letters
from dsr.casework.entrance import enter_code
from dsr.casework.extension import extend, propose_extension
from dsr.casework.findings import (
    read_findings,
    release,
    released_findings,
    withhold,
)
from dsr.casework.identity import (
    accept_proof,
    ask_identity,
    establish_identity,
    reject_proof,
)
from dsr.casework.lifting import (
    approve_lift,
    keep_measure,
    lift_measure,
    propose_lift,
)
from dsr.casework.measures import begin_measure, note_use, protects_from_erasure
from dsr.casework.messages import LONGEST_MESSAGE, write_message, write_note
from dsr.casework.notices import (
    confirm_notice,
    confirm_notices,
    excuse_notice,
    tell_recipient,
    tell_recipients,
)
from dsr.casework.opening import (
    NewCase,
    NewFile,
    add_document,
    add_identifier,
    add_right,
    confirm_address,
    open_case,
)
from dsr.casework.orders import close_order, close_orders
from dsr.casework.packages import (
    package_built,
    package_expired,
    package_expires_soon,
    package_failed,
    package_fetched,
)
from dsr.casework.recomputing import Moved, Recomputed, recompute
from dsr.casework.searches import excuse_search, search_again, search_systems
from dsr.casework.timers import fire_timers
from dsr.casework.triage import (
    assign,
    close,
    merge,
    redirect,
    reopen,
    take_in_hand,
    withdraw,
)
from dsr.models import deadline_of

__all__ = [
    "LONGEST_MESSAGE",
    "Moved",
    "NewCase",
    "NewFile",
    "NewHoliday",
    "Recomputed",
    "accept_proof",
    "add_document",
    "add_holiday",
    "add_identifier",
    "add_right",
    "approve_letter",
    "approve_lift",
    "ask_clarification",
    "ask_identity",
    "assign",
    "begin_measure",
    "cancel_letter",
    "check_erasure",
    "check_purpose",
    "clarify",
    "close",
    "close_order",
    "close_orders",
    "complete",
    "confirm",
    "confirm_address",
    "confirm_notice",
    "confirm_notices",
    "deadline_of",
    "decide",
    "edit_letter",
    "enter_code",
    "establish_identity",
    "excuse_notice",
    "excuse_search",
    "extend",
    "fire_timers",
    "go_on_at_once",
    "keep_measure",
    "lift_measure",
    "merge",
    "month_from",
    "note_use",
    "open_case",
    "open_erasure",
    "package_built",
    "package_expired",
    "package_expires_soon",
    "package_failed",
    "package_fetched",
    "propose",
    "propose_extension",
    "propose_lift",
    "protects_from_erasure",
    "read_findings",
    "recompute",
    "record_posted",
    "redirect",
    "reject_proof",
    "release",
    "released_findings",
    "remove_holiday",
    "reopen",
    "retry_letter",
    "return_proposal",
    "search_again",
    "search_systems",
    "send_code",
    "send_letters",
    "set_address",
    "take_in_hand",
    "tell_delay",
    "tell_recipient",
    "tell_recipients",
    "withdraw",
    "withhold",
    "write_message",
    "write_note",
]
