"""The acts of a review by a person, and of the data protection officer."""

from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk import act_forms as forms
from dsr.desk.acts.act import DeskAct
from dsr.vocabulary import LetterKind

HUMAN_REVIEW: dict[str, DeskAct] = {
    "qualify_decision": DeskAct(
        forms.QualifyForm,
        casework.qualify_decision,
        _("It is noted which decision it is, and whether a machine took it alone."),
        _(
            "Where Article 22 applies, the data protection officer assigns a reviewer; "
            "where it does not, propose “right not applicable”."
        ),
    ),
    "assign_reviewer": DeskAct(
        forms.AssignReviewerForm,
        casework.assign_reviewer,
        _("The reviewer sees the case; the person is invited to give their view."),
        _("The reviewer decides afresh once the person was heard."),
        LetterKind.VIEW_INVITATION,
    ),
    "record_review": DeskAct(
        forms.ReviewForm,
        casework.record_review,
        _("What you looked at, heard and decided is kept; it cannot be changed."),
        _("The handler proposes what your review found."),
    ),
    "stop_special_use": DeskAct(
        forms.ActForm,
        casework.stop_special_use,
        _(
            "You note that special categories of data are used no more for such "
            "decisions."
        ),
        _("Note what was done."),
    ),
}

ADVICE: dict[str, DeskAct] = {
    "advise": DeskAct(
        forms.AdviceForm,
        casework.advise,
        _("Your advice stands with the ticket. Who advises does not decide it."),
        _("A decider reads it before deciding."),
    ),
    "override_late_refusal": DeskAct(
        forms.WhyForm,
        casework.override_late_refusal,
        _(
            "The day to refuse has passed (GDPR Art. 12(4)). You allow that this "
            "proposal is decided all the same; your reason is kept."
        ),
        _("A decider decides; it counts as late in every report."),
    ),
}
