"""Compares descriptions with the databases they describe, and with each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from subjects.systems.base import ReadError, System
from subjects.systems.collect import plan
from subjects.systems.graph import Plan
from subjects.systems.shape import Address, Collection, Dataset, DatasetError, Field
from subjects.systems.sql.live import LiveColumn, LiveTable
from subjects.systems.sql.system import SQLSystem


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong (`is_error`) or doubtful, where, and what helps."""

    is_error: bool
    system: str
    sentence: str
    dataset: str = ""
    collection: str = ""
    field: str = ""

    def in_json(self) -> dict[str, str]:
        """Return the remark as it is printed, without what it does not name."""
        named = {key: value for key, value in asdict(self).items() if value}
        return {key: value for key, value in named.items() if key != "is_error"}


def check_systems(systems: Sequence[System]) -> list[Remark]:
    """Return what is wrong with the systems, their descriptions or their graph."""
    remarks = [remark for system in systems for remark in check_system(system)]
    return remarks + list(check_graph(systems))


def check_system(system: System) -> list[Remark]:
    """Return what is wrong with one system: whether it answers, and is as described."""
    try:
        if isinstance(system, SQLSystem):
            return list(_compare(system))
        system.check()
    except ReadError as error:
        return [Remark(True, system.key, str(error))]
    return []


def check_graph(systems: Sequence[System]) -> Iterator[Remark]:
    """Yield what no search reaches, even if every identity of a person were known."""
    owners = {one.key: system.key for system in systems for one in system.datasets}
    try:
        unreachable = plan_of(systems).unreachable
    except DatasetError as error:
        yield Remark(True, "", str(error))
        return
    for address, why in unreachable.items():
        yield Remark(
            is_error=False,
            system=owners[address.dataset],
            sentence=f"no search reaches it: {why}; mark an identity, or add a "
            "reference",
            dataset=address.dataset,
            collection=address.collection,
        )


def plan_of(systems: Sequence[System]) -> Plan:
    """Return how a search goes of whom everything is known that can be searched by.

    Raises:
        DatasetError: the descriptions do not fit together.

    """
    datasets = [dataset for system in systems for dataset in system.datasets]
    return plan(systems, {kind: [kind] for kind in identities_in(datasets)})


def identities_in(datasets: Sequence[Dataset]) -> tuple[str, ...]:
    """Return every kind of identity that the descriptions can be searched by."""
    kinds = {
        field.identity
        for dataset in datasets
        for collection in dataset.collections
        for _path, field in collection.each_field()
        if field.identity
    }
    return tuple(sorted(kinds))


def _compare(system: SQLSystem) -> Iterator[Remark]:
    searched = _searched(system.datasets)
    for dataset in system.datasets:
        tables = system.tables(dataset.namespace.get("schema"))
        for collection in dataset.collections:
            if collection.skip_processing:
                continue
            here = _Here(system.key, dataset, collection)
            table = tables.get(collection.name)
            if table is None:
                yield here.error(
                    "the database has no such table; correct the name, or remove it"
                )
            else:
                fields = searched.get(Address(dataset.key, collection.name), set())
                yield from _compare_table(here, table, fields)
        yield from _undescribed(system, dataset, tables)


def _undescribed(
    system: SQLSystem, dataset: Dataset, tables: Mapping[str, LiveTable]
) -> Iterator[Remark]:
    """Yield the tables that no dataset of the system describes."""
    schema = dataset.namespace.get("schema")
    alike = [one for one in system.datasets if one.namespace.get("schema") == schema]
    if dataset is not alike[0]:
        return
    known = {one.name for other in alike for one in other.collections}
    for name, table in tables.items():
        if name not in known and not table.is_view:
            yield Remark(
                is_error=False,
                system=system.key,
                sentence="the table is not described, so it is neither searched nor "
                "erased; describe it, or know that it holds nothing personal",
                dataset=dataset.key,
                collection=name,
            )


@dataclass(frozen=True, slots=True)
class _Here:
    """The collection that is being compared."""

    system: str
    dataset: Dataset
    collection: Collection

    def error(self, sentence: str, field: str = "") -> Remark:
        return self._remark(sentence, field, is_error=True)

    def doubt(self, sentence: str, field: str = "") -> Remark:
        return self._remark(sentence, field, is_error=False)

    def _remark(self, sentence: str, field: str, *, is_error: bool) -> Remark:
        return Remark(
            is_error,
            self.system,
            f"{self.dataset.source}: {sentence}",
            self.dataset.key,
            self.collection.name,
            field,
        )


def _compare_table(
    here: _Here, table: LiveTable, searched: set[str]
) -> Iterator[Remark]:
    described = {field.name: field for field in here.collection.fields}
    for name, field in described.items():
        if name in table.columns:
            yield from _compare_field(here, field, table.columns[name])
        else:
            yield here.error(
                "the table has no such column; correct the description or the table",
                name,
            )
    for name in (one for one in table.columns if one not in described):
        yield here.doubt(
            "the column is not described, so it is neither given nor erased; describe "
            "it, or know that it holds nothing personal",
            name,
        )
    if table.is_view:
        return
    yield from _compare_keys(here, table)
    for name in sorted(searched & table.columns.keys() - table.indexed):
        yield here.doubt(
            "it is searched by but no index begins with it, so that each search reads "
            "the whole table; add an index",
            name,
        )


def _compare_keys(here: _Here, table: LiveTable) -> Iterator[Remark]:
    marked = {one.name for one in here.collection.fields if one.primary_key}
    for name in table.primary_key:
        if name not in marked:
            yield here.doubt(
                "the table's primary key is not marked, so that its rows cannot be "
                "changed or erased; add fides_meta: {primary_key: true}",
                name,
            )
    if not table.primary_key and not marked:
        yield here.doubt(
            "it has no primary key, so that its rows cannot be changed or erased; mark "
            "the fields that tell one row from another"
        )


def _compare_field(here: _Here, field: Field, column: LiveColumn) -> Iterator[Remark]:
    said = _written(field.data_type, is_array=field.is_array)
    real = _written(column.data_type, is_array=column.is_array)
    fits = not said or not real or said == real or _is_text_of(said, real)
    if not fits:
        yield here.doubt(
            f"data_type is {said} but the column holds {real}; correct data_type",
            field.name,
        )


def _is_text_of(said: str, real: str) -> bool:
    """Whether text may hold it: JSON in a text column, a number written in digits."""
    is_json = said == "object" or said.endswith("[]")
    return (real == "string" and (is_json or said == "object_id")) or (
        is_json and real == "object"
    )


def _written(data_type: str, *, is_array: bool) -> str:
    return f"{data_type}[]" if is_array and data_type else data_type


def _searched(datasets: Sequence[Dataset]) -> dict[Address, set[str]]:
    """Return by collection the columns that values are looked for in."""
    found: dict[Address, set[str]] = {}
    for dataset in datasets:
        for collection in dataset.collections:
            here = Address(dataset.key, collection.name)
            for path, field in collection.each_field():
                if len(path) > 1:
                    continue
                is_entry = any(one.direction != "to" for one in field.references)
                if field.identity or is_entry:
                    found.setdefault(here, set()).add(field.name)
                for one in field.references:
                    if one.direction != "from" and len(one.path) == 1:
                        found.setdefault(one.address, set()).add(one.path[0])
    return found
