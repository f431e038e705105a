"""How the tests are shared among processes: a file to each, the journeys first."""

import re
from typing import Any

from xdist.scheduler import LoadScopeScheduling

JOURNEY = re.compile(r"tests/journeys/.*\[(sqlite|postgresql)\b")


class JourneysFirst(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Hands out whole files, so that their tests share what was made for them.

    The journeys mostly wait for servers, and to start these takes long: they begin
    first, and one process goes through all that are made on one running desk. The
    journey of the killed worker has a desk of its own, and its turn like other files.
    """

    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # the longest files have few tests

    def _split_scope(self, nodeid: str) -> str:
        journey = JOURNEY.match(nodeid)
        return f"journeys on {journey[1]}" if journey else nodeid.partition("::")[0]
