"""The findings of a search, a file for each collection: whole ones are kept.

Where a search was killed, the next goes on: what was read to its end is not asked for
again, it is read from its file for what it leads to.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path

from subjects.systems.collect import Search
from subjects.systems.graph import Group
from subjects.systems.shape import Address
from subjects.systems.written import written

ABOUT = "about"
_LINE = b'{"collection":%b,"row":%d,"record":%b%b}\n'


class Parts:
    """The files of one search in a folder that nobody else uses meanwhile.

    `is_sound` says whether nothing has failed so far that a group may depend on.
    """

    def __init__(
        self, folder: Path, search: Search, is_sound: Callable[[Group], bool]
    ) -> None:
        self._folder = folder
        self._search = search
        self._is_sound = is_sound
        self._number = {one: n for n, one in enumerate(search.plan.reached())}
        self._whole: set[Group] = set()
        self.counts: dict[Address, int] = Counter()

    def begin(self, search: object) -> None:
        """Throw away what was found by another search than the one described."""
        about = blake2b(repr(search).encode()).hexdigest()
        mark = self._folder / ABOUT
        if mark.exists() and mark.read_text() == about:
            return
        for left in self._folder.glob("*.part*"):
            left.unlink()
        mark.write_text(about)

    def visit(self, group: Group) -> None:
        """Find what a group holds, or read what was found before.

        Raises:
            ReadError: a system cannot answer.

        """
        if not self._is_kept(group):
            self._find(group)
        before = self._search.plan.before[group]
        if before <= self._whole and self._is_sound(group):
            self._mark(group).write_text(json.dumps(self._facts(group)))
            self._whole.add(group)

    def path(self, address: Address) -> Path:
        """Return the file of a collection: lines `{"collection", "row", "record"}`."""
        return self._folder / f"{self._number[address]}.part"

    def _mark(self, group: Group) -> Path:
        return self.path(group[0]).with_suffix(".part.whole")

    def _facts(self, group: Group) -> dict[str, list[int]]:
        return {
            str(one): [self.counts[one], self.path(one).stat().st_size] for one in group
        }

    def _find(self, group: Group) -> None:
        self._mark(group).unlink(missing_ok=True)
        counts = dict.fromkeys(group, 0)
        names = {one: json.dumps(str(one)).encode() for one in group}
        with ExitStack() as files:
            write = {
                one: files.enter_context(self.path(one).open("wb")).write
                for one in group
            }
            for address, record, keys in written(self._search, group):
                counts[address] = row = counts[address] + 1
                more = b',"keys":' + keys if keys else b""
                write[address](_LINE % (names[address], row, record, more))
        self.counts.update(counts)

    def _is_kept(self, group: Group) -> bool:
        """Whether a group was read to its end before; follow what it leads to."""
        try:
            facts = json.loads(self._mark(group).read_text())
            sizes = {str(one): self.path(one).stat().st_size for one in group}
        except (OSError, ValueError):
            return False
        if sizes != {name: size for name, (_count, size) in facts.items()}:
            return False
        for one in group:
            self.counts[one] = facts[str(one)][0]
            if self._search.plan.edges.get(one):
                with self.path(one).open("rb") as lines:
                    for line in lines:
                        found = json.loads(line)
                        row = {**found["record"], **found.get("keys", {})}
                        self._search.follow(one, row)
        return True

    def put_together(self, addresses: Sequence[Address], target: Path) -> None:
        """Write the findings of some collections into one file, in their order."""
        parts = [path for path in map(self.path, addresses) if _holds(path)]
        target.unlink(missing_ok=True)
        if len(parts) == 1:  # the same file under another name
            target.hardlink_to(parts[0])
            return
        with target.open("wb") as whole:
            for path in parts:
                with path.open("rb") as part:
                    shutil.copyfileobj(part, whole, 1 << 20)


def _holds(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
