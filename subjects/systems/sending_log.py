"""Collections that are logs of advertising, under our key `sending_log`."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol, runtime_checkable

from subjects.sending_rows import KINDS
from subjects.systems.base import Row, System
from subjects.systems.entry import Entry, Place
from subjects.systems.shape import Address, Collection, SendingLog

_KNOWN = ("address", "sent_at", "kind")


@runtime_checkable
class Dated(System, Protocol):
    """A system that can be read from a day on, without asking about anybody."""

    def rows_since(
        self, address: Address, names: Sequence[str], by: str, day: date
    ) -> Iterator[Row]:
        """Yield the fields `names` of rows whose field `by` is of `day` or later.

        Raises:
            ReadError: it cannot answer.

        """
        ...


class Log(NamedTuple):
    """A log, and the system that holds it."""

    system: System
    address: Address
    described: SendingLog


def logs_of(systems: Sequence[System]) -> list[Log]:
    """Return every log that the descriptions name."""
    return [
        Log(system, Address(dataset.key, one.name), one.about.sending_log)
        for system in systems
        for dataset in system.datasets
        for one in dataset.collections
        if one.about.sending_log is not None
    ]


def read_sending_log(ours: Entry) -> SendingLog | None:
    """Read which fields say to whom a message went, and when."""
    if not ours.table("sending_log"):
        return None
    entry = ours.entry("sending_log")
    for key in entry.values:
        if key not in _KNOWN:
            raise ours.place.error(
                f"sending_log does not know {key!r}; write only {', '.join(_KNOWN)}"
            )
    return SendingLog(
        address=entry.needed_text("address"),
        sent_at=entry.needed_text("sent_at"),
        kind=entry.one_of("kind", KINDS) or KINDS[0],
    )


def check_sending_log(place: Place, collection: Collection) -> None:
    """Raise DatasetError where a log names a field that is not described."""
    log = collection.about.sending_log
    for name in (log.address, log.sent_at) if log else ():
        if collection.field_at((name,)) is None:
            raise place.error(
                f"sending_log: it has no field {name}; describe it, or name another"
            )
