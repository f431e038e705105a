"""The plan of an erasure in words: a page of records, with fate and reasons."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.controller import current
from dsr.desk.finding_cells import in_words
from dsr.rights.erasure import RIGHT
from subjects.erasure.fates import (
    NEEDED,
    NO_CATEGORY,
    NOT_ORDERED,
    OTHERS,
    READ_ONLY,
    ErasurePlan,
    Fate,
    Kind,
    Reason,
)
from subjects.systems.base import System
from subjects.systems.shape import Address, Collection, Path

PER_PAGE = 100  # records

KINDS: dict[Kind, Promise] = {
    Kind.ERASE: gettext_lazy("erase"),
    Kind.MASK: gettext_lazy("mask"),
    Kind.KEEP: gettext_lazy("keep"),
    Kind.SHARED: gettext_lazy("shared with others"),
}
GROUNDS: dict[str, Promise] = {
    NOT_ORDERED: gettext_lazy("Its category is not among those to be erased"),
    NO_CATEGORY: gettext_lazy("Its description names no category of the policy"),
    NEEDED: gettext_lazy("A record that stays refers to it, or is found by it"),
    OTHERS: gettext_lazy("Somebody else has a part in it"),
    READ_ONLY: gettext_lazy("Its system lets nobody write it"),
}
STRATEGIES: dict[str, Promise] = {
    "null_rewrite": gettext_lazy("emptied"),
    "string_rewrite": gettext_lazy("a value that tells nothing"),
    "random_string_rewrite": gettext_lazy("random text"),
    "random": gettext_lazy("a random value"),
    "hash": gettext_lazy("a keyed digest; the key is destroyed"),
    "hmac": gettext_lazy("a keyed digest; the key is destroyed"),
    "same_form": gettext_lazy("a pseudonym of the same form; its key is destroyed"),
    "elements_removed": gettext_lazy("without the elements that are the person's"),
}
FACTS: dict[str, Promise] = {
    "event": gettext_lazy("event"),
    "known": gettext_lazy("known"),
    "decided": gettext_lazy("our decision"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records somebody wants to see; empty: all."""

    kind: str = ""
    collection: str = ""
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Why:
    """A reason in words, and the fields it keeps unless it keeps all that stays."""

    ground: str
    law: str
    until: str
    counted: str
    fields: str


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the page."""

    collection: str
    key: str
    kind: str
    label: Promise
    changes: tuple[tuple[str, str], ...]  # a field, and how it is made to tell nothing
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """How many records of a collection have each fate, in the order of `KINDS`."""

    address: str
    title: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """The page: the counts of everything, and the records that are wanted."""

    kinds: Sequence[tuple[str, Promise, int]]
    collections: Sequence[CollectionRow]
    lines: Sequence[Line]
    wanted: Wanted
    chosen: str  # what is wanted, in words; empty: everything
    found: int
    number: int
    last: int
    unreached: Sequence[str]


def view_of(
    plan: ErasurePlan, systems: Iterable[System], wanted: Wanted, language: str
) -> PlanView:
    """Return a page of a plan; a page beyond the end is the last one."""
    words = _Words(systems, language)
    chosen = [
        fate
        for fate in plan.fates
        if wanted.kind in {"", fate.kind}
        and wanted.collection in {"", str(fate.address)}
    ]
    last = max(1, -(-len(chosen) // PER_PAGE))
    number = min(max(int(wanted.page) if wanted.page.isdecimal() else 1, 1), last)
    start = (number - 1) * PER_PAGE
    totals = plan.counts()
    return PlanView(
        kinds=[(kind.value, label, totals[kind]) for kind, label in KINDS.items()],
        collections=list(_collections(plan, words)),
        lines=[words.line(fate) for fate in chosen[start : start + PER_PAGE]],
        wanted=wanted,
        chosen=words.chosen(wanted),
        found=len(chosen),
        number=number,
        last=last,
        unreached=[str(address) for address in plan.unreachable],
    )


def _collections(plan: ErasurePlan, words: "_Words") -> Iterable[CollectionRow]:
    counts: dict[Address, Counter[Kind]] = {}
    for fate in plan.fates:
        counts.setdefault(fate.address, Counter())[fate.kind] += 1
    for address, found in counts.items():
        yield CollectionRow(
            address=str(address),
            title=words.title(address),
            counts=tuple((kind.value, found[kind]) for kind in KINDS),
        )


class _Words:
    """Says fates in a language, with the titles that the descriptions give."""

    def __init__(self, systems: Iterable[System], language: str) -> None:
        self._language = language
        self._collections: Mapping[Address, Collection] = {
            Address(dataset.key, one.name): one
            for system in systems
            for dataset in system.datasets
            for one in dataset.collections
        }

    def title(self, address: Address) -> str:
        about = self._collections[address].about
        return about.title_in(self._language, address.collection)

    def chosen(self, wanted: Wanted) -> str:
        titles = [
            self.title(one)
            for one in self._collections
            if str(one) == wanted.collection
        ]
        kinds = [str(KINDS[one]) for one in KINDS if one == wanted.kind]
        return ", ".join((*titles, *kinds))

    def line(self, fate: Fate) -> Line:
        changes = tuple(
            (self._field(fate, path), str(STRATEGIES.get(name, name)))
            for path, name in fate.fields.items()
        )
        key = ", ".join(f"{name}: {in_words(one)}" for name, one in fate.key.items())
        return Line(
            collection=self.title(fate.address),
            key=key or _("no primary key"),
            kind=fate.kind.value,
            label=KINDS[fate.kind],
            changes=changes,
            reasons=self._reasons(fate),
        )

    def _field(self, fate: Fate, path: Path) -> str:
        field = self._collections[fate.address].field_at(path)
        name = ".".join(path)
        return field.about.title_in(self._language, name) if field else name

    def _reasons(self, fate: Fate) -> tuple[Why, ...]:
        fields: dict[tuple[str, str, str, str], list[Path]] = {}
        for path, reason in fate.kept.items():
            fields.setdefault(self._said(reason), []).append(path)
        several = len(fields) > 1
        return tuple(
            Why(*said, fields=self._names(fate, paths) if several else "")
            for said, paths in fields.items()
        )

    def _names(self, fate: Fate, paths: Iterable[Path]) -> str:
        return ", ".join(self._field(fate, path) for path in paths if path)

    def _said(self, reason: Reason) -> tuple[str, str, str, str]:
        """Return ground, law, last day and what it was counted from, in words."""
        rule = (current().retention or {}).get(reason.rule)
        ground = GROUNDS.get(reason.ground)
        exception = next(
            (one for one in RIGHT.grounds if one.code == reason.ground), None
        )
        named = ground or (exception.label if exception else reason.ground)
        title = f"{rule.title.to(self._language)}: " if rule else ""
        law = reason.basis or (str(exception.source) if exception else "")
        until = date_format(reason.until, "j F Y") if reason.until else ""
        if rule and not reason.until:
            until = _("as long as it is in force")
        counted = ", ".join(
            f"{FACTS[name]} {date_format(day, 'j F Y')}"
            for name, day in reason.facts.items()
        )
        return f"{title}{named}", law, until, counted
