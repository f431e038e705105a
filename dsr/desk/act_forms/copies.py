"""What access and portability ask: the items of Art. 15, and a direct transfer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dsr.desk.act_forms.fields import ActForm, reason, set_choices, words
from dsr.vocabulary import InfoState


class AnswerInformationForm(ActForm):
    """One item: what was decided on it, and what the person is told."""

    item = forms.ChoiceField(label=gettext_lazy("Item"))
    state = forms.ChoiceField(
        label=gettext_lazy("It is"),
        choices=[(one.value, one.label) for one in InfoState if one != InfoState.OPEN],
        widget=forms.RadioSelect,
    )
    because = words(
        gettext_lazy("What the person is told"),
        gettext_lazy(
            "Stands in the reply as written: why it does not apply or is refused, the "
            "answer to a question, or what holds besides the policy."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every item of the list, the open ones first."""
        super().__init__(*args, **kwargs)
        rows = sorted(
            self.ticket.information.all(), key=lambda one: one.state != InfoState.OPEN
        )
        labels = [
            (one.item, f"{one.label} ({one.get_state_display()})") for one in rows
        ]
        set_choices(self, "item", labels)


class QuestionForm(ActForm):
    """What the person's own letter asks."""

    question = words(
        gettext_lazy("What does the person ask?"),
        gettext_lazy("In their words; it stands in the reply with its answer."),
    )


class ReceiverForm(ActForm):
    """To whom the person wants the data passed on."""

    to = forms.CharField(
        label=gettext_lazy("Receiver, with its address"), max_length=300
    )


class ReceiptForm(ActForm):
    """What the receiver confirmed."""

    receipt = forms.CharField(
        label=gettext_lazy("What did the receiver confirm?"),
        help_text=gettext_lazy("Its reference and the day; stands in the file."),
        max_length=300,
    )


class InfeasibleForm(ActForm):
    """Why a direct transfer cannot be."""

    reason = reason(
        gettext_lazy("The technical reason"),
        gettext_lazy(
            "Stands in the reply as written; the person has the files anyway."
        ),
    )
