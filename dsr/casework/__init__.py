"""The desk's verbs: the only code that moves a ticket.

Those of tasks given by link stand in `errands`, `errand_answers`, `errand_mails`.
"""

from dsr.casework.addresses import set_address
from dsr.casework.advice import advise, override_late_refusal
from dsr.casework.at_once import confirm, go_on_at_once
from dsr.casework.calendar import NewHoliday, add_holiday, remove_holiday
from dsr.casework.carrying_out import (
    carry_out_orders,
    orders_for_a_machine,
    retry_orders,
)
from dsr.casework.clarification import ask_clarification, clarify
from dsr.casework.codes import send_code
from dsr.casework.consent import check_erasure, check_purpose
from dsr.casework.consent_erasure import open_erasure
from dsr.casework.correcting import plan_corrections
from dsr.casework.correspondence import (
    approve_letter,
    bound_of_letter,
    cancel_letter,
    retry_letter,
)
from dsr.casework.daily_deletion import delete_expired
from dsr.casework.decision import complete, decide, propose, return_proposal
from dsr.casework.delay import tell_delay
from dsr.casework.dispatch import send_letters
from dsr.casework.documents import add_document
from dsr.casework.entrance import enter_code
from dsr.casework.erasing import (
    examine_exceptions,
    examine_grounds,
    tell_publishers,
)
from dsr.casework.erasing_by_machine import plan_erasures
from dsr.casework.erasure_plans import (
    erasure_plan_of,
    provisional_plan_of,
    retention_rules,
)
from dsr.casework.excess import (
    Abuse,
    record_abuse,
    record_repetition,
    record_unfounded,
)
from dsr.casework.extension import extend, propose_extension
from dsr.casework.fee_ends import fee_lapsed, fee_paid
from dsr.casework.fees import Fee
from dsr.casework.findings import (
    found_and_released,
    read_findings,
    release,
    released_findings,
    withhold,
)
from dsr.casework.gates import NewAnswer, answer_gates
from dsr.casework.health import clear_health, seal_document, see_health
from dsr.casework.holds import lift_hold, place_hold
from dsr.casework.human_review import (
    Qualification,
    Reviewed,
    assign_reviewer,
    qualify_decision,
    record_review,
    stop_special_use,
)
from dsr.casework.identity import (
    accept_proof,
    ask_identity,
    establish_identity,
    reject_proof,
)
from dsr.casework.information import add_question, answer_information
from dsr.casework.kept_data import erase_kept, move_keep_until
from dsr.casework.leftover_files import sweep_files
from dsr.casework.letter_texts import edit_letter
from dsr.casework.lifting import (
    approve_lift,
    keep_measure,
    lift_measure,
    propose_lift,
)
from dsr.casework.marking import plan_marks
from dsr.casework.measures import begin_measure, note_use
from dsr.casework.messages import LONGEST_MESSAGE, write_message, write_note
from dsr.casework.new_case import NewCase, NewFile
from dsr.casework.notices import (
    confirm_notice,
    confirm_notices,
    excuse_notice,
    tell_recipient,
    tell_recipients,
)
from dsr.casework.objection import begin_balancing, check_basis, weigh_interests
from dsr.casework.opening import (
    add_identifier,
    add_right,
    confirm_address,
    open_case,
)
from dsr.casework.orders import close_order, close_orders
from dsr.casework.packages import (
    awaits_copy,
    package_built,
    package_dropped,
    package_expired,
    package_expires_soon,
    package_failed,
    package_fetched,
    package_opened,
)
from dsr.casework.posting import record_posted
from dsr.casework.recomputing import Moved, Recomputed, recompute
from dsr.casework.rectifying import judge_datum, verify
from dsr.casework.replaying import replay_erasures
from dsr.casework.restriction import apply_restriction, examine_restriction
from dsr.casework.retention import Planned, plan_of
from dsr.casework.returned import (
    letter_delayed,
    letter_returned,
    look_after_letter,
)
from dsr.casework.searches import (
    excuse_search,
    identities_of,
    search_again,
    search_systems,
)
from dsr.casework.sending_again import send_again
from dsr.casework.timers import fire_timers
from dsr.casework.transfers import (
    accept_transfer,
    ask_transfer,
    excuse_transfer,
    finish_transfer,
)
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
    "Abuse",
    "Fee",
    "Moved",
    "NewAnswer",
    "NewCase",
    "NewFile",
    "NewHoliday",
    "Planned",
    "Qualification",
    "Recomputed",
    "Reviewed",
    "accept_proof",
    "accept_transfer",
    "add_document",
    "add_holiday",
    "add_identifier",
    "add_question",
    "add_right",
    "advise",
    "answer_gates",
    "answer_information",
    "apply_restriction",
    "approve_letter",
    "approve_lift",
    "ask_clarification",
    "ask_identity",
    "ask_transfer",
    "assign",
    "assign_reviewer",
    "awaits_copy",
    "begin_balancing",
    "begin_measure",
    "bound_of_letter",
    "cancel_letter",
    "carry_out_orders",
    "check_basis",
    "check_erasure",
    "check_purpose",
    "clarify",
    "clear_health",
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
    "delete_expired",
    "edit_letter",
    "enter_code",
    "erase_kept",
    "erasure_plan_of",
    "establish_identity",
    "examine_exceptions",
    "examine_grounds",
    "examine_restriction",
    "excuse_notice",
    "excuse_search",
    "excuse_transfer",
    "extend",
    "fee_lapsed",
    "fee_paid",
    "finish_transfer",
    "fire_timers",
    "found_and_released",
    "go_on_at_once",
    "identities_of",
    "judge_datum",
    "keep_measure",
    "letter_delayed",
    "letter_returned",
    "lift_hold",
    "lift_measure",
    "look_after_letter",
    "merge",
    "month_from",
    "move_keep_until",
    "note_use",
    "open_case",
    "open_erasure",
    "orders_for_a_machine",
    "override_late_refusal",
    "package_built",
    "package_dropped",
    "package_expired",
    "package_expires_soon",
    "package_failed",
    "package_fetched",
    "package_opened",
    "place_hold",
    "plan_corrections",
    "plan_erasures",
    "plan_marks",
    "plan_of",
    "propose",
    "propose_extension",
    "propose_lift",
    "provisional_plan_of",
    "qualify_decision",
    "read_findings",
    "recompute",
    "record_abuse",
    "record_posted",
    "record_repetition",
    "record_review",
    "record_unfounded",
    "redirect",
    "reject_proof",
    "release",
    "released_findings",
    "remove_holiday",
    "reopen",
    "replay_erasures",
    "retention_rules",
    "retry_letter",
    "retry_orders",
    "return_proposal",
    "seal_document",
    "search_again",
    "search_systems",
    "see_health",
    "send_again",
    "send_code",
    "send_letters",
    "set_address",
    "stop_special_use",
    "sweep_files",
    "take_in_hand",
    "tell_delay",
    "tell_publishers",
    "tell_recipient",
    "tell_recipients",
    "verify",
    "weigh_interests",
    "withdraw",
    "withhold",
    "write_message",
    "write_note",
]
