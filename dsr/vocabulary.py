"""The field's own words, as choices.

A leaf: it imports nothing of ours, so every other module may import it.
"""

from dataclasses import dataclass
from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class RightCode(models.TextChoices):
    """The nine rights of the privacy policy, one ticket each."""

    ACCESS = "access", _("Access")
    RECTIFICATION = "rectification", _("Rectification")
    ERASURE = "erasure", _("Erasure")
    RESTRICTION = "restriction", _("Restriction of processing")
    OBJECTION = "objection", _("Objection")
    MARKETING_OPT_OUT = "marketing_opt_out", _("Objection to direct marketing")
    AUTOMATED_DECISION_REVIEW = (
        "automated_decision_review",
        _("Review of an automated decision"),
    )
    PORTABILITY = "portability", _("Portability")
    CONSENT_WITHDRAWAL = "consent_withdrawal", _("Withdrawal of consent")


class State(models.TextChoices):
    """Where a ticket stands. `docs/states.md` is drawn from the transitions."""

    RECEIVED = "received", _("received")
    TRIAGE = "triage", _("being qualified")
    AWAITING_IDENTITY = "awaiting_identity", _("awaiting proof of identity")
    AWAITING_CLARIFICATION = "awaiting_clarification", _("awaiting clarification")
    IN_PROGRESS = "in_progress", _("in progress")
    DECISION_PENDING = "decision_pending", _("decision pending")
    EXECUTING = "executing", _("being carried out")
    SUPPRESSING = "suppressing", _("being put on the suppression list")
    PROPAGATING = "propagating", _("suppressed, being passed on")
    REVOKING = "revoking", _("consent being taken back")
    STOPPING = "stopping", _("consent taken back, processing being stopped")
    ERASURE_CHECK = "erasure_check", _("stopped, what must be erased is checked")
    REPLY_PENDING = "reply_pending", _("reply being prepared")
    REPLIED = "replied", _("replied")
    CLOSED = "closed", _("closed")
    REDIRECTED = "redirected", _("passed on to another controller")
    MERGED = "merged", _("merged with another ticket")
    WITHDRAWN = "withdrawn", _("withdrawn by requester")

    # Those the law still expects an answer to.
    OPEN = nonmember(
        (
            "received",
            "triage",
            "awaiting_identity",
            "awaiting_clarification",
            "in_progress",
            "decision_pending",
            "executing",
            "suppressing",
            "propagating",
            "revoking",
            "stopping",
            "erasure_check",
            "reply_pending",
        )
    )
    # Those in which the person, not the desk, is to act.
    WAITING = nonmember(("awaiting_identity", "awaiting_clarification"))


class Outcome(models.TextChoices):
    """How a ticket ended; a field of its own beside the state."""

    GRANTED = "granted", _("granted")
    PARTIAL = "partial", _("partially granted")
    REFUSED = "refused", _("refused")
    NO_DATA = "no_data", _("no data found")
    NOT_IDENTIFIED = "not_identified", _("requester not identified")
    NOT_APPLICABLE = "not_applicable", _("right not applicable")
    FEE = "fee", _("a fee is asked")
    REDIRECTED = "redirected", _("other controller")
    MERGED = "merged", _("merged")
    WITHDRAWN = "withdrawn", _("withdrawn")

    # What a decision may be; the others come about by an act of their own.
    DECIDABLE = nonmember(
        (
            "granted",
            "partial",
            "refused",
            "no_data",
            "not_identified",
            "not_applicable",
            "fee",
        )
    )
    # A second person must agree (four eyes; EDPB CEF 2025).
    FOUR_EYES = nonmember(("partial", "refused", "not_identified", "fee"))
    # Something is carried out before the reply.
    CARRIED_OUT = nonmember(("granted", "partial"))
    # Each must name at least one ground.
    NEEDS_GROUND = nonmember(("partial", "refused", "not_identified", "not_applicable"))


class Channel(models.TextChoices):
    """How a case reached us."""

    WEB = "web", _("web form")
    MAIL = "mail", _("e-mail")
    POST = "post", _("post")
    PHONE = "phone", _("telephone or counter")
    API = "api", _("interface")


class LetterKind(models.TextChoices):
    """Every letter the desk writes; `dsr.letters.catalogue` says what each holds."""

    CONFIRM_ADDRESS = "confirm_address", _("confirmation of the address")
    ACCESS_CODE = "access_code", _("one-time code")
    ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")
    IDENTITY_REQUEST = "identity_request", _("request for proof of identity")
    CLARIFICATION_REQUEST = "clarification_request", _("request for clarification")
    EXTENSION_NOTICE = "extension_notice", _("notice of extension")
    REDIRECTION = "redirection", _("redirection to another controller")
    REPLY = "reply", _("reply")
    WITHDRAWAL_CONFIRMATION = "withdrawal_confirmation", _("confirmation of withdrawal")
    DESK_MESSAGE = "desk_message", _("notice of a message")
    ADDRESS_CHANGED = "address_changed", _("address changed")


class LetterState(models.TextChoices):
    """draft → approved → queued → sent; `failed` waits for an officer."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")
    QUEUED = "queued", _("waiting to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    CANCELLED = "cancelled", _("cancelled")


class ClockEventKind(models.TextChoices):
    """What moves the legal date; the words are those of `dsr.clock.events`."""

    IDENTITY_ASKED = "identity_asked", _("proof of identity asked for")
    IDENTITY_INSUFFICIENT = "identity_insufficient", _("proof was not sufficient")
    IDENTITY_OK = "identity_ok", _("identity established")
    CLARIFICATION_ASKED = "clarification_asked", _("clarification asked for")
    CLARIFIED = "clarified", _("clarified")
    EXTENSION_NOTIFIED = "extension_notified", _("extension notified")


class TimerKind(models.TextChoices):
    """A due act; rows, not messages."""

    HALF_TIME = "half_time", _("half of the time has passed")
    THREE_QUARTERS = "three_quarters", _("three quarters of the time have passed")
    FIVE_DAYS = "five_days", _("five working days are left")
    TWO_DAYS = "two_days", _("two working days are left")
    ONE_DAY = "one_day", _("one working day is left")
    EXTENSION_DECISION = "extension_decision", _("last days to announce an extension")
    STRICT_DUE_PASSED = "strict_due_passed", _("one month has passed")
    DUE_PASSED = "due_passed", _("the legal day has passed")
    IDENTITY_TIMEOUT = "identity_timeout", _("no proof of identity has come")
    CLARIFICATION_TIMEOUT = "clarification_timeout", _("no clarification has come")
    TRIAGE_DUE = "triage_due", _("to be taken in hand by now")
    IDENTITY_ASK_DUE = "identity_ask_due", _("last call to ask for proof of identity")
    MARKETING_STOP_DUE = "marketing_stop_due", _("the processing has to stop by now")
    REFUSAL_NOTICE = "refusal_notice", _("last days to refuse")

    # They call for an act, and are silent once it is done.
    UNTIL_DONE = nonmember(("triage_due", "identity_ask_due", "marketing_stop_due"))


class WhyMoved(models.TextChoices):
    """Why the dates of an open ticket were computed anew."""

    HOLIDAY_ADDED = "holiday_added", _("a public holiday was added")
    HOLIDAY_REMOVED = "holiday_removed", _("a public holiday was removed")
    CALENDAR = "calendar_data", _("the calendar changed")
    POLICY = "clock_policy", _("the policy on time limits changed")


class SearchState(models.TextChoices):
    """What became of the search in one system."""

    WAITING = "waiting", _("waiting")
    FOUND = "found", _("data found")
    NOTHING = "nothing", _("nothing found")
    UNREACHABLE = "unreachable", _("could not be searched")
    EXCUSED = "excused", _("excused with a reason")


class IdentifierKind(models.TextChoices):
    """By what a person can be found; the values are identity keys of datasets."""

    EMAIL = "email", _("e-mail address")
    PHONE = "phone_number", _("telephone number")
    CUSTOMER = "customer_number", _("customer number")
    POLICY = "policy_number", _("policy number")
    CLAIM = "claim_number", _("claim number")


class Role(models.TextChoices):
    """Who may act; the values are names of groups."""

    HANDLER = "handler", _("handler")
    DPO = "dpo", _("data protection officer")
    DECIDER = "decider", _("decider")
    AUDITOR = "auditor", _("auditor")
    SUBJECT = "subject", _("the person")
    SYSTEM = "system", _("the system")

    STAFF = nonmember(("handler", "dpo", "decider", "auditor"))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a name for the ledger, and the roles that allow it.

    `name` is a user name, `subject`, or `system`: never a person's own name.
    """

    name: str
    roles: frozenset[str]


SYSTEM = Actor("system", frozenset({Role.SYSTEM.value}))
SUBJECT = Actor("subject", frozenset({Role.SUBJECT.value}))


class Event(models.TextChoices):
    """What the ledger can say, as `thing.act`. Stored: a rename needs a migration."""

    CASE_OPENED = "case.opened", _("case opened")
    CASE_RIGHT_ADDED = "case.right_added", _("a right added")
    CASE_ADDRESS_CONFIRMED = "case.address_confirmed", _("address confirmed")
    CASE_ADDRESS_CHANGED = "case.address_changed", _("address changed")
    CASE_DOCUMENT_ADDED = "case.document_added", _("document added")
    CASE_MESSAGE_RECEIVED = "case.message_received", _("message received")
    CASE_MESSAGE_SENT = "case.message_sent", _("message sent")
    CASE_CODE_SENT = "case.code_sent", _("one-time code asked for")
    CASE_CODE_ACCEPTED = "case.code_accepted", _("one-time code accepted")
    CASE_IDENTIFIER_ADDED = "case.identifier_added", _("identifier noted")
    TICKET_QUALIFIED = "ticket.qualified", _("qualification begun")
    TICKET_TAKEN = "ticket.taken", _("taken in hand")
    TICKET_IDENTITY_ASKED = "ticket.identity_asked", _("proof of identity asked for")
    TICKET_PROOF_REJECTED = "ticket.proof_rejected", _("proof was not sufficient")
    TICKET_PROOF_ACCEPTED = "ticket.proof_accepted", _("identity established")
    TICKET_CLARIFICATION_ASKED = (
        "ticket.clarification_asked",
        _("clarification asked for"),
    )
    TICKET_CLARIFIED = "ticket.clarified", _("clarified")
    TICKET_EXTENSION_PROPOSED = "ticket.extension_proposed", _("extension proposed")
    TICKET_EXTENDED = "ticket.extended", _("extension agreed")
    TICKET_EXTENSION_TOLD = "ticket.extension_told", _("extension announced")
    TICKET_PROPOSED = "ticket.proposed", _("decision proposed")
    TICKET_RETURNED = "ticket.returned", _("proposal returned")
    TICKET_DECIDED = "ticket.decided", _("decided")
    TICKET_CARRIED_OUT = "ticket.carried_out", _("carried out")
    TICKET_REPLIED = "ticket.replied", _("replied")
    TICKET_CLOSED = "ticket.closed", _("closed")
    TICKET_REDIRECTED = "ticket.redirected", _("passed on to another controller")
    TICKET_MERGED = "ticket.merged", _("merged")
    TICKET_WITHDRAWN = "ticket.withdrawn", _("withdrawn")
    TICKET_REOPENED = "ticket.reopened", _("reopened")
    TICKET_OVERDUE = "ticket.overdue", _("overdue")
    TICKET_ALARM = "ticket.alarm", _("alarm")
    TICKET_DATES_MOVED = "ticket.dates_moved", _("dates moved")
    TICKET_ASSIGNED = "ticket.assigned", _("assigned")
    SUPPRESSION_ADDED = "suppression.added", _("put on the suppression list")
    CONSENT_REVOKED = "consent.revoked", _("consent taken back")
    CONSENT_STOPPED = "consent.stopped", _("processing stopped")
    SEARCH_ORDERED = "search.ordered", _("search ordered")
    SEARCH_DONE = "search.done", _("system searched")
    SEARCH_FAILED = "search.failed", _("system could not be searched")
    SEARCH_EXCUSED = "search.excused", _("search excused")
    ITEM_WITHHELD = "search.item_withheld", _("item withheld")
    ITEM_RELEASED = "search.item_released", _("item no longer withheld")
    LETTER_DRAFTED = "letter.drafted", _("letter drafted")
    LETTER_APPROVED = "letter.approved", _("letter approved")
    LETTER_SENT = "letter.sent", _("letter sent")
    LETTER_FAILED = "letter.failed", _("letter could not be sent")
    LETTER_CANCELLED = "letter.cancelled", _("letter cancelled")
    PACKAGE_BUILT = "package.built", _("package built")
    PACKAGE_FAILED = "package.failed", _("package could not be built")
    PACKAGE_FETCHED = "package.fetched", _("package fetched")
    PACKAGE_EXPIRED = "package.expired", _("package deleted")
    MAIL_SETTLED = "mail.settled", _("mail settled")
    REPORT_MADE = "report.made", _("report made")
    HOLIDAY_ADDED = "calendar.holiday_added", _("public holiday added")
    HOLIDAY_REMOVED = "calendar.holiday_removed", _("public holiday removed")
    DATES_RECOMPUTED = "calendar.recomputed", _("open tickets computed anew")
