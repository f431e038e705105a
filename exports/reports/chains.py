"""The state of the ledger: how long its chains are, and whether they are whole."""

import hashlib
from dataclasses import dataclass

from dsr.models import LedgerEntry, LedgerHead, find_faults


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains of the ledger. `anchor` digests every chain's end.

    Whoever keeps an anchor outside this system can show later that lines were cut.
    """

    chains: int
    lines: int
    anchor: str
    faults: tuple[str, ...]


def read_chains(reference: str = "") -> Chains:
    """Read every chain, or one, and say where each broken one breaks first."""
    heads, lines = LedgerHead.objects.order_by("reference"), LedgerEntry.objects.all()
    if reference:
        heads, lines = heads.filter(pk=reference), lines.filter(reference=reference)
    digest = hashlib.sha256()
    ends = heads.values_list("reference", "number", "digest")
    for name, number, end in ends.iterator(2000):
        digest.update(f"{name} {number} {end}\n".encode())
    return Chains(
        chains=heads.count(),
        lines=lines.count(),
        anchor=digest.hexdigest(),
        faults=tuple(find_faults(reference)),
    )
