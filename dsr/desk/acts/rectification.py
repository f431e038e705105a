"""The acts of a rectification: note each datum, judge it."""

from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk.act_forms.rectification import JudgeDatumForm, VerifyForm
from dsr.desk.acts.act import DeskAct

RECTIFICATION: dict[str, DeskAct] = {
    "verify": DeskAct(
        VerifyForm,
        casework.verify,
        _("The contested datum is noted, with what it says and what it should say."),
        _("Note the next one, or judge whether it is accurate."),
    ),
    "judge_datum": DeskAct(
        JudgeDatumForm,
        casework.judge_datum,
        _("It is noted whether the datum is corrected, supplemented or kept."),
        _("When every datum is judged, propose what follows from the verdicts."),
    ),
}
