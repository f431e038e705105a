"""Shows what an erasure would do to each record, without a ticket; changes nothing.

Reads the described databases and prints JSON: `{"dataset:collection": [fates]}`. The
rules that keep records are those of the policy (`POLICY_FILE`).
"""

import json
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dsr.casework import retention_rules
from dsr.controller import PolicyFileError
from subjects.erasure.fates import ErasurePlan, Fate, Reason
from subjects.erasure.plan import plan_erasure
from subjects.management.arguments import (
    ArgumentsError,
    add_categories,
    add_identities,
    add_systems,
    identities_of,
    systems_of,
)
from subjects.systems.base import ReadError
from subjects.systems.shape import DatasetError
from subjects.systems.sql.system import SQLSystem
from subjects.systems.values import plain


class Command(BaseCommand):
    """The command `erase_plan`."""

    help = "Print as JSON what would become of each record about a person."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare files, databases, identities and categories."""
        add_systems(parser)
        add_identities(parser)
        add_categories(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan and print; one line and exit 2 where that is impossible."""
        systems: list[SQLSystem] = []
        try:
            systems += systems_of(options["dataset"], options["url"])
            planned = plan_erasure(
                systems,
                identities_of(options["identity"]),
                retention_rules(),
                today=timezone.localdate(),
                key=secrets.token_bytes(),
                categories=options["category"],
            )
        except (DatasetError, ReadError, ArgumentsError, PolicyFileError) as error:
            raise CommandError(str(error), returncode=2) from error
        finally:
            for system in systems:
                system.close()
        told = _by_collection(planned)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        for address, reason in planned.unreachable.items():
            self.stderr.write(f"{address} was not searched: {reason}")


def _by_collection(planned: ErasurePlan) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for fate in planned.fates:
        found.setdefault(str(fate.address), []).append(_told(fate))
    return found


def _told(fate: Fate) -> dict[str, Any]:
    told: dict[str, Any] = {"key": plain(fate.key), "fate": fate.kind.value}
    if fate.fields:
        told["fields"] = {".".join(path): name for path, name in fate.fields.items()}
    if fate.reason is not None:
        told |= _why(fate.reason)
    reasons = {
        ".".join(path): _why(reason) for path, reason in fate.kept.items() if path
    }
    if len({json.dumps(one) for one in reasons.values()}) > 1:
        told["kept"] = reasons
    return told


def _why(reason: Reason) -> dict[str, Any]:
    until = reason.until.isoformat() if reason.until else None
    told = {"ground": reason.ground, "basis": reason.basis, "rule": reason.rule}
    return {key: text for key, text in told.items() if text} | {"until": until}
