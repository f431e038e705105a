"""What the law and the house ask of a restriction's own acts. GDPR Art. 18(2), (3).

The states that allow an act stand in the measure's transitions and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import can_proceed

from dsr.models import RestrictionMeasure
from dsr.policy.actors import check_role
from dsr.policy.acts.act import DECIDER, HANDLER, SYSTEM, ActStatus
from dsr.policy.checks import another, contact_known, local_day
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import Actor, LetterState

Rule = Callable[[RestrictionMeasure, Actor, datetime], None]


@dataclass(frozen=True, slots=True)
class MeasureAct:
    """Something that can be done to a restriction; `transition` is its method."""

    name: str
    label: Promise
    transition: str
    roles: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    law: tuple[Rule, ...] = ()


def not_yet_announced(measure: RestrictionMeasure, by: Actor, at: datetime) -> None:
    """Write one notice, unless the first was taken back."""
    notice = measure.notice
    if notice is not None and notice.state != LetterState.CANCELLED:
        raise PolicyError(
            _("The notice of lifting is written already; it is “%(state)s”.")
            % {"state": notice.get_state_display()}
        )


def second_person_lifts(measure: RestrictionMeasure, by: Actor, at: datetime) -> None:
    """Four eyes: whoever proposed the lifting does not agree to it."""
    another(measure.lift_proposed_by, by)


def person_can_be_told(measure: RestrictionMeasure, by: Actor, at: datetime) -> None:
    """Know where the notice is to go."""
    contact_known(measure.ticket, by, at)


def notice_was_sent(measure: RestrictionMeasure, by: Actor, at: datetime) -> None:
    """Lift nothing of which the person was not told before. GDPR Art. 18(3)."""
    if measure.is_in_force and measure.notice_sent_at is None:
        raise PolicyError(
            _(
                "%(measure)s cannot be lifted yet: the person must be informed before "
                "(GDPR Art. 18(3)). Propose the lifting, have a second person agree, "
                "and let the notice go out."
            )
            % {"measure": measure}
        )


def wait_is_over(measure: RestrictionMeasure, by: Actor, at: datetime) -> None:
    """Leave the person the time that the notice promised. GDPR Art. 18(3)."""
    first = measure.lift_on
    if first is not None and local_day(at) < first:
        raise PolicyError(
            _(
                "%(measure)s may be lifted from %(day)s: the person was told so "
                "(GDPR Art. 18(3))."
            )
            % {"measure": measure, "day": date_format(first)}
        )


MEASURE_ACTS = {
    act.name: act
    for act in (
        MeasureAct(
            "note_use",
            gettext_lazy("Note a use of the restricted data"),
            "note_use",
            (HANDLER,),
        ),
        MeasureAct(
            "propose_lift",
            gettext_lazy("Propose to lift it"),
            "propose_lift",
            (HANDLER,),
        ),
        MeasureAct(
            "approve_lift",
            gettext_lazy("Agree to lift it"),
            "approve_lift",
            (DECIDER,),
            (not_yet_announced, second_person_lifts, person_can_be_told),
        ),
        MeasureAct(
            "keep_measure",
            gettext_lazy("Keep it after all"),
            "keep",
            (HANDLER, DECIDER),
        ),
        MeasureAct(
            "lift_measure",
            gettext_lazy("Lift it"),
            "lift",
            (HANDLER, SYSTEM),
            (wait_is_over,),
            (notice_was_sent,),
        ),
    )
}


def check_measure(
    act: str, measure: RestrictionMeasure, *, by: Actor, at: datetime
) -> None:
    """Raise a PolicyError unless the act may be done now, by this actor."""
    known = MEASURE_ACTS[act]
    check_role(by, *known.roles)
    for rule in known.law:
        rule(measure, by, at)
    if not can_proceed(getattr(measure, known.transition)):
        raise PolicyError(
            _("%(measure)s is “%(state)s”; “%(act)s” is not possible in this state.")
            % {
                "measure": measure,
                "state": measure.get_state_display(),
                "act": known.label,
            }
        )
    for rule in known.rules:
        rule(measure, by, at)


def measure_acts(
    measure: RestrictionMeasure, *, by: Actor, at: datetime
) -> list[ActStatus]:
    """Return every act of a restriction with whether it may be done, or why not."""
    return [_status(act, measure, by=by, at=at) for act in MEASURE_ACTS.values()]


def _status(
    act: MeasureAct, measure: RestrictionMeasure, *, by: Actor, at: datetime
) -> ActStatus:
    try:
        check_measure(act.name, measure, by=by, at=at)
    except PolicyError as error:
        return ActStatus(act.name, act.label, allowed=False, why_not=str(error))
    return ActStatus(act.name, act.label, allowed=True, why_not="")
