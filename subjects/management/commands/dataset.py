"""Helps who describes systems: checks descriptions, drafts them, draws the graph."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from subjects.management.arguments import (
    ArgumentsError,
    add_systems,
    database_of,
    systems_of,
)
from subjects.systems.base import ReadError, System
from subjects.systems.datasets import read_datasets, refuse_twins
from subjects.systems.describing.check import check_systems, identities_in
from subjects.systems.describing.draft import draft
from subjects.systems.describing.picture import draw
from subjects.systems.graph import make_plan
from subjects.systems.register import RegisterError, load_systems
from subjects.systems.shape import Dataset, DatasetError
from subjects.systems.sql.system import SQLSystem

UNUSABLE = (ArgumentsError, DatasetError, ReadError, RegisterError)
FAILED = 1


class Command(BaseCommand):
    """The command `dataset`."""

    help = "Check descriptions against their databases, draft one, or draw the graph."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what to do, and with which systems."""
        does = parser.add_subparsers(dest="does", required=True, metavar="DOES")
        check = does.add_parser(
            "check", help="compare descriptions and databases; exit 1 if they differ"
        )
        add_systems(check, required=False)
        drafting = does.add_parser(
            "draft", help="print a description of a live database, to be looked over"
        )
        drafting.add_argument(
            "--url", required=True, metavar="KEY=DATABASE_URL", help="the database"
        )
        drafting.add_argument("--schema", help="its schema, where it has several")
        graph = does.add_parser("graph", help="draw how a search goes, as SVG")
        graph.add_argument(
            "--dataset",
            nargs="+",
            action="extend",
            default=[],
            metavar="FILE.yml",
            help="descriptions; default: those of SYSTEMS_FILE",
        )
        graph.add_argument(
            "--identity",
            nargs="+",
            action="extend",
            default=[],
            metavar="KIND",
            help="what the person is known by, e.g. email; default: everything",
        )
        graph.add_argument("--svg", type=Path, help="the file; default: print it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; one line and exit 2 where that is impossible."""
        does = {"check": self._check, "draft": self._draft, "graph": self._graph}
        try:
            does[options["does"]](options)
        except UNUSABLE as error:
            raise CommandError(str(error), returncode=2) from error

    def _check(self, options: dict[str, Any]) -> None:
        systems = _systems(options["dataset"], options["url"])
        try:
            remarks = check_systems(systems)
        finally:
            for system in systems:
                system.close()
        errors = [one.in_json() for one in remarks if one.is_error]
        doubts = [one.in_json() for one in remarks if not one.is_error]
        found = {"errors": errors, "warnings": doubts}
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        if errors:
            sys.exit(FAILED)

    def _draft(self, options: dict[str, Any]) -> None:
        key, url = database_of(options["url"])
        system = SQLSystem(key, url, [])
        try:
            text = draft(key, system.tables(options["schema"]), options["schema"])
        finally:
            system.close()
        self.stdout.write(text)

    def _graph(self, options: dict[str, Any]) -> None:
        datasets = _described(options["dataset"])
        known = identities_in(datasets)
        for kind in options["identity"]:
            if kind not in known:
                raise ArgumentsError(
                    f"--identity {kind} is marked in no description; "
                    f"known: {', '.join(known) or 'none'}"
                )
        picture = draw(make_plan(datasets, options["identity"] or known))
        if options["svg"] is None:
            self.stdout.write(picture)
            return
        try:
            options["svg"].write_text(picture, "utf-8")
        except OSError as error:
            raise ArgumentsError(
                f"{options['svg']} cannot be written ({error.strerror}); "
                "name another file"
            ) from error


def _systems(files: Sequence[str], urls: Sequence[str]) -> Sequence[System]:
    if files or urls:
        return systems_of(files, urls)
    return load_systems(Path(settings.SYSTEMS_FILE))


def _described(files: Sequence[str]) -> list[Dataset]:
    if not files:
        systems = load_systems(Path(settings.SYSTEMS_FILE))
        return [dataset for system in systems for dataset in system.datasets]
    datasets = [one for file in files for one in read_datasets(Path(file))]
    refuse_twins(datasets)
    return datasets
