"""What goes into one package, gathered from the ticket, its searches and the policy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dsr.controller import Controller
from dsr.letters.copies import information_decided
from dsr.models import SearchTask, Ticket
from dsr.policy.receiving import receivers
from dsr.rights import right_of
from dsr.vocabulary import RightCode, SearchState
from exports.packages.described import (
    Described,
    Descriptions,
    field_title,
    system_title,
)
from exports.packages.errors import PackageError
from exports.packages.handed_in import DocumentPart, documents_of
from exports.packages.information import Section, information
from exports.packages.released import checked, released
from exports.packages.spool import Record, Spool, spool
from exports.packages.whose import Whose
from exports.packages.withheld import Withheld, silent_fields, withheld_from
from subjects.systems.portable import Portable

Beat = Callable[[], None]


@dataclass(frozen=True, slots=True)
class CollectionPart:
    """The records of one collection, and the name of its table in the package."""

    address: str
    title: str
    described: Described
    spool: Spool
    path: str


@dataclass(frozen=True, slots=True)
class SystemPart:
    """One system: what it is called, whether it was searched, what was found."""

    key: str
    title: str
    searched_at: datetime | None
    collections: tuple[CollectionPart, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """The fields of a collection that portability leaves behind for one reason."""

    collection: str
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All of one package, in one language."""

    reference: str
    right_code: str
    article: str
    language: str
    controller: Controller
    zone: ZoneInfo
    received_on: date
    made_on: date
    systems: tuple[SystemPart, ...]
    documents: tuple[DocumentPart, ...]
    withheld: tuple[Withheld, ...]
    left: tuple[Left, ...]
    information: tuple[Section, ...]

    @property
    def is_portable(self) -> bool:
        """Whether only what the person provided is given (Art. 20)."""
        return self.right_code == RightCode.PORTABILITY

    @property
    def collections(self) -> tuple[CollectionPart, ...]:
        """Every collection, system by system."""
        return tuple(part for system in self.systems for part in system.collections)


class Gathering:
    """Gathers the contents of one ticket's package into a folder of spools.

    The language must be the active one. Raises PackageError where a system was not
    searched or is not described.
    """

    def __init__(
        self, ticket: Ticket, controller: Controller, descriptions: Descriptions
    ) -> None:
        self._ticket = ticket
        self._controller = controller
        self._descriptions = descriptions
        self._language = ticket.case.language
        self._portable: dict[str, Portable] = {}
        self._paths: set[str] = set()
        self._documents: dict[str, DocumentPart] = {}

    def gather(self, folder: Path, beat: Beat) -> Contents:
        """Read every finding once, and return what the package will hold."""
        ticket, controller = self._ticket, self._controller
        zone = ZoneInfo(controller.identity.time_zone)
        if ticket.proposed_at is None:
            raise PackageError(f"nothing is proposed on ticket {ticket.pk}; propose")
        made_on = ticket.proposed_at.astimezone(zone).date()
        searches = list(ticket.searches.order_by("system"))
        if not searches:
            raise PackageError("no system was searched; search again")
        whose = Whose(ticket, self._descriptions)
        try:
            whose.learn(checked(searches), beat)
            systems = tuple(
                self._system(search, folder, whose, beat) for search in searches
            )
        finally:
            whose.close()
        return Contents(
            reference=ticket.case.reference,
            right_code=ticket.right_code,
            article=right_of(ticket).source.place,
            language=self._language,
            controller=controller,
            zone=zone,
            received_on=ticket.received_on,
            made_on=made_on,
            systems=systems,
            documents=tuple(self._documents.values()),
            withheld=withheld_from(ticket, self._descriptions),
            left=tuple(self._left()),
            information=information(
                controller,
                self._language,
                made_on,
                received=receivers(ticket, made_on),
                **information_decided(ticket, self._language),
            ),
        )

    def _system(
        self, search: SearchTask, folder: Path, whose: Whose, beat: Beat
    ) -> SystemPart:
        system = self._descriptions.system(search.system)
        spools: list[Spool] = []
        if search.state == SearchState.FOUND:
            findings = released(search, whose)
            if self._ticket.right_code != RightCode.PORTABILITY:  # structured data
                folder_name = _safe(search.system)
                self._documents |= dict(documents_of(search, folder_name, whose))
            spools = spool(findings, folder / search.system, self._keep, beat)
        elif search.state not in (SearchState.NOTHING, SearchState.EXCUSED):
            raise PackageError(
                f"the search in {search.system} is not done; search again or excuse it"
            )
        parts = tuple(self._collection(search.system, one) for one in spools)
        title = system_title(system, self._language)
        return SystemPart(search.system, title, search.done_at, parts)

    def _collection(self, system: str, found: Spool) -> CollectionPart:
        described = self._descriptions.collection(found.collection)
        title = described.title(self._language)
        name = found.collection.rpartition(":")[2]
        path = self._path(f"csv/{_safe(system)}/{_safe(name)}")
        return CollectionPart(found.collection, title, described, found, path)

    def _path(self, wanted: str) -> str:
        """Return a path no other table has; names may differ in a sign made safe."""
        path, number = f"{wanted}.csv", 1
        while path in self._paths:
            number += 1
            path = f"{wanted}-{number}.csv"
        self._paths.add(path)
        return path

    def _keep(self, address: str, record: Record) -> Record | None:
        if self._ticket.right_code != RightCode.PORTABILITY:
            document = self._documents.get(str(record.get("sha256", "")))
            return document.described(record) if document else record
        if address not in self._portable:
            described = self._descriptions.collection(address)
            self._portable[address] = Portable(
                address, described.dataset, described.collection
            )
        return self._portable[address].keep(record)

    def _left(self) -> list[Left]:
        silent = silent_fields(self._ticket, self._portable.values())
        found: dict[tuple[str, str], list[str]] = {}
        for portable in self._portable.values():
            for one in portable.exclusions:
                if (one.collection, one.field) in silent:
                    continue
                found.setdefault((one.collection, one.reason), []).append(one.field)
        return [
            self._left_behind(address, names, reason)
            for (address, reason), names in found.items()
        ]

    def _left_behind(self, address: str, names: list[str], reason: str) -> Left:
        described = self._descriptions.collection(address)
        fields = (
            (name, described.collection.field_at(tuple(name.split("."))))
            for name in names
        )
        titles = [field_title(field, name, self._language) for name, field in fields]
        return Left(
            described.title(self._language), tuple(titles), reason_in_words(reason)
        )


def reason_in_words(reason: str) -> str:
    """Say why a field is not taken along (Art. 20(1))."""
    return {
        "derived": _("We derived it; you did not provide it."),
        "other_basis": _("We use it on another basis than consent or a contract."),
        "not_described": _("It is not known to come from you."),
    }[reason]


def _safe(name: str) -> str:
    return "".join(
        c if c.isascii() and (c.isalnum() or c in "_-") else "_" for c in name
    )
