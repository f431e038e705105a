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
    "check_purpose": DeskAct(
        forms.CheckPurposeForm,
        casework.check_purpose,
        _("You note of one purpose whether its data are erased, or why they are kept."),
        _("When each purpose is noted, the withdrawal can be confirmed."),
    ),
    "open_erasure": DeskAct(
        forms.ActForm,
        casework.open_erasure,
        _("A request for erasure is opened in this case, with its own time limit."),
        _("Take it in hand: that the consent is withdrawn is its ground."),
    ),
    "confirm": DeskAct(
        forms.CompleteForm,
        casework.confirm,
        _("What was stopped is noted, and the reply is drafted."),
        _("Read the reply, complete it, and approve it."),
    ),
}
