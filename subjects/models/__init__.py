"""Who is asking, and rows that workers carry out."""

from subjects.models.identity import Identifier, Subject, normal
from subjects.models.work import Work, WorkQuerySet, at_iff_by, work_index

__all__ = [
    "Identifier",
    "Subject",
    "Work",
    "WorkQuerySet",
    "at_iff_by",
    "normal",
    "work_index",
]
