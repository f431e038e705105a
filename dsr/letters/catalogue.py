"""Every letter as data: its moment, the article that demands it, what it must hold.

A content is a name that the template puts on an element (`data-content`). A
letter in which a required content is missing or empty cannot be composed.
"""

from dsr.letters.follow_ups import FOLLOW_UPS, IDENTITY
from dsr.letters.letter_type import ALWAYS, REMEDIES, LetterType
from dsr.vocabulary import LetterKind, Outcome, RightCode

CATALOGUE: dict[str, LetterType] = {
    entry.kind.value: entry
    for entry in (
        LetterType(
            LetterKind.CONFIRM_ADDRESS,
            "a case was opened with an e-mail address that is not yet confirmed",
            "GDPR Art. 32(1)",
            asks=("code_id",),
            has_pdf=False,
            automatic=True,
            holds_code=True,
        ),
        LetterType(
            LetterKind.ACCESS_CODE,
            "someone who knows the reference asks to see the case",
            "GDPR Art. 32(1)",
            asks=("code_id",),
            has_pdf=False,
            automatic=True,
            holds_code=True,
        ),
        LetterType(
            LetterKind.ACKNOWLEDGEMENT,
            "a case was opened",
            "EDPB Guidelines 01/2022, § 57",
            (*ALWAYS, "receipt", "rights", "due_days", "derivation", "no_fee"),
            automatic=True,
            mail_suffices=True,
        ),
        LetterType(
            LetterKind.IDENTITY_REQUEST,
            "there are reasonable doubts as to who is asking",
            "GDPR Art. 12(6)",
            IDENTITY,
            asks=("reasons",),
            may_ask=("items", "until"),
        ),
        LetterType(
            LetterKind.CLARIFICATION_REQUEST,
            "there are many data and the request does not say which are meant",
            "GDPR recital 63",
            (*ALWAYS, "asked", "question", "full_answer", "time"),
            asks=("question",),
            may_ask=("held",),
        ),
        LetterType(
            LetterKind.VIEW_INVITATION,
            "a person is to review an automated decision, and hears the subject first",
            "GDPR Art. 22(3)",
            (*ALWAYS, "asked", "decision", "give_view", "meanwhile", "time"),
        ),
        LetterType(
            LetterKind.EXTENSION_NOTICE,
            "two further months were agreed, within the first month",
            "GDPR Art. 12(3)",
            (*ALWAYS, "asked", "reasons", "new_day", "derivation", "interim", REMEDIES),
            asks=("reasons",),
        ),
        LetterType(
            LetterKind.REDIRECTION,
            "another controller has to answer",
            "GDPR Arts. 4(7), 26(3) and 28(3)(e)",
            (*ALWAYS, "asked", "other_controller", REMEDIES),
            asks=("controller",),
            may_ask=("forwarded",),
        ),
        LetterType(
            LetterKind.REPLY,
            "a ticket is decided, and carried out where something was to be done",
            "GDPR Art. 12(3) and 12(4)",
            (*ALWAYS, "asked", "outcome", REMEDIES),
            may_ask=("done", "reasons"),
        ),
        LetterType(
            LetterKind.WITHDRAWAL_CONFIRMATION,
            "the person withdrew the request",
            "GDPR Art. 12(1)",
            (*ALWAYS, "asked", "withdrawn_on", "ask_again"),
        ),
        LetterType(
            LetterKind.FEE_LAPSED,
            "a fee that was told was not paid by its day",
            "GDPR Arts. 12(4) and 12(5)(a)",
            (*ALWAYS, "asked", "not_paid", "nothing_owed", "ask_again", REMEDIES),
        ),
        LetterType(
            LetterKind.LIFT_NOTICE,
            "two people agreed that the ground of a restriction has ended",
            "GDPR Art. 18(3)",
            (
                *ALWAYS,
                "asked",
                "restricted",
                "lift_on",
                "reasons",
                "what_you_can_do",
                REMEDIES,
            ),
            asks=("measure_id", "reasons"),
        ),
        LetterType(
            LetterKind.DESK_MESSAGE,
            "the desk wrote a message in the case",
            "GDPR Art. 12(1)",
            (*ALWAYS, "message"),
            asks=("message",),
            mail_suffices=True,
        ),
        LetterType(
            LetterKind.ADDRESS_CHANGED,
            "the answer goes to another e-mail address; the old one is told",
            "GDPR Art. 32(1)",
            has_pdf=False,
        ),
        *FOLLOW_UPS,
        LetterType(
            LetterKind.RECIPIENT_NOTICE,
            "something was done with data that others received",
            "GDPR Arts. 19, 21(3) and 7(3); C-129/21",
            (
                "reference",
                "operation",
                "operation_law",
                "operation_date",
                "identifiers",
                "confirmation",
                "minimum",
            ),
            asks=("operation", "identifiers", "since"),
            may_ask=("details",),
            automatic=True,
            to_recipient=True,
        ),
    )
}

# What a reply must hold besides, by how the ticket ended (law.md D.2).
BY_OUTCOME: dict[str, tuple[str, ...]] = {
    Outcome.GRANTED: ("done_on", "no_fee"),
    Outcome.PARTIAL: ("done_on", "grounds", "reasons", "no_fee"),
    Outcome.REFUSED: ("grounds", "reasons", "no_fee"),
    Outcome.NO_DATA: ("searched_for", "retention_remark", "no_fee"),
    Outcome.NOT_IDENTIFIED: ("grounds", "reasons", "how_to_complete", "no_fee"),
    Outcome.NOT_APPLICABLE: ("grounds", "reasons", "other_rights", "no_fee"),
    Outcome.FEE: ("amount", "fee_law", "cost_basis", "reasons", "may_withdraw"),
}

INFORMATION = (  # GDPR Art. 15(1)(a)-(h) and 15(2)
    "purposes",
    "categories",
    "recipients",
    "retention",
    "rights_left",
    "sources",
    "automated_decisions",
    "transfers",
)

# What it must hold when something was done, by right.
WHEN_DONE: dict[str, tuple[str, ...]] = {
    RightCode.ACCESS: ("copy", "codes", *INFORMATION),
    RightCode.RECTIFICATION: ("corrections", "recipients_told"),
    RightCode.ERASURE: ("erased", "recipients_told", "backups"),
    RightCode.RESTRICTION: ("recipients_told", "still_allowed", "before_lifting"),
    RightCode.OBJECTION: ("stopped", "erasure_follows"),
    RightCode.MARKETING_OPT_OUT: ("channels", "in_print", "suppression"),
    RightCode.AUTOMATED_DECISION_REVIEW: ("view_considered", "explanation"),
    RightCode.PORTABILITY: ("copy", "format", "exclusions", "keep_safe"),
    RightCode.CONSENT_WITHDRAWAL: ("earlier_lawful", "consequences", "other_basis"),
}

# What a reply holds after a human review, whatever its result. GDPR Art. 22(3).
REVIEWED = ("review_result", "view_considered", "review_reasons", "explanation")

# What it must hold besides, by right and outcome.
OF_THE_MATTER: dict[tuple[str, str], tuple[str, ...]] = {
    (RightCode.OBJECTION, Outcome.NOT_APPLICABLE): ("real_basis", "right_that_applies"),
}

# What the officer must have written before a reply with this outcome can go out.
ASKED_BY_OUTCOME: dict[str, tuple[str, ...]] = {
    Outcome.PARTIAL: ("reasons",),
    Outcome.REFUSED: ("reasons",),
    Outcome.NOT_IDENTIFIED: ("reasons",),
    Outcome.NOT_APPLICABLE: ("reasons",),
    Outcome.FEE: ("reasons",),
}


def required_contents(
    kind: str, right: str = "", outcome: str = "", *, reviewed: bool = False
) -> tuple[str, ...]:
    """Return what a letter must hold, for the right and outcome it is about."""
    contents = CATALOGUE[kind].contents
    if kind != LetterKind.REPLY:
        return contents
    done = WHEN_DONE[right] if outcome in Outcome.CARRIED_OUT else ()
    review = REVIEWED if reviewed else ()
    return (*contents, *BY_OUTCOME[outcome], *done, *review)


def required_parts(kind: str, outcome: str = "") -> tuple[str, ...]:
    """Return the free texts without which a letter cannot go out."""
    asked = ASKED_BY_OUTCOME.get(outcome, ()) if kind == LetterKind.REPLY else ()
    return (*CATALOGUE[kind].asks, *asked)
