"""Which rule keeps data, as a description says it: `retention` under our key."""

from subjects.systems.entry import Entry
from subjects.systems.shape import Retention

_COUNTED = ("rule", "event", "known", "decided", "birth")


def read_retention(ours: Entry) -> Retention | None:
    """Read the name of a rule, or a rule with the fields that it counts from."""
    if isinstance(ours.values.get("retention"), str):
        return Retention(rule=ours.text("retention"))
    if not ours.table("retention"):
        return None
    entry = ours.entry("retention")
    for key in entry.values:
        if key not in _COUNTED:
            raise ours.place.error(
                f"retention does not know {key!r}; write {', '.join(_COUNTED)}"
            )
    alone = isinstance(entry.values.get("event"), str)
    return Retention(
        rule=entry.needed_text("rule"),
        event=(entry.text("event"),) if alone else entry.texts("event"),
        known=entry.text("known"),
        decided=entry.text("decided"),
        birth=entry.text("birth"),
    )
