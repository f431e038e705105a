"""The fate of each record while it is being judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from subjects.erasure.fates import OTHERS, READ_ONLY, Kind, Reason, longest
from subjects.erasure.person import Held
from subjects.erasure.standing import Unit
from subjects.erasure.tables import Table
from subjects.systems.shape import Path


@dataclass(slots=True, eq=False)
class Draft:
    """One record: the fields to be set, those that stay, and what becomes of it.

    `is_bound`: the verdict or a rule keeps some of it, so that its references stay;
    `lasts`: it is to go later, or what holds its key is; `is_cut_down`: the elements
    of its lists that are the person's go.
    """

    held: Held
    table: Table
    kind: Kind
    sets: dict[Path, Unit | None] = field(default_factory=dict)  # None: emptied
    kept: dict[Path, Reason] = field(default_factory=dict)
    is_bound: bool = False
    lasts: bool = False
    is_cut_down: bool = False

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
    units = table.judged
    going = [unit for unit in units if unit.path not in reasons]
    draft = Draft(held, table, Kind.ERASE)
    draft.kept = {one.path: reasons[one.path] for one in units if one.path in reasons}
    draft.is_bound = bool(draft.kept)
    draft.lasts = any(why.until or why.rule for why in draft.kept.values())
    if not going and units:
        draft.kind = Kind.KEEP
    elif draft.kept or table.is_masked:
        draft.mask(going)
    return draft


def shared_draft(
    held: Held, table: Table, reasons: Mapping[Path, Reason] | None = None
) -> Draft:
    """Return what becomes of a record in which others have a part: it stays.

    Of a list that is theirs in part, `reasons` say why the elements stay as well.
    """
    draft = Draft(
        held, table, Kind.SHARED, kept={(): Reason(OTHERS), **(reasons or {})}
    )
    draft.lasts = any(why.until or why.rule for why in draft.kept.values())
    draft.is_cut_down = not held.is_whole and not reasons
    return draft
