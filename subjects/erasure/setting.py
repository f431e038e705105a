"""What the fields of a record are to say: the new values, and how each was made."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from subjects.erasure.draft import Draft
from subjects.erasure.masking import NULL, Mask, mask_of
from subjects.erasure.standing import Unit
from subjects.systems.base import Row
from subjects.systems.shape import Address, Path
from subjects.systems.values import Target, holds

REMOVED = "elements_removed"  # from a list of which only some elements are theirs
EMPTY = Mask(NULL, lambda _value: None)


class Setter:
    """Makes the new values of records; each field's strategy is looked up once."""

    def __init__(
        self, key: bytes, targets: Callable[[Address], Sequence[Target]]
    ) -> None:
        self._key = key
        self._targets = targets
        self._masks: dict[tuple[Address, Path], Mask] = {}

    def values(self, draft: Draft) -> tuple[Row, dict[Path, str]]:
        """Return the new values by column, and the strategy by field.

        A field that is empty already, and stays so, is in neither.

        Raises:
            DatasetError: a strategy cannot be used there.

        """
        whole, new = draft.held.whole, dict[str, Any]()
        names: dict[Path, str] = {}
        for path, unit in draft.sets.items():
            mask = self._mask(draft, unit) if unit else EMPTY
            before = new.get(path[0], whole[path[0]])
            after = _set(before, path[1:], mask)
            if after != before:
                new[path[0]], names[path] = after, mask.name
        if draft.is_cut_down:
            self._remove(draft, new, names)
        return new, names

    def _remove(self, draft: Draft, new: Row, names: dict[Path, str]) -> None:
        for path, wanted in self._targets(draft.held.address):
            before = new.get(path[0], draft.held.whole[path[0]])
            after = _without(before, path[1:], wanted)
            if after != before:
                new[path[0]], names[path[:1]] = after, REMOVED

    def _mask(self, draft: Draft, unit: Unit) -> Mask:
        address = draft.held.address
        if (address, unit.path) not in self._masks:
            where = (
                f"{draft.table.source}: dataset {address.dataset}, collection "
                f"{address.collection}, field {'.'.join(unit.path)}"
            )
            # What stands inside an object has no column of its own.
            inner = len(unit.path) > 1
            column = None if inner else draft.table.columns.get(unit.path[0])
            mask = mask_of(unit.field, column, self._key, where)
            self._masks[address, unit.path] = mask
        return self._masks[address, unit.path]


def _set(value: Any, path: Path, mask: Mask) -> Any:
    """Return `value` with what stands at `path` masked, through lists."""
    if value is None:
        return None
    if isinstance(value, list) and (path or mask.name != NULL):
        return [_set(element, path, mask) for element in value]
    if not path:
        return mask.apply(value)
    if not isinstance(value, Mapping) or path[0] not in value:
        return value
    return {**value, path[0]: _set(value[path[0]], path[1:], mask)}


def _without(value: Any, path: Path, wanted: Any) -> Any:
    """Return `value` without the elements of lists that hold a wanted value there."""
    if isinstance(value, list):
        return [
            _without(element, path, wanted)
            for element in value
            if not holds(element, path, wanted)
        ]
    if not path or not isinstance(value, Mapping) or path[0] not in value:
        return value
    return {**value, path[0]: _without(value[path[0]], path[1:], wanted)}
