"""What each act asks of the officer; the choices offered are those of the right."""

from dsr.desk.act_forms.asking import (
    AcceptProofForm,
    AskClarificationForm,
    AskIdentityForm,
    ClarifyForm,
    EstablishIdentityForm,
    RejectProofForm,
)
from dsr.desk.act_forms.at_once import CheckPurposeForm
from dsr.desk.act_forms.copies import (
    AnswerInformationForm,
    InfeasibleForm,
    QuestionForm,
    ReceiptForm,
    ReceiverForm,
)
from dsr.desk.act_forms.deciding import ProposeForm, ground_label
from dsr.desk.act_forms.every_right import (
    AssignForm,
    CompleteForm,
    DelayForm,
    ExtendForm,
    MergeForm,
    ProposeExtensionForm,
    RedirectForm,
    ReopenForm,
    WhyForm,
)
from dsr.desk.act_forms.excess import AbuseForm, RepetitionForm, UnfoundedForm
from dsr.desk.act_forms.fields import ActForm, reason, set_choices, words
from dsr.desk.act_forms.gates import GatesForm
from dsr.desk.act_forms.human_review import (
    AdviceForm,
    AssignReviewerForm,
    QualifyForm,
    ReviewForm,
)
from dsr.desk.act_forms.restriction import (
    ApplyRestrictionForm,
    CheckBasisForm,
    ExamineRestrictionForm,
    WeighForm,
)
from dsr.desk.act_forms.telling import (
    CloseOrdersForm,
    ConfirmNoticesForm,
    RetryOrdersForm,
    TellRecipientsForm,
)

__all__ = [
    "AbuseForm",
    "AcceptProofForm",
    "ActForm",
    "AdviceForm",
    "AnswerInformationForm",
    "ApplyRestrictionForm",
    "AskClarificationForm",
    "AskIdentityForm",
    "AssignForm",
    "AssignReviewerForm",
    "CheckBasisForm",
    "CheckPurposeForm",
    "ClarifyForm",
    "CloseOrdersForm",
    "CompleteForm",
    "ConfirmNoticesForm",
    "DelayForm",
    "EstablishIdentityForm",
    "ExamineRestrictionForm",
    "ExtendForm",
    "GatesForm",
    "InfeasibleForm",
    "MergeForm",
    "ProposeExtensionForm",
    "ProposeForm",
    "QualifyForm",
    "QuestionForm",
    "ReceiptForm",
    "ReceiverForm",
    "RedirectForm",
    "RejectProofForm",
    "ReopenForm",
    "RepetitionForm",
    "RetryOrdersForm",
    "ReviewForm",
    "TellRecipientsForm",
    "UnfoundedForm",
    "WeighForm",
    "WhyForm",
    "ground_label",
    "reason",
    "set_choices",
    "words",
]
