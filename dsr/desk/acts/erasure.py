"""The acts of an erasure: grounds, exceptions, and what was left for later."""

from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk.act_forms.erasure import (
    EraseKeptForm,
    ExamineExceptionsForm,
    ExamineGroundsForm,
    MoveKeepUntilForm,
    TellPublishersForm,
)
from dsr.desk.acts.act import DeskAct

ERASURE: dict[str, DeskAct] = {
    "examine_grounds": DeskAct(
        ExamineGroundsForm,
        casework.examine_grounds,
        _("The ground is noted for these categories, or that there is none."),
        _("Note the next ones, then examine the exceptions. Without any, refuse."),
    ),
    "examine_exceptions": DeskAct(
        ExamineExceptionsForm,
        casework.examine_exceptions,
        _("It is noted whether these categories are erased, or kept until a day."),
        _("When every category is judged, propose what follows from it."),
    ),
    "tell_publishers": DeskAct(
        TellPublishersForm,
        casework.tell_publishers,
        _("The steps are noted, and stand in the reply."),
        _("When the recipients are told, note what was done."),
    ),
    "move_keep_until": DeskAct(
        MoveKeepUntilForm,
        casework.move_keep_until,
        _("The category is kept until the new day; the old one stays on record."),
        _("You are reminded when the new day has come."),
    ),
    "erase_kept": DeskAct(
        EraseKeptForm,
        casework.erase_kept,
        _("Every system is ordered to erase what was kept and whose day has come."),
        _("Note for each system that it is done; that is the proof."),
    ),
}
