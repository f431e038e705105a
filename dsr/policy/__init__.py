"""May this be done now, by this person? Checks that raise a sentence."""

from dsr.policy.actors import actor_of, check_role
from dsr.policy.acts import ACTS, Act, ActStatus, acts, check
from dsr.policy.measures import MEASURE_ACTS, check_measure, measure_acts
from dsr.policy.refusal import PolicyError

__all__ = [
    "ACTS",
    "MEASURE_ACTS",
    "Act",
    "ActStatus",
    "PolicyError",
    "actor_of",
    "acts",
    "check",
    "check_measure",
    "check_role",
    "measure_acts",
]
