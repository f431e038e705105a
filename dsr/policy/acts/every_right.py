"""The acts that every right knows."""

from django.utils.translation import gettext_lazy

from dsr.policy import (
    advice,
    checks,
    erasing,
    forgetting,
    gates,
    human_review,
    objecting,
    telling,
)
from dsr.policy.acts.act import DECIDER, DPO, HANDLER, SUBJECT, SYSTEM, Act

COMMON = (
    Act("take_in_hand", gettext_lazy("Take in hand"), "take_in_hand", (HANDLER,)),
    Act(
        "ask_identity",
        gettext_lazy("Ask for proof of identity"),
        "ask_identity",
        (HANDLER,),
        (checks.contact_known,),
        (checks.right_asks_identity,),
    ),
    Act(
        "reject_proof",
        gettext_lazy("Proof is not sufficient"),
        "reject_proof",
        (HANDLER,),
        (checks.contact_known,),
    ),
    Act(
        "accept_proof",
        gettext_lazy("Identity is established"),
        "accept_proof",
        (HANDLER,),
        (checks.mandate_is_shown,),
    ),
    Act(
        "establish_identity",
        gettext_lazy("Identity is known"),
        "establish_identity",
        (HANDLER,),
        (checks.mandate_is_shown,),
    ),
    Act(
        "ask_clarification",
        gettext_lazy("Ask for clarification"),
        "ask_clarification",
        (HANDLER,),
        (checks.contact_known,),
        (checks.right_asks_clarification,),
    ),
    Act("clarify", gettext_lazy("Go on"), "clarify", (HANDLER, SYSTEM)),
    Act(
        "propose_extension",
        gettext_lazy("Propose an extension"),
        "propose_extension",
        (HANDLER,),
        (checks.in_month_one, checks.not_extended),
        (checks.right_is_extendable,),
    ),
    Act(
        "extend",
        gettext_lazy("Agree to the extension"),
        "extend",
        (DECIDER,),
        (
            checks.extension_is_proposed,
            checks.not_extended,
            checks.in_month_one,
            checks.second_person_extends,
            checks.contact_known,
        ),
        (checks.right_is_extendable,),
    ),
    Act(
        "answer_gates",
        gettext_lazy("Answer the checks"),
        "answer_gates",
        (HANDLER, DPO),
    ),
    Act("propose", gettext_lazy("Propose a decision"), "propose", (HANDLER,)),
    Act(
        "return_proposal",
        gettext_lazy("Return the proposal"),
        "return_proposal",
        (DECIDER, HANDLER),
    ),
    Act(
        "decide",
        gettext_lazy("Decide as proposed"),
        "decline",  # every right knows a no, or that there is nothing to give
        (DECIDER, HANDLER),
        (
            checks.second_person_decides,
            erasing.decision_spares_protected,
            advice.adviser_does_not_decide,
            advice.refusal_is_in_time,
            gates.checklist_is_whole,
            gates.checklist_agrees,
            objecting.business_owner_does_not_decide,
        ),
    ),
    Act(
        "complete",
        gettext_lazy("Note what was done"),
        "complete",
        (HANDLER, SYSTEM),
        (
            telling.orders_are_closed,
            telling.notices_are_closed,
            erasing.public_steps_are_noted,
            human_review.special_use_has_ended,
        ),
    ),
    Act(
        "close",
        gettext_lazy("Close"),
        "close",
        (HANDLER, SYSTEM),
        (telling.everyone_is_told,),
    ),
    Act(
        "redirect",
        gettext_lazy("Pass on to another controller"),
        "redirect",
        (HANDLER,),
        (checks.contact_known,),
    ),
    Act("merge", gettext_lazy("Merge"), "merge", (HANDLER,)),
    Act("withdraw", gettext_lazy("Withdraw"), "withdraw", (HANDLER, SUBJECT)),
    Act(
        "reopen",
        gettext_lazy("Reopen"),
        "reopen",
        (DPO,),
        (forgetting.person_is_known,),
    ),
)
