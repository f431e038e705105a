"""What of the findings somebody sees: the health data, the rest, or both."""

from dataclasses import dataclass

from dsr.models import HealthClearance, SearchTask, Ticket
from dsr.policy.health import is_cleared, opens_envelopes, settled_by
from dsr.policy.seeing import EVERY_CASE
from dsr.vocabulary import Actor, Role


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether somebody sees data on health, and whether the other data."""

    health: bool
    rest: bool

    def settles(self, search: SearchTask, collection: str, field: str) -> bool:
        """Say whether a field, or a whole record, is theirs to look at."""
        adviser = settled_by(search, collection, field) == Role.MEDICAL_ADVISER
        return self.health if adviser else self.rest

    def counts(self, search: SearchTask) -> dict[str, int]:
        """Return the collections they may look into, with the number of records."""
        if self.rest:
            return dict(search.counts)
        return {name: one["records"] for name, one in search.health.items()}


def sight_of(by: Actor) -> Sight:
    """Return what this actor sees. GDPR Art. 9; the roles are the access list."""
    return Sight(opens_envelopes(by), not by.roles.isdisjoint(EVERY_CASE))


@dataclass(frozen=True, slots=True)
class HealthPart:
    """What the card tells of the health data: that there are some, and how many."""

    records: int
    fields: int
    cleared: HealthClearance | None


def health_part(ticket: Ticket, searches: list[SearchTask]) -> HealthPart | None:
    """Return how much of what was found is for the medical adviser alone."""
    found = [one for one in searches if one.health]
    if not found:
        return None
    return HealthPart(
        sum(one.health_records for one in found),
        sum(one.health_field_count for one in found),
        ticket.health_clearances.last() if is_cleared(ticket) else None,
    )
