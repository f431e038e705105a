"""The acts of what takes effect at once: marketing and consent."""

from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk import act_forms as forms
from dsr.desk.acts.act import DeskAct

AT_ONCE: dict[str, DeskAct] = {
    "check_erasure": DeskAct(
        forms.ActForm,
        casework.check_erasure,
        _("You note that everyone was told, and nothing rests on the consent."),
        _("Find out which data have no other legal basis, and have them erased."),
    ),
    "confirm": DeskAct(
        forms.CompleteForm,
        casework.confirm,
        _("What was stopped is noted, and the reply is drafted."),
        _("Read the reply, complete it, and approve it."),
    ),
}
