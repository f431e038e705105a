"""How well mail is read: what the reader proposed against what officers settled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dsr.models import LabelledExample
from dsr.rights import RIGHTS
from exports.reports.period import Period

UNSURE = "review"  # the reader's word for a mail that it leaves to an officer
NONE = "-"  # how a set of no rights is written


@dataclass(frozen=True, slots=True)
class Settlement:
    """One mail: kind and rights as proposed and as settled, in a month like 2026-03."""

    month: str
    proposed_kind: str
    settled_kind: str
    proposed_rights: frozenset[str]
    settled_rights: frozenset[str]


def settlements(period: Period) -> list[Settlement]:
    """Return the mails an officer settled in a period, the first first."""
    rows = LabelledExample.objects.filter(
        settled_at__gte=period.begins_at, settled_at__lt=period.ends_at
    )
    return [
        Settlement(
            row.settled_at.astimezone(period.zone).strftime("%Y-%m"),
            row.proposed["kind"],
            row.settled["kind"],
            frozenset(row.proposed["rights"]),
            frozenset(row.settled["rights"]),
        )
        for row in rows.order_by("settled_at", "pk")
    ]


def mail_report(period: Period) -> dict[str, Any]:
    """Return the report as JSON says it: each month, then all of them.

    `unsure` counts the mails for which no kind was proposed. `kinds` and `rights` are
    confusion tables, {proposed: {settled: mails}}; sets of rights are written with
    "+", and "-" is none. Precision and recall of a right are shares from 0 to 1, or
    null where nothing was proposed or settled.
    """
    found = settlements(period)
    months = sorted({one.month for one in found})
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "months": [
            {"month": month, **_figures([one for one in found if one.month == month])}
            for month in months
        ],
        "total": _figures(found),
    }


def _figures(found: Sequence[Settlement]) -> dict[str, Any]:
    return {
        "settled": len(found),
        "unsure": sum(one.proposed_kind == UNSURE for one in found),
        "kind_as_proposed": sum(o.proposed_kind == o.settled_kind for o in found),
        "rights_as_proposed": sum(o.proposed_rights == o.settled_rights for o in found),
        "kinds": _table((o.proposed_kind, o.settled_kind) for o in found),
        "rights": _table(
            (_named(o.proposed_rights), _named(o.settled_rights)) for o in found
        ),
        "by_right": {right: _of_right(right, found) for right in RIGHTS},
    }


def _table(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for (proposed, settled), number in sorted(Counter(pairs).items()):
        table.setdefault(proposed, {})[settled] = number
    return table


def _named(rights: frozenset[str]) -> str:
    return "+".join(right for right in RIGHTS if right in rights) or NONE


def _of_right(right: str, found: Sequence[Settlement]) -> dict[str, Any]:
    proposed = sum(right in one.proposed_rights for one in found)
    settled = sum(right in one.settled_rights for one in found)
    both = sum(right in one.proposed_rights & one.settled_rights for one in found)
    return {
        "proposed": proposed,
        "settled": settled,
        "both": both,
        "precision": both / proposed if proposed else None,
        "recall": both / settled if settled else None,
    }


def as_text(report: dict[str, Any]) -> Iterator[str]:
    """Yield the report line by line, for a terminal."""
    yield f"Mails settled by an officer, {report['from']} to {report['to']}."
    yield "What the machine did alone has no officer's label and is not counted."
    if not report["total"]["settled"]:
        yield "None."
        return
    for month in report["months"]:
        yield ""
        yield from _part(month["month"], month)
    if len(report["months"]) > 1:
        yield ""
        yield from _part("all months", report["total"])
    yield ""
    yield from _rights(report["total"]["by_right"])


def _part(name: str, figures: dict[str, Any]) -> Iterator[str]:
    number, unsure = figures["settled"], figures["unsure"]
    kind, rights = figures["kind_as_proposed"], figures["rights_as_proposed"]
    sure = kind / (number - unsure) if number > unsure else None
    yield (
        f"{name}: {number} settled, {unsure} of them unsure; of the others kind as "
        f"proposed {_share(sure)}; rights exactly as proposed {_share(rights / number)}"
    )
    yield from _grid("kind: proposed \\ settled", figures["kinds"])
    yield from _grid("rights: proposed \\ settled", figures["rights"])


def _grid(corner: str, table: dict[str, dict[str, int]]) -> Iterator[str]:
    columns = sorted({settled for row in table.values() for settled in row})
    rows = [[corner, *columns]]
    for proposed, row in table.items():
        rows.append([proposed, *(str(row.get(one, ".")) for one in columns)])
    yield from _aligned(rows)


def _rights(by_right: dict[str, dict[str, Any]]) -> Iterator[str]:
    rows = [["right", "proposed", "settled", "both", "precision", "recall"]]
    for right, one in by_right.items():
        counts = (str(one[name]) for name in ("proposed", "settled", "both"))
        rows.append([right, *counts, _share(one["precision"]), _share(one["recall"])])
    yield from _aligned(rows)


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = (
            cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)
        )
        yield "  ".join([f"  {first.ljust(widths[0])}", *cells])


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
