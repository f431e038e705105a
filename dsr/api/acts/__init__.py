"""The acts by the API: what each takes, and the verb that does it."""

from dsr.api.acts.act import ApiAct
from dsr.api.acts.at_once import AT_ONCE
from dsr.api.acts.copies import COPIES
from dsr.api.acts.erasure import ERASURE
from dsr.api.acts.every_right import COMMON
from dsr.api.acts.excess import EXCESS
from dsr.api.acts.holds import HOLDS, ApiCaseAct
from dsr.api.acts.human_review import HUMAN_REVIEW
from dsr.api.acts.letters import LETTERS
from dsr.api.acts.rectification import RECTIFICATION
from dsr.api.acts.restriction import RESTRICTION
from dsr.api.acts.restrictions import MEASURE_ACTS
from dsr.api.acts.telling import TELLING

ACTS: dict[str, ApiAct] = {
    **COMMON,
    **AT_ONCE,
    **COPIES,
    **HUMAN_REVIEW,
    **RECTIFICATION,
    **ERASURE,
    **RESTRICTION,
    **TELLING,
    **EXCESS,
}

CASE_ACTS: dict[str, ApiCaseAct] = {**HOLDS, **LETTERS}

__all__ = ["ACTS", "CASE_ACTS", "MEASURE_ACTS", "ApiAct"]
