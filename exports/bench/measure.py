"""Two ways to do the same, timed one after the other; the better of five counts."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

TIMES = 5


@dataclass(frozen=True)
class Measured:
    """How many a second, ours and the reference's; the floor their ratio must reach."""

    name: str
    what: str
    ours: float
    reference: float
    floor: float

    @property
    def ratio(self) -> float:
        """Return ours as a share of the reference."""
        return self.ours / self.reference

    @property
    def holds(self) -> bool:
        """Whether we are not under the floor."""
        return self.ratio >= self.floor

    @property
    def figures(self) -> str:
        """Say both rates, their ratio and its floor."""
        return (
            f"{self.ours:.0f}/s, bare {self.reference:.0f}/s, ratio {self.ratio:.2f}, "
            f"floor {self.floor:.2f}"
        )

    @property
    def unkept(self) -> str:
        """Say what is wrong when it does not hold."""
        return "is UNDER THE FLOOR"


@dataclass(frozen=True)
class Timed:
    """How many milliseconds one takes at the median, ours and the reference's.

    `ours_cpu_ms` is our own processor's time in it: what other work on the machine
    does not lengthen.
    """

    name: str
    what: str
    ours_ms: float
    ours_cpu_ms: float
    reference_ms: float
    most_ms: float

    @property
    def ratio(self) -> float:
        """Return how many times the reference fits into ours."""
        return self.ours_ms / self.reference_ms

    @property
    def holds(self) -> bool:
        """Whether ours is quick enough."""
        return self.ours_ms < self.most_ms

    @property
    def figures(self) -> str:
        """Say both medians, and the most that ours may be."""
        return (
            f"median {self.ours_ms:.2f} ms, {self.ours_cpu_ms:.2f} of them our own "
            f"processor time, bare query {self.reference_ms:.2f} ms, "
            f"limit {self.most_ms:g} ms"
        )

    @property
    def unkept(self) -> str:
        """Say what is wrong when it does not hold."""
        return "is OVER THE LIMIT"


Do = Callable[[Sequence[bytes]], object]


def rate(do: Do, inputs: Sequence[bytes]) -> float:
    """Return how many inputs are done in a second."""
    gc.collect()
    began = perf_counter()
    do(inputs)
    return len(inputs) / (perf_counter() - began)


def side_by_side(
    reference: Do, ours: Do, inputs: Callable[[], Sequence[bytes]]
) -> tuple[float, float]:
    """Return the best rates of both, measured in turns on the same inputs.

    So whatever else the machine is busy with slows both.
    """
    rate(reference, inputs()[:5])
    rate(ours, inputs()[:5])  # the first of all loads words and rules
    best_reference = best_ours = 0.0
    for _turn in range(TIMES):
        same = inputs()
        best_reference = max(best_reference, rate(reference, same))
        best_ours = max(best_ours, rate(ours, same))
    return best_reference, best_ours
