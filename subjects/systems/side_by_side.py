"""Systems searched side by side: none waits for another that it needs nothing from."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from subjects.systems.base import System
from subjects.systems.graph import Group, Plan

MOST = 8  # systems that are searched at once


def side_by_side(
    plan: Plan, systems: Sequence[System], visit: Callable[[Group], None]
) -> None:
    """Visit every group of a plan once those before it are done.

    Of one system only one group is visited at a time, so that nobody's database is
    asked more than before. What a visit raises is raised once the others have ended.
    """
    system_of = {one.key: system.key for system in systems for one in system.datasets}
    waiting = list(plan.groups)
    done: set[Group] = set()
    running: dict[Future[None], Group] = {}

    def lanes(group: Group) -> set[str]:
        return {system_of[address.dataset] for address in group}

    with ThreadPoolExecutor(max(1, min(MOST, len(systems)))) as pool:
        while waiting or running:
            busy = {lane for group in running.values() for lane in lanes(group)}
            for group in list(waiting):
                if plan.before[group] <= done and not lanes(group) & busy:
                    waiting.remove(group)
                    busy |= lanes(group)
                    running[pool.submit(visit, group)] = group
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                done.add(running.pop(future))
                future.result()
