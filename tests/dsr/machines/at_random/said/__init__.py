"""What is said with each act of the policy; a test fails where one is missing."""

from tests.dsr.machines.at_random.said.at_once import AT_ONCE
from tests.dsr.machines.at_random.said.every_right import EVERY_RIGHT
from tests.dsr.machines.at_random.said.excess import EXCESS
from tests.dsr.machines.at_random.said.human_review import HUMAN_REVIEW
from tests.dsr.machines.at_random.said.objection import OBJECTION
from tests.dsr.machines.at_random.said.said import Said

SAID: dict[str, Said] = EVERY_RIGHT | AT_ONCE | EXCESS | HUMAN_REVIEW | OBJECTION

__all__ = ["SAID", "Said"]
