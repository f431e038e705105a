"""The acts by the API: what each takes, and the verb that does it."""

from dsr.api.acts.act import ApiAct
from dsr.api.acts.every_right import COMMON

ACTS: dict[str, ApiAct] = {**COMMON}

__all__ = ["ACTS", "ApiAct"]
