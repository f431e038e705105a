"""Whose a row is: our person's alone, somebody else's, or shared with somebody.

A search finds what leads from a person's identities: also the address where others
live, the policy that two people hold, the partner to whom a row refers. Of these
nothing may go but our person's reference.

- A row with an identity of the person is theirs.
- A row that holds the key of a row of theirs belongs to them, unless it names somebody.
- Any other row, such as an address, is theirs while nobody else's row leads to it.
- Whatever a row that is not theirs leads to as well is shared, and so is a list of
  which only some elements are theirs.
"""

from collections.abc import Iterator, Mapping, Sequence

from subjects.erasure.links import Collections, Link, key_fields
from subjects.erasure.person import Held, Person
from subjects.systems.shape import Address, Path
from subjects.systems.values import as_text

Named = tuple[Path, str, bool]  # a field, its kind of identity, whether it is the key


class Owners:
    """Which rows of a person are theirs; all the others are shared.

    `own` are those that have an identity of theirs or belong to one that has.
    """

    def __init__(
        self,
        person: Person,
        collections: Collections,
        links: Sequence[Link],
        identities: Mapping[str, Sequence[str]],
    ) -> None:
        self._person = person
        self._links = links
        self._given = {
            kind: set(map(as_text, some)) for kind, some in identities.items()
        }
        self._known = {kind: set(some) for kind, some in self._given.items()}
        self._named = {address: _named(collections, address) for address in person.rows}
        self.named = self._with_an_identity()
        self._peopled = {held.address for held in self.named}
        self.own = self._belonging()
        self.theirs = self._unshared()

    def found_by(self, held: Held) -> list[Path]:
        """Return the fields of a row with an identity that the search began with."""
        return [
            path
            for path, kind, _is_key in self._named[held.address]
            if not self._given.get(kind, set()).isdisjoint(held.texts(path))
        ]

    def _with_an_identity(self) -> set[Held]:
        """Return the rows with an identity of the person; their keys tell more rows."""
        found: set[Held] = set()
        waiting = [
            held
            for address in self._person.rows
            if self._named[address]
            for held in self._not_of_another(address)
        ]
        while new := {held for held in waiting if self._is_named(held)}:
            found |= new
            waiting = [held for held in waiting if held not in new]
            for held in new:
                for path, kind, is_key in self._named[held.address]:
                    if is_key:
                        self._known.setdefault(kind, set()).update(held.texts(path))
        return found

    def _not_of_another(self, address: Address) -> list[Held]:
        """Leave out the rows with something of the person and of somebody else.

        Two people may share a telephone or an e-mail address: where one row has more
        of what we know, another that contradicts some of it is not the person's.
        """
        rows = [held for held in self._person.rows[address] if held.is_whole]
        judged = [(held, *self._agreement(held)) for held in rows]
        best = max((len(agreed) for _held, agreed, _denied in judged), default=0)
        firsts = {agreed for _held, agreed, _denied in judged if len(agreed) == best}
        return [
            held
            for held, agreed, denied in judged
            if not (agreed and denied) or firsts == {agreed}
        ]

    def _agreement(self, held: Held) -> tuple[frozenset[str], bool]:
        """Return the kinds of given identities a row has, and whether it denies one."""
        agreed, denied = set(), False
        for path, kind, _is_key in self._named[held.address]:
            values, given = set(held.texts(path)), self._given.get(kind)
            if values and given and values.isdisjoint(given):
                denied = True
            elif values and given:
                agreed.add(kind)
        return frozenset(agreed), denied

    def _is_named(self, held: Held) -> bool:
        matches = False
        for path, kind, is_key in self._named[held.address]:
            values, given = set(held.texts(path)), self._given.get(kind)
            if is_key and given and values.isdisjoint(given):
                return False
            matches = matches or not values.isdisjoint(self._known.get(kind, ()))
        return matches

    def _names_another(self, held: Held, *, but_key: bool) -> bool:
        return any(
            values and values.isdisjoint(self._known[kind])
            for path, kind, is_key in self._named[held.address]
            if kind in self._known and not (is_key and but_key)
            for values in [set(held.texts(path))]
        )

    def _belonging(self) -> set[Held]:
        """Return the rows that hold the key of a named row, and so on downwards."""
        own = set(self.named)
        layer = own
        while layer:
            layer = {
                held
                for one in layer
                for link in self._links
                if link.leads_down and link.held == one.address
                for held in self._person.holders(link, one)
                if held not in own and self._may_belong(held, one.address)
            }
            own |= layer
        return own

    def _may_belong(self, held: Held, owner: Address) -> bool:
        if owner == held.address:  # such as people and their managers
            return held.is_whole and not self._is_of_another(held)
        return held.is_whole and not self._names_another(held, but_key=True)

    def _is_of_another(self, held: Held) -> bool:
        among_people = held.address in self._peopled
        return among_people or self._names_another(held, but_key=False)

    def _unshared(self) -> set[Held]:
        """Return the rows to which nobody else's lead."""
        theirs = self.own | {
            held
            for held in self._person.each()
            if held.is_whole and not self._is_of_another(held)
        }
        for link in self._links:
            theirs -= self._led_to_by_strangers(link, theirs)
        while shared := self._led_to_by_others(theirs):
            theirs -= shared
        return theirs

    def _led_to_by_strangers(self, link: Link, theirs: set[Held]) -> set[Held]:
        """Return the rows to which a row leads that no search found."""
        return {
            held
            for path, other, other_path, address in self._ways(link)
            for held in self._person.known_to_strangers(
                [
                    held
                    for held in self._person.rows.get(address, ())
                    if held in theirs and self._is_in_question(held, link, address)
                ],
                path,
                other,
                other_path,
            )
        }

    def _ways(self, link: Link) -> Iterator[tuple[Path, Address, Path, Address]]:
        if link.leads_down:
            yield link.holder_path, link.held, link.held_path, link.holder
        else:  # holders found on the way down are all of them
            yield link.held_path, link.holder, link.holder_path, link.held

    def _is_in_question(self, held: Held, link: Link, address: Address) -> bool:
        if held in self.named:
            return False
        return link.leads_down or link.leads_up or held not in self.own

    def _led_to_by_others(self, theirs: set[Held]) -> set[Held]:
        shared: set[Held] = set()
        for link in self._links:
            for held in self._person.rows.get(link.held, ()):
                for holder in self._person.holders(link, held):
                    if holder is held:
                        continue
                    if link.leads_down and held not in theirs and holder in theirs:
                        shared.add(holder)
                    leads_up = link.leads_up or held not in self.own
                    if leads_up and holder not in theirs and held in theirs:
                        shared.add(held)
        return shared - self.named


def _named(collections: Collections, address: Address) -> list[Named]:
    collection = collections[address]
    keys = key_fields(collection)
    return [
        (path, field.identity, path in keys)
        for path, field in collection.each_field()
        if field.identity and not field.about.third_parties
    ]
