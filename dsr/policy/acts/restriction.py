"""The acts of a restriction and of an objection: what is frozen, checked, weighed."""

from django.utils.translation import gettext_lazy

from dsr.policy import objecting
from dsr.policy.acts.act import HANDLER, Act

RESTRICTION = (
    Act(
        "apply_restriction",
        gettext_lazy("Apply the restriction"),
        "apply_restriction",
        (HANDLER,),
    ),
    Act(
        "examine_restriction",
        gettext_lazy("Note which grounds are absent"),
        "examine_restriction",
        (HANDLER,),
    ),
)
OBJECTION = (
    Act(
        "check_basis",
        gettext_lazy("Check the legal basis"),
        "check_basis",
        (HANDLER,),
    ),
    Act(
        "begin_balancing",
        gettext_lazy("Restrict the data and begin to weigh"),
        "begin_balancing",
        (HANDLER,),
        (objecting.something_can_be_objected_to,),
    ),
    Act(
        "weigh_interests",
        gettext_lazy("Write down the weighing"),
        "weigh_interests",
        (HANDLER,),
    ),
)
