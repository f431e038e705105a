"""The acts of a restriction and of an objection: what each asks, does, and says."""

from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk import act_forms as forms
from dsr.desk.acts.act import DeskAct

RESTRICTION: dict[str, DeskAct] = {
    "apply_restriction": DeskAct(
        forms.ApplyRestrictionForm,
        casework.apply_restriction,
        _(
            "Every system is ordered to mark the data, at once and before full proof: "
            "from now on they are only stored (GDPR Art. 18(2))."
        ),
        _("Note for each system that it is done; then propose."),
    ),
    "examine_restriction": DeskAct(
        forms.ExamineRestrictionForm,
        casework.examine_restriction,
        _("It is noted which grounds are absent. Article 18 knows no exceptions."),
        _("With all four absent you may propose to refuse; two people agree to it."),
    ),
    "check_basis": DeskAct(
        forms.CheckBasisForm,
        casework.check_basis,
        _("It is noted which purposes are meant, and on what each rests."),
        _(
            "What rests on Art. 6(1)(e) or (f) is weighed; for all else propose "
            "“right not applicable”, with the real basis and the right that applies."
        ),
    ),
    "begin_balancing": DeskAct(
        forms.ActForm,
        casework.begin_balancing,
        _(
            "The data are restricted in every system while the interests are weighed "
            "(GDPR Art. 18(1)(d))."
        ),
        _(
            "Write down the weighing, or propose “granted”: what is not shown to be "
            "compelling stops."
        ),
    ),
    "weigh_interests": DeskAct(
        forms.WeighForm,
        casework.weigh_interests,
        _("The weighing is written down, purpose by purpose; the rule is to stop."),
        _("Propose what the weighing carries; its business owner may not decide."),
    ),
}
