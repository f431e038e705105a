"""The letters that keep a person informed between the request and the reply."""

from dsr.letters.letter_type import ALWAYS, REMEDIES, LetterType
from dsr.vocabulary import LetterKind

# What whoever is asked for proof must read; EDPB Guidelines 01/2022 §§ 76-79.
IDENTITY = (
    *ALWAYS,
    "asked",
    "reasons",
    "items",
    "masking",
    "deletion",
    "time",
    "until",
)

FOLLOW_UPS = (
    LetterType(
        LetterKind.IDENTITY_REMINDER,
        "half of the time for the proof of identity has passed in silence",
        "GDPR Arts. 12(2) and 12(6)",
        IDENTITY,
        asks=("reasons", "until"),
        may_ask=("items",),
        automatic=True,
    ),
    LetterType(
        LetterKind.PROOF_INSUFFICIENT,
        "what came does not settle the doubt as to who is asking",
        "GDPR Art. 12(6); EDPB Guidelines 01/2022, example 31",
        IDENTITY,
        asks=("reasons", "until"),
        may_ask=("items",),
    ),
    LetterType(
        LetterKind.CLARIFICATION_CLOSED,
        "no clarification came, so the request is answered in full",
        "GDPR recital 63",
        (*ALWAYS, "asked", "full_answer", "due_days", "derivation"),
        automatic=True,
        mail_suffices=True,
    ),
    LetterType(
        LetterKind.DELAY_NOTICE,
        "the reply will come after its last day",
        "GDPR Art. 12(3) and 12(4)",
        (*ALWAYS, "asked", "apology", "reasons", "due_days", "until", REMEDIES),
        asks=("reasons", "until"),
    ),
    LetterType(
        LetterKind.FORWARDING,
        "we only process for the controller that has to answer",
        "GDPR Art. 28(3)(e)",
        ("reference", "duty", "person", "reach", "received", "rights", "assist"),
        asks=("controller",),
        to_recipient=True,
        paper_only=True,
    ),
    LetterType(
        LetterKind.REOPENED,
        "an answered request is looked at again",
        "GDPR Arts. 12(2), 12(3) and 58(2)(c)",
        (*ALWAYS, "asked", "again", "until", REMEDIES),
        asks=("until",),
        may_ask=("reasons",),
    ),
    LetterType(
        LetterKind.MERGED,
        "a request repeats one that is still open",
        "EDPB Guidelines 01/2022, § 29",
        (*ALWAYS, "asked", "into", "due_days", "derivation", "mistaken"),
        asks=("into",),
    ),
    LetterType(
        LetterKind.PACKAGE_REMINDER,
        "a copy is about to be deleted and was not fetched",
        "GDPR Art. 15(3)",
        (*ALWAYS, "until", "where", "once_more"),
        asks=("until",),
        automatic=True,
        mail_suffices=True,
    ),
)
