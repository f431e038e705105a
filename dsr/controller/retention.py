"""A rule that keeps single records when a category of data is to be erased."""

from dataclasses import dataclass
from typing import Literal

from dsr.controller.text import Text


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long, on which exception of Art. 17(3), and by which law.

    Either the `limitation` of a kind of action, which the law gives (with its cap,
    its pause for minors, its interruption), or `years` from the event or, as for
    accounts, from the end of its year. `while_open`: before the event, all is kept,
    or the years count from today, or nothing keeps.
    """

    title: Text
    ground: Literal[
        "legal_obligation",
        "legal_claims",
        "freedom_of_expression",
        "public_health",
        "archiving_research_statistics",
    ]
    limitation: (
        Literal["contract", "life_reserve", "direct_action", "recourse"] | None
    ) = None
    years: int | None = None
    law: str | None = None
    from_year_end: bool = False
    while_open: Literal["keep", "today", "nothing"] = "keep"
