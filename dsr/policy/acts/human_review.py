"""The acts of a review by a person: qualify, assign, review. GDPR Art. 22."""

from django.utils.translation import gettext_lazy

from dsr.policy import human_review
from dsr.policy.acts.act import DPO, HANDLER, REVIEWER, Act
from dsr.policy.checks import contact_known

HUMAN_REVIEW = (
    Act(
        "qualify_decision",
        gettext_lazy("Qualify the decision"),
        "qualify_decision",
        (HANDLER,),
    ),
    Act(
        "assign_reviewer",
        gettext_lazy("Assign a reviewer"),
        "assign_reviewer",
        (DPO,),
        (human_review.article_22_applies, contact_known),
    ),
    Act(
        "record_review",
        gettext_lazy("Record the review"),
        "record_review",
        (REVIEWER,),
        (human_review.is_the_reviewer,),
    ),
    Act(
        "stop_special_use",
        gettext_lazy("Use of special data has ended"),
        "stop_special_use",
        (HANDLER,),
        (human_review.special_use_is_open,),
    ),
)
