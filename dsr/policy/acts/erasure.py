"""The acts of an erasure, and those on what it left for later."""

from django.utils.translation import gettext_lazy

from dsr.policy import erasing
from dsr.policy.acts.act import DPO, HANDLER, Act

ERASURE = (
    Act(
        "examine_grounds",
        gettext_lazy("Examine the grounds"),
        "examine_grounds",
        (HANDLER,),
    ),
    Act(
        "examine_exceptions",
        gettext_lazy("Examine the exceptions"),
        "examine_exceptions",
        (HANDLER,),
    ),
    Act(
        "tell_publishers",
        gettext_lazy("Note the steps for published data"),
        "tell_publishers",
        (HANDLER,),
        (erasing.something_is_published,),
    ),
    Act(
        "move_keep_until",
        gettext_lazy("Move the last day of what is kept"),
        "move_keep_until",
        (HANDLER, DPO),
        (erasing.something_is_kept,),
    ),
    Act(
        "erase_kept",
        gettext_lazy("Erase what was kept"),
        "erase_kept",
        (HANDLER,),
        (erasing.day_has_come, erasing.nothing_protects),
    ),
)
