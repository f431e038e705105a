"""The period report as HTML: the data, their charts, their tables."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dsr.rights import RIGHTS
from dsr.vocabulary import ErasureVerdict, Outcome, RightCode
from exports.reports.charts import Bar, bars, columns
from exports.reports.words import ZERO_LISTS, class_of_days

PERCENT = 100


def audit_page(data: dict[str, Any], generated: dict[str, str]) -> str:
    """Return the report's HTML in the active language."""
    return render_to_string(
        "reports/audit.html",
        {
            "language": get_language(),
            "data": data,
            "figures": data["figures"],
            "generated": generated,
            "charts": _charts(data["figures"]),
            "months": _months(data["figures"]),
            "by_right": _by_right(data["figures"]),
            "classes": _classes(data["figures"]),
            "outcomes": _outcomes(data["figures"]),
            "zero_lists": [
                (str(ZERO_LISTS[name]), references)
                for name, references in data["zero_lists"].items()
            ],
            "restriction_ages": [
                (class_of_days(*one), count)
                for one, count in zip(
                    data["figures"]["restrictions"]["classes_of_days"],
                    data["figures"]["restrictions"]["ages"],
                    strict=True,
                )
            ],
            "categories_erased": _categories_erased(
                data["figures"]["categories_erased"]
            ),
            "grounds": _grounds(data["figures"]["grounds"]),
        },
    )


def _months(figures: dict[str, Any]) -> list[tuple[str, int, int]]:
    came, left = figures["volumes"]["month"], figures["replies_by_month"]
    return [
        (month, came.get(month, 0), left.get(month, 0))
        for month in sorted({*came, *left})
    ]


def _by_right(figures: dict[str, Any]) -> list[tuple[str, int, int]]:
    came, still = figures["volumes"]["right"], figures["open_by_right"]
    return [
        (right, came.get(right, 0), still.get(right, 0))
        for right in RIGHTS
        if right in came or right in still
    ]


def _classes(figures: dict[str, Any]) -> list[tuple[str, int, int]]:
    names = [class_of_days(*one) for one in figures["classes_of_days"]]
    return list(zip(names, figures["reply_classes"], figures["ages"], strict=True))


def _outcomes(figures: dict[str, Any]) -> dict[str, Any]:
    """Return the outcomes that occur, as columns, and a row for each right."""
    occur = [
        str(code)
        for code in Outcome.values
        if any(code in counts for counts in figures["outcomes"].values())
    ]
    rows = [
        (str(RightCode(right).label), [counts.get(code, 0) for code in occur])
        for right, counts in figures["outcomes"].items()
    ]
    return {"names": [str(Outcome(code).label) for code in occur], "rows": rows}


def _grounds(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    known = {
        ground.code: ground for right in RIGHTS.values() for ground in right.grounds
    }
    return [
        (str(known[code].label), str(known[code].source), count)
        for code, count in counts.items()
    ]


def _charts(figures: dict[str, Any]) -> dict[str, str]:
    outcomes = _outcomes(figures)
    classes = _classes(figures)
    return {
        "months": columns(
            [Bar(month, (came, left)) for month, came, left in _months(figures)],
            (_("received"), _("answered")),
        ),
        "on_time": bars(
            [
                _rate(_("within the strict day"), figures["on_time_strict"]),
                _rate(_("within the legal day"), figures["on_time_final"]),
            ],
            most=PERCENT,
        ),
        "replies": columns([Bar(name, (count,)) for name, count, _age in classes]),
        "ages": columns([Bar(name, (count,)) for name, _reply, count in classes]),
        "outcomes": bars(
            [Bar(right, tuple(counts)) for right, counts in outcomes["rows"]],
            outcomes["names"],
        ),
    }


def _rate(label: str, share: dict[str, Any]) -> Bar:
    if share["percent"] is None:
        return Bar(label, (0,), "–")
    return Bar(label, (share["percent"],), f"{share['percent']:g} %")


def _categories_erased(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Name what became of the categories: erased, or kept under an exception."""
    labels: dict[str, Any] = {
        ground.code: ground.label for ground in RIGHTS[RightCode.ERASURE].grounds
    }
    labels[ErasureVerdict.ERASE] = _("erased")
    return [(str(labels.get(code, code)), count) for code, count in counts.items()]
