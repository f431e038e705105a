"""The acts of access and portability: the list of Art. 15, and a direct transfer."""

from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk import act_forms as forms
from dsr.desk.acts.act import DeskAct

COPIES: dict[str, DeskAct] = {
    "answer_information": DeskAct(
        forms.AnswerInformationForm,
        casework.answer_information,
        _("The reply says for this item what you decide, and why."),
        _("Answer the other open items; then propose a decision."),
    ),
    "add_question": DeskAct(
        forms.QuestionForm,
        casework.add_question,
        _("The question stands on the list, and wants an answer before the proposal."),
        _("Answer it."),
    ),
    "clear_health": DeskAct(
        forms.ActForm,
        casework.clear_health,
        _("You note that you looked at the health data that were found."),
        _("The handler can propose to give them."),
    ),
    "ask_transfer": DeskAct(
        forms.ReceiverForm,
        casework.ask_transfer,
        _("The transfer to this receiver stands on the ticket until it is settled."),
        _("Ask the receiver whether, and how, it takes the files."),
    ),
    "accept_transfer": DeskAct(
        forms.ActForm,
        casework.accept_transfer,
        _("You note that the receiver agrees to take the files."),
        _("Once it is decided, transfer the files and note the receipt."),
    ),
    "excuse_transfer": DeskAct(
        forms.InfeasibleForm,
        casework.excuse_transfer,
        _("The person is told why; they have the files all the same."),
        _("Nothing holds the answer up any more."),
    ),
    "finish_transfer": DeskAct(
        forms.ReceiptForm,
        casework.finish_transfer,
        _("The receipt is kept, and the reply is drafted."),
        _("Read the reply, and approve it."),
    ),
}
