"""What the examination of a ticket left on record: contested data, kept categories."""

from datetime import date, datetime
from typing import Any

from dsr.models import Correction, ErasureItem
from dsr.rights.limitation import Reckoning, limit_of


def contested(datum: Correction) -> dict[str, Any]:
    """Return a datum that was said to be wrong, and the verdict. GDPR Art. 16."""
    return {
        "system": datum.system,
        "place": datum.place,
        "says": datum.says,
        "should_say": datum.should_say,
        "evidence": datum.evidence,
        "noted_by": datum.noted_by,
        "noted_at": _iso(datum.noted_at),
        "verdict": datum.verdict,
        "why": datum.why,
        "statement": datum.statement,
        "judged_by": datum.judged_by,
        "judged_at": _iso(datum.judged_at),
    }


def erasure(item: ErasureItem) -> dict[str, Any]:
    """Return a category with its ground, its exception and its proof. Art. 17."""
    return {
        "category": item.category,
        "ground": item.ground,
        "made_public": item.made_public,
        "public_steps": item.public_steps,
        "noted_by": item.noted_by,
        "noted_at": _iso(item.noted_at),
        "verdict": item.verdict,
        "exception": item.exception,
        "keep_until": _iso(item.keep_until),
        "why": item.why,
        "derivation": _derivation(item),
        "judged_by": item.judged_by,
        "judged_at": _iso(item.judged_at),
        "moved_by": item.moved_by,
        "moved_at": _iso(item.moved_at),
        "moved_why": item.moved_why,
        "released_by": item.released_by,
        "released_at": _iso(item.released_at),
        "released_why": item.released_why,
        "erased_by": item.erased_by,
        "erased_at": _iso(item.erased_at),
    }


def _derivation(item: ErasureItem) -> list[dict[str, str]]:
    if not item.reckoning:
        return []
    limit = limit_of(Reckoning.from_json(item.reckoning))
    return [{"text": step.text, "source": str(step.source)} for step in limit.steps]


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None
