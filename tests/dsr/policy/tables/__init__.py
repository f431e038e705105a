"""Who may do what, in which state: one table a right, written by hand from the law."""

from tests.dsr.policy.tables import (
    access,
    automated_decision_review,
    consent_withdrawal,
    erasure,
    marketing_opt_out,
    objection,
    portability,
    rectification,
    restriction,
)
from tests.dsr.policy.tables.table import ACTORS, Also, Opening, Table

TABLES: dict[str, Table] = {
    "access": access.TABLE,
    "rectification": rectification.TABLE,
    "erasure": erasure.TABLE,
    "restriction": restriction.TABLE,
    "objection": objection.TABLE,
    "portability": portability.TABLE,
    "automated_decision_review": automated_decision_review.TABLE,
    "marketing_opt_out": marketing_opt_out.TABLE,
    "consent_withdrawal": consent_withdrawal.TABLE,
}

__all__ = ["ACTORS", "TABLES", "Also", "Opening", "Table"]
