"""`index.html`: the package as a person reads it, in their language, without script."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from exports.packages.contents import CollectionPart, Contents, SystemPart
from exports.packages.described import field_title
from exports.packages.reading import Reader

SHOWN = 300  # records of a collection on the page; all stand in its table
NARROW = 6  # columns that fit beside each other on paper and on a telephone


@dataclass(frozen=True, slots=True)
class Shown:
    """A collection on the page: a table where it is narrow, else record by record."""

    anchor: str
    part: CollectionPart
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, SafeString], ...], ...]

    @property
    def as_table(self) -> bool:
        """Whether it is shown as one table."""
        return len(self.columns) <= NARROW and len(self.rows) > 1

    @property
    def hidden(self) -> int:
        """How many records stand only in the table file."""
        return self.part.spool.count - len(self.rows)


def page(contents: Contents) -> str:
    """Return the page; the language of the contents must be active."""
    reader = Reader(contents.language, contents.zone)
    policy = contents.controller
    authority = policy.authority.on(contents.made_on)
    systems = [
        _system(system, reader, contents.language) for system in contents.systems
    ]
    return render_to_string(
        "package/index.html",
        {
            "contents": contents,
            "systems": systems,
            "policy": policy,
            "name": policy.identity.name,
            "office": f"{authority.name.to(contents.language)}, "
            f"{authority.address.to(contents.language)}",
            "records": sum(part.spool.count for part in contents.collections),
        },
    )


def readme(contents: Contents) -> str:
    """Return the text that explains the files, with how to undo the CSV guard."""
    return render_to_string("package/readme.txt", {"contents": contents})


def _system(system: SystemPart, reader: Reader, language: str) -> dict[str, Any]:
    shown = [
        _shown(f"{system.key}-{number}", part, reader, language)
        for number, part in enumerate(system.collections, start=1)
    ]
    return {"part": system, "anchor": f"system-{system.key}", "shown": shown}


def _shown(anchor: str, part: CollectionPart, reader: Reader, language: str) -> Shown:
    fields = {
        name: part.described.collection.field_at((name,)) for name in part.spool.columns
    }
    titles = {
        name: field_title(field, name, language) for name, field in fields.items()
    }
    rows = tuple(
        tuple(
            (titles[name], reader.html(record.get(name), fields[name]))
            for name in part.spool.columns
        )
        for record in part.spool.records(SHOWN)
    )
    return Shown(anchor, part, tuple(titles.values()), rows)
