"""The acts of the data protection officer, who does not decide. GDPR Art. 38(6)."""

from django.utils.translation import gettext_lazy

from dsr.policy import advice
from dsr.policy.acts.act import DPO, Act

ADVICE = (
    Act("advise", gettext_lazy("Advise"), "advise", (DPO,)),
    Act(
        "override_late_refusal",
        gettext_lazy("Allow the late refusal"),
        "override_late_refusal",
        (DPO,),
        (advice.refusal_is_late,),
        (advice.right_can_be_refused,),
    ),
)
