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
from dsr.desk.act_forms.deciding import ProposeForm, ground_label
from dsr.desk.act_forms.every_right import (
    AssignForm,
    CompleteForm,
    DelayForm,
    MergeForm,
    ProposeExtensionForm,
    RedirectForm,
    ReopenForm,
    WhyForm,
)
from dsr.desk.act_forms.fields import ActForm, reason, set_choices, words
from dsr.desk.act_forms.telling import (
    CloseOrdersForm,
    ConfirmNoticesForm,
    TellRecipientsForm,
)

__all__ = [
    "AcceptProofForm",
    "ActForm",
    "AskClarificationForm",
    "AskIdentityForm",
    "AssignForm",
    "CheckPurposeForm",
    "ClarifyForm",
    "CloseOrdersForm",
    "CompleteForm",
    "ConfirmNoticesForm",
    "DelayForm",
    "EstablishIdentityForm",
    "MergeForm",
    "ProposeExtensionForm",
    "ProposeForm",
    "RedirectForm",
    "RejectProofForm",
    "ReopenForm",
    "TellRecipientsForm",
    "WhyForm",
    "ground_label",
    "reason",
    "set_choices",
    "words",
]
