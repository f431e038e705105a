"""The acts of the desk: what each asks, what it does, what it will say."""

from dsr.desk.acts.act import DeskAct
from dsr.desk.acts.at_once import AT_ONCE
from dsr.desk.acts.copies import COPIES
from dsr.desk.acts.erasure import ERASURE
from dsr.desk.acts.every_right import COMMON
from dsr.desk.acts.excess import EXCESS
from dsr.desk.acts.human_review import ADVICE, HUMAN_REVIEW
from dsr.desk.acts.rectification import RECTIFICATION
from dsr.desk.acts.restriction import RESTRICTION
from dsr.desk.acts.telling import TELLING

ACTS: dict[str, DeskAct] = {
    **COMMON,
    **AT_ONCE,
    **COPIES,
    **ADVICE,
    **EXCESS,
    **HUMAN_REVIEW,
    **RECTIFICATION,
    **ERASURE,
    **RESTRICTION,
    **TELLING,
}

__all__ = ["ACTS", "DeskAct"]
