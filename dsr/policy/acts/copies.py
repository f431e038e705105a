"""The acts of access and portability besides those of every right."""

from django.utils.translation import gettext_lazy

from dsr.policy import health, transferring
from dsr.policy.acts.act import ADVISER, HANDLER, Act

COPIES = (
    Act(
        "answer_information",
        gettext_lazy("Decide on an item of information"),
        "answer_information",
        (HANDLER,),
    ),
    Act(
        "add_question",
        gettext_lazy("Note a question of the person"),
        "add_question",
        (HANDLER,),
    ),
    Act(
        "clear_health",
        gettext_lazy("Health data looked at"),
        "clear_health",
        (ADVISER,),
        (health.envelope_is_open,),
    ),
    Act(
        "ask_transfer",
        gettext_lazy("Note a receiver"),
        "ask_transfer",
        (HANDLER,),
        (transferring.no_transfer_yet,),
    ),
    Act(
        "accept_transfer",
        gettext_lazy("The receiver agrees"),
        "accept_transfer",
        (HANDLER,),
        (transferring.transfer_is_asked,),
    ),
    Act(
        "excuse_transfer",
        gettext_lazy("The transfer is not feasible"),
        "excuse_transfer",
        (HANDLER,),
        (transferring.transfer_is_open,),
    ),
    Act(
        "finish_transfer",
        gettext_lazy("The files are transferred"),
        "finish_transfer",
        (HANDLER,),
        (transferring.transfer_is_accepted,),
    ),
)
