"""Shows what an access request would gather, without a ticket.

Reads the described databases and prints JSON: `{"dataset:collection": [records]}`.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from subjects.systems.base import ReadError
from subjects.systems.collect import collected, plan
from subjects.systems.datasets import read_datasets, refuse_twins
from subjects.systems.shape import Dataset, DatasetError
from subjects.systems.sql.system import SQLSystem
from subjects.systems.sql.url import DatabaseURLError, parse_url


class Command(BaseCommand):
    """The command `collect`."""

    help = "Print as JSON what the described databases hold about a person."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare files, databases, identities and categories."""
        add = parser.add_argument
        add(
            "--dataset",
            nargs="+",
            action="extend",
            required=True,
            metavar="FILE.yml",
            help="dataset descriptions in the fideslang YAML format",
        )
        add(
            "--url",
            nargs="+",
            action="extend",
            required=True,
            metavar="KEY=DATABASE_URL",
            help="the database of the dataset with this fides_key",
        )
        add(
            "--identity",
            nargs="+",
            action="extend",
            required=True,
            metavar="KIND=VALUE",
            help="what we know the person by, e.g. email=jeanne.peeters@demo.example",
        )
        add(
            "--category",
            nargs="+",
            action="extend",
            default=[],
            metavar="CATEGORY",
            help="only fields under this category of data, e.g. user.contact",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather and print; one line and exit 2 where that is impossible."""
        systems: list[SQLSystem] = []
        try:
            identities = _identities(options["identity"])
            systems += _systems(options["dataset"], options["url"])
            found = collected(systems, identities, options["category"])
            unreachable = plan(systems, identities).unreachable
        except (DatasetError, DatabaseURLError, ReadError, _ArgumentError) as error:
            raise CommandError(str(error), returncode=2) from error
        finally:
            for system in systems:
                system.close()
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        for address, reason in unreachable.items():
            self.stderr.write(f"{address} was not searched: {reason}")


class _ArgumentError(ValueError):
    """An argument of the command cannot be used."""


def _split(text: str, option: str, example: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (key.strip() and sign and value.strip()):
        # The text is not repeated: it may hold a password or an address.
        raise _ArgumentError(f"{option} is not KEY=VALUE; write {option} {example}")
    return key.strip(), value.strip()


def _identities(texts: Sequence[str]) -> dict[str, list[str]]:
    identities: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        kind, value = _split(text, "--identity", "email=name@host")
        identities[kind].append(value)
    return dict(identities)


def _systems(files: Sequence[str], urls: Sequence[str]) -> list[SQLSystem]:
    datasets = [one for file in files for one in read_datasets(Path(file))]
    refuse_twins(datasets)
    by_key = {dataset.key: dataset for dataset in datasets}
    given = dict(_split(text, "--url", "crm=postgresql://host/name") for text in urls)
    _check_keys(by_key, given)
    return [_system(by_key[key], given[key]) for key in by_key]


def _check_keys(by_key: dict[str, Dataset], given: dict[str, str]) -> None:
    known = ", ".join(by_key) or "none"
    for key in given:
        if key not in by_key:
            raise _ArgumentError(
                f"--url names {key}, which no --dataset describes; known: {known}"
            )
    for key in by_key:
        if key not in given:
            raise _ArgumentError(
                f"dataset {key} has no database; add --url {key}=DATABASE_URL"
            )


def _system(dataset: Dataset, url: str) -> SQLSystem:
    try:
        return SQLSystem(dataset.key, parse_url(url), [dataset])
    except DatabaseURLError as error:
        raise DatabaseURLError(f"--url {dataset.key}: {error}") from error
