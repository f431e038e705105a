"""Who is asking, what they took back, and rows that workers carry out."""

from subjects.models.consents import (
    Consent,
    SuppressionChannel,
    SuppressionEntry,
    consents_of,
    is_suppressed,
    revoke,
    suppress,
)
from subjects.models.identity import Identifier, Subject
from subjects.models.kept_question import KeptQuestion, Whether
from subjects.models.keyed import digest_of, digest_under, key_id, keys, normal
from subjects.models.work import Work, WorkQuerySet, at_iff_by, work_index

__all__ = [
    "Consent",
    "Identifier",
    "KeptQuestion",
    "Subject",
    "SuppressionChannel",
    "SuppressionEntry",
    "Whether",
    "Work",
    "WorkQuerySet",
    "at_iff_by",
    "consents_of",
    "digest_of",
    "digest_under",
    "is_suppressed",
    "key_id",
    "keys",
    "normal",
    "revoke",
    "suppress",
    "work_index",
]
