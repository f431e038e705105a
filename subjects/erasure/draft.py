"""The fate of each record while it is being judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from subjects.erasure.fates import OTHERS, READ_ONLY, Kind, Reason, longest
from subjects.erasure.masking import deletes_rows
from subjects.erasure.person import Held
from subjects.erasure.standing import Unit
from subjects.erasure.tables import Table
from subjects.systems.shape import Path


@dataclass(slots=True, eq=False)
class Draft:
    """One record: the fields to be set, those that stay, and what becomes of it.

    `is_bound`: the verdict or a rule keeps some of it, so that its references stay;
    `lasts`: it is to go later, or what holds its key is.
    """

    held: Held
    table: Table
    kind: Kind
    sets: dict[Path, Unit | None] = field(default_factory=dict)  # None: emptied
    kept: dict[Path, Reason] = field(default_factory=dict)
    is_bound: bool = False
    lasts: bool = False

    def keep(self, path: Path, reason: Reason) -> None:
        """Let a field stay, for the reason that lasts longer."""
        self.sets.pop(path, None)
        before = self.kept.get(path, reason)
        self.kept[path] = longest((reason, before)) or reason

    def mask(self, units: Sequence[Unit]) -> None:
        """Set the fields of the row instead of deleting it."""
        self.kind = Kind.MASK
        for unit in units:
            if unit.field.read_only:
                self.kept[unit.path] = Reason(READ_ONLY)
            elif unit.path[0] not in self.table.key:
                self.sets[unit.path] = unit


def draft_of(held: Held, table: Table, reasons: Mapping[Path, Reason]) -> Draft:
    """Return what becomes of a record that is the person's alone."""
    units = [unit for unit in table.units if unit.is_personal] or table.units
    going = [unit for unit in units if unit.path not in reasons]
    draft = Draft(held, table, Kind.ERASE)
    draft.kept = {
        path: reason for path, reason in reasons.items() if _is_of(units, path)
    }
    draft.is_bound = bool(draft.kept)
    draft.lasts = any(why.until or why.rule for why in draft.kept.values())
    if not going and units:
        draft.kind = Kind.KEEP
    elif draft.kept or _is_masked_as_described(table):
        draft.mask(going)
    return draft


def _is_of(units: Sequence[Unit], path: Path) -> bool:
    return any(unit.path == path for unit in units)


def _is_masked_as_described(table: Table) -> bool:
    """Say whether single fields have strategies, so that the row is to stay."""
    masked = any(unit.field.masking for unit in table.units)
    return masked and not deletes_rows(table.collection)


def shared_draft(held: Held, table: Table) -> Draft:
    """Return what becomes of a record in which others have a part: it stays."""
    draft = Draft(held, table, Kind.SHARED)
    draft.kept[()] = Reason(OTHERS)
    return draft
