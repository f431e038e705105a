"""The plan of an erasure: the fate of every record, and the changes that follow.

Nothing is changed here. The systems are searched as for a copy; of what is found,
each record is erased, masked, kept, or shared with others (`whose.py`), by the rules
of the policy (`rules.py`) and the verdicts on its categories.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from subjects.erasure.counting import Counter
from subjects.erasure.draft import Draft, draft_of, shared_draft
from subjects.erasure.fates import ErasurePlan, Fate, Kind, Reason
from subjects.erasure.judge import Judge
from subjects.erasure.links import Link, links_of
from subjects.erasure.needs import Needs
from subjects.erasure.ordered import Changes
from subjects.erasure.person import Held, Person
from subjects.erasure.rules import Rule
from subjects.erasure.setting import Setter
from subjects.erasure.standing import Order
from subjects.erasure.tables import Tables
from subjects.erasure.whose import Owners
from subjects.systems.base import System
from subjects.systems.collect import Search
from subjects.systems.collect import plan as plan_search
from subjects.systems.shape import Address, Path


def plan_erasure(
    systems: Sequence[System],
    identities: Mapping[str, Sequence[str]],
    rules: Mapping[str, Rule],
    *,
    today: date,
    key: bytes,
    verdicts: Mapping[str, Reason | None] | None = None,
    categories: Sequence[str] = (),
) -> ErasurePlan:
    """Plan the erasure of the person with these identities.

    `rules` are the policy's, by name. `verdicts` say for each of its categories why
    it stays, None where it goes; what they do not name stays; without verdicts
    everything may go that no rule keeps. `categories` are categories of data (as for
    `collect`), if not all are to go. `key` is for keyed pseudonyms.

    Raises:
        DatasetError: the descriptions do not fit together, or name an unknown rule.
        ReadError: a system cannot answer.

    """
    order = Order(rules, verdicts, categories, today)
    tables = Tables(systems, order)
    reached = plan_search(systems, identities).reached()
    keys = {address: tables.at(address).key for address in reached}
    search = Search(systems, identities, also=keys)
    links = links_of(tables.collections, search.plan)
    person = Person(tables, search)
    owners = Owners(person, tables.collections, links, identities)
    judge = Judge(order, Counter(person, tables, links))
    drafts = _drafts(person, tables, owners, judge)
    every = [*drafts.values(), *_strangers(person, tables, links, drafts)]
    Needs(person, links, drafts, owners, judge).settle(every)
    setter = Setter(key, search.targets)
    new = {draft: setter.values(draft) for draft in every if draft.kind != Kind.ERASE}
    values = {draft: said for draft, (said, _strategies) in new.items()}
    return ErasurePlan(
        fates=[_fate(one, new.get(one, ({}, {}))[1]) for one in every],
        changes=Changes(tables, links).by_system(every, values),
        unreachable=search.plan.unreachable,
    )


def _drafts(
    person: Person, tables: Tables, owners: Owners, judge: Judge
) -> dict[Held, Draft]:
    drafts = {}
    for held in person.each():
        table = tables.at(held.address)
        if held in owners.theirs:
            drafts[held] = draft_of(held, table, judge.reasons(held, table.units))
        else:
            lists = [one for one in table.units if held.is_cut(one.path)]
            drafts[held] = shared_draft(held, table, judge.reasons(held, lists))
    return drafts


def _strangers(
    person: Person, tables: Tables, links: Sequence[Link], drafts: Mapping[Held, Draft]
) -> list[Draft]:
    """Return the rows that no search found and that hold keys of rows that go.

    Where the search went down from those, it found every row that holds their keys.
    """
    found: dict[tuple[Address, tuple[str, ...]], Draft] = {}
    for link in links:
        if link.leads_down:
            continue
        going = [
            held
            for held in person.rows.get(link.held, ())
            if drafts[held].kind == Kind.ERASE
        ]
        by = link.held_path
        for held in person.strangers(link.holder, link.holder_path, going, by):
            draft = shared_draft(held, tables.at(held.address))
            found.setdefault((held.address, held.mark), draft)
    return list(found.values())


def _fate(draft: Draft, strategies: Mapping[Path, str]) -> Fate:
    return Fate(
        address=draft.held.address,
        key=draft.held.key,
        kind=draft.kind,
        fields=strategies,
        kept=draft.kept,
    )
