"""The acts on what is unfounded or excessive, and on fees."""

from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk import act_forms as forms
from dsr.desk.acts.act import DeskAct
from dsr.vocabulary import LetterKind

_THEN = _("The ground can now be proposed; a second person decides on it.")

EXCESS: dict[str, DeskAct] = {
    "record_unfounded": DeskAct(
        forms.UnfoundedForm,
        casework.record_unfounded,
        _("The facts are kept as evidence; we bear the burden of it (Art. 12(5))."),
        _THEN,
        rare=True,
    ),
    "record_repetition": DeskAct(
        forms.RepetitionForm,
        casework.record_repetition,
        _("It is kept that the same was asked before, and answered."),
        _THEN,
    ),
    "record_abuse": DeskAct(
        forms.AbuseForm,
        casework.record_abuse,
        _("Both parts of the abuse are kept as evidence (C-526/24)."),
        _THEN,
        rare=True,
    ),
    "fee_paid": DeskAct(
        forms.ActForm,
        casework.fee_paid,
        _("The payment is noted, and the request goes on. No other fee is asked."),
        _("Go on with the request; its time limit never stood still."),
    ),
    "fee_lapsed": DeskAct(
        forms.ActForm,
        casework.fee_lapsed,
        _("The request ends without an answer; the person is told, and owes nothing."),
        _("Nothing more is to do."),
        LetterKind.FEE_LAPSED,
    ),
}
