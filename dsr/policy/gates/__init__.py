"""The ten gates that every request passes, as a checklist. Law reference A.0."""

from dsr.policy.gates.checklist import GateLine, checklist, open_gates
from dsr.policy.gates.questions import QUESTIONS, GateQuestion
from dsr.policy.gates.rules import (
    checklist_agrees,
    checklist_is_whole,
    disagreements,
)

__all__ = [
    "QUESTIONS",
    "GateLine",
    "GateQuestion",
    "checklist",
    "checklist_agrees",
    "checklist_is_whole",
    "disagreements",
    "open_gates",
]
