"""The pages on which systems and recipients are answered for."""

from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk import act_forms as forms
from dsr.desk.acts.act import DeskAct
from dsr.vocabulary import LetterKind

TELLING: dict[str, DeskAct] = {
    "close_orders": DeskAct(
        forms.CloseOrdersForm,
        casework.close_orders,
        _("You answer for what was done in the systems you choose."),
        _("When every system has answered, the ticket goes on by itself."),
        label=_("Answer for systems"),
    ),
    "retry_orders": DeskAct(
        forms.RetryOrdersForm,
        casework.retry_orders,
        _("The machine plans the changes anew, from what the systems say now."),
        _("It carries them out within seconds; what it cannot do is shown here."),
        label=_("Have it carried out"),
    ),
    "tell_recipients": DeskAct(
        forms.TellRecipientsForm,
        casework.tell_recipients,
        _("Those you choose are written to; the others are excused, if you say why."),
        _("When everyone is told or excused, the ticket goes on by itself."),
        LetterKind.RECIPIENT_NOTICE,
        label=_("Tell the recipients"),
    ),
    "confirm_notices": DeskAct(
        forms.ConfirmNoticesForm,
        casework.confirm_notices,
        _("You note that recipients confirmed what they were asked to do."),
        _("The ticket does not wait for this; the record is complete with it."),
        label=_("Note confirmations"),
    ),
}
