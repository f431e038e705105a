"""What records that stay need of those that go: the key they hold, or nothing.

A reference of a record that stays is emptied where it may be; else the row it names
stays too, with its key alone, and what that row holds is looked at in turn.
"""

from collections import deque
from collections.abc import Mapping, Sequence

from subjects.erasure.draft import Draft
from subjects.erasure.fates import NEEDED, Kind, Reason, longest
from subjects.erasure.judge import Judge
from subjects.erasure.links import Link
from subjects.erasure.person import Held, Person
from subjects.erasure.whose import Owners
from subjects.systems.shape import Address


class Needs:
    """Looks after the references between the records of one plan."""

    def __init__(
        self,
        person: Person,
        links: Sequence[Link],
        drafts: Mapping[Held, Draft],
        owners: Owners,
        judge: Judge,
    ) -> None:
        self._person = person
        self._drafts = drafts
        self._owners = owners
        self._judge = judge
        self._of: dict[Address, list[Link]] = {}
        for link in links:
            self._of.setdefault(link.holder, []).append(link)

    def settle(self, drafts: Sequence[Draft]) -> None:
        """Empty references or keep keys, until nothing that stays misses one."""
        for draft in drafts:
            if draft.lasts and (why := longest(draft.kept.values())):
                self._keep_findable(draft, Reason(NEEDED, why.basis, why.until))
        waiting = deque(draft for draft in drafts if draft.kind != Kind.ERASE)
        while waiting:
            draft = waiting.popleft()
            for link in self._of.get(draft.held.address, ()):
                waiting += self._look_after(draft, link)

    def _look_after(self, draft: Draft, link: Link) -> list[Draft]:
        """Settle one reference; return the drafts that have to be looked at."""
        path = link.holder_path
        texts = draft.held.texts(path)
        named = self._person.having(link.held, link.held_path, texts)
        if path in draft.sets:
            empties = draft.table.may_be_empty(path)
            if empties and not self._leads_back(draft, named):
                draft.sets[path] = None
                return []
            draft.keep(path, Reason(NEEDED))
        changed = []
        for held in named:
            other = self._drafts[held]
            lasts_longer = draft.lasts and not other.lasts
            if other is draft or (self._stays(other, link) and not lasts_longer):
                continue
            if draft.is_cut_down and draft.held.is_cut(path):
                continue  # the element with this reference goes
            if self._may_cut(draft, held, link):
                draft.sets[path] = None
                draft.kept.pop(path, None)
            elif self._keep_key(other, draft, link):
                changed.append(other)
        return changed

    def _leads_back(self, draft: Draft, named: Sequence[Held]) -> bool:
        """Say whether a row that is to go later is found through these."""
        return draft.lasts and not self._owners.own.isdisjoint(named)

    def _stays(self, other: Draft, link: Link) -> bool:
        return other.kind != Kind.ERASE and link.held_path not in other.sets

    def _may_cut(self, draft: Draft, held: Held, link: Link) -> bool:
        path = link.holder_path
        if draft.is_bound or not draft.table.may_be_empty(path):
            return False
        if draft.held.is_cut(path):  # others' elements have it as well
            return False
        if draft.kind != Kind.SHARED:
            return not self._leads_back(draft, [held])
        units = [one for one in draft.table.units if one.path == link.holder_path]
        if reasons := self._judge.reasons(draft.held, units):
            draft.kept.update(reasons)
            draft.lasts = True
        return held in self._owners.own and not reasons

    def _keep_key(self, other: Draft, holder: Draft, link: Link) -> bool:
        """Keep of a row what is needed; say whether its references are still open."""
        why = longest(holder.kept.values()) if holder.lasts else None
        reason = Reason(NEEDED, why.basis, why.until) if why else Reason(NEEDED)
        is_new = other.kind == Kind.ERASE
        if is_new:
            other.mask(other.table.judged)
        other.keep(link.held_path, reason)
        if holder.lasts and not other.lasts:
            other.lasts = is_new = True
            self._keep_findable(other, reason)
        return is_new

    def _keep_findable(self, draft: Draft, reason: Reason) -> None:
        """Keep what a row is found by: what is kept for a time has to go in time."""
        for path in self._owners.found_by(draft.held):
            if path in draft.sets:
                draft.keep(path, reason)
