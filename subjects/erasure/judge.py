"""What keeps the fields of a record: the verdict on their category, or a rule.

The verdict comes first; within what may go, a rule keeps single records.
"""

from collections.abc import Sequence

from subjects.erasure.counting import Counter
from subjects.erasure.fates import NO_CATEGORY, NOT_ORDERED, Reason
from subjects.erasure.person import Held
from subjects.erasure.rules import reason_to_keep
from subjects.erasure.standing import Order, Standing, Unit
from subjects.systems.shape import DatasetError, Path

_NOT_ASKED: Reason | None = Reason(NOT_ORDERED)


class Judge:
    """Says of each standing what keeps a record, for one order."""

    def __init__(self, order: Order, counter: Counter) -> None:
        self._order = order
        self._counter = counter

    def reasons(self, held: Held, units: Sequence[Unit]) -> dict[Path, Reason]:
        """Return why fields of a record stay; those that may go are not in it."""
        judged: dict[int, Reason | None] = {}
        found: dict[Path, Reason] = {}
        for unit in units:
            which, reason = id(unit.standing), _NOT_ASKED
            if unit.is_asked:
                if which not in judged:
                    judged[which] = self._judge(held, unit.standing)
                reason = judged[which]
            if reason is not None:
                found[unit.path] = reason
        return found

    def _judge(self, held: Held, standing: Standing) -> Reason | None:
        verdicts = self._order.verdicts
        if verdicts is not None:
            if not standing.category:
                return Reason(NO_CATEGORY)
            if standing.category not in verdicts:
                return Reason(NOT_ORDERED)
            if verdict := verdicts[standing.category]:
                return verdict
        retention = standing.retention
        if retention is None:
            return None
        rule = self._order.rules.get(retention.rule)
        if rule is None:
            known = ", ".join(self._order.rules) or "none"
            raise DatasetError(
                f"collection {held.address}: retention names the rule "
                f"{retention.rule!r}, which the policy does not have; known: {known}"
            )
        days = self._counter.days(held, retention)
        return reason_to_keep(retention.rule, rule, days, self._order.today)
