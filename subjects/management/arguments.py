"""The arguments by which several commands are told systems and a person."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import CommandParser
from sqlalchemy import URL

from subjects.systems.datasets import read_datasets, refuse_twins
from subjects.systems.shape import Dataset
from subjects.systems.sql.system import SQLSystem
from subjects.systems.sql.url import DatabaseURLError, parse_url


class ArgumentsError(ValueError):
    """An argument of a command cannot be used; never repeats a secret."""


def add_systems(parser: CommandParser, *, required: bool = True) -> None:
    """Declare the descriptions and the databases they describe."""
    parser.add_argument(
        "--dataset",
        nargs="+",
        action="extend",
        required=required,
        default=None if required else [],
        metavar="FILE.yml",
        help="dataset descriptions in the fideslang YAML format",
    )
    parser.add_argument(
        "--url",
        nargs="+",
        action="extend",
        required=required,
        default=None if required else [],
        metavar="KEY=DATABASE_URL",
        help="the database of the dataset with this fides_key",
    )


def add_identities(parser: CommandParser) -> None:
    """Declare what a person is known by."""
    parser.add_argument(
        "--identity",
        nargs="+",
        action="extend",
        required=True,
        metavar="KIND=VALUE",
        help="what we know the person by, e.g. email=jeanne.peeters@demo.example",
    )


def add_categories(parser: CommandParser) -> None:
    """Declare which categories of data are meant, if not all."""
    parser.add_argument(
        "--category",
        nargs="+",
        action="extend",
        default=[],
        metavar="CATEGORY",
        help="only fields under this category of data, e.g. user.contact",
    )


def _split(text: str, option: str, example: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (key.strip() and sign and value.strip()):
        # The text is not repeated: it may hold a password or an address.
        raise ArgumentsError(f"{option} is not KEY=VALUE; write {option} {example}")
    return key.strip(), value.strip()


def identities_of(texts: Sequence[str]) -> dict[str, list[str]]:
    """Return the values a person is known by, by kind, or raise ArgumentsError."""
    identities: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        kind, value = _split(text, "--identity", "email=name@host")
        identities[kind].append(value)
    return dict(identities)


def systems_of(files: Sequence[str], urls: Sequence[str]) -> list[SQLSystem]:
    """Return the databases that are described and given; opens no connection.

    Raises:
        ArgumentsError: a description has no database, or a database no description.
        DatasetError: a description cannot be used.

    """
    datasets = [one for file in files for one in read_datasets(Path(file))]
    refuse_twins(datasets)
    by_key = {dataset.key: dataset for dataset in datasets}
    given = dict(database_of(text) for text in urls)
    _check_keys(by_key, given)
    return [SQLSystem(key, given[key], [by_key[key]]) for key in by_key]


def database_of(text: str) -> tuple[str, URL]:
    """Return key and address of a KEY=DATABASE_URL, or raise ArgumentsError."""
    key, url = _split(text, "--url", "crm=postgresql://host/name")
    try:
        return key, parse_url(url)
    except DatabaseURLError as error:
        raise ArgumentsError(f"--url {key}: {error}") from error


def _check_keys(by_key: dict[str, Dataset], given: dict[str, URL]) -> None:
    known = ", ".join(by_key) or "none"
    for key in given:
        if key not in by_key:
            raise ArgumentsError(
                f"--url names {key}, which no --dataset describes; known: {known}"
            )
    for key in by_key:
        if key not in given:
            raise ArgumentsError(
                f"dataset {key} has no database; add --url {key}=DATABASE_URL"
            )
