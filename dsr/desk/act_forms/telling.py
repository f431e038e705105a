"""What is asked when systems and recipients are answered for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr import casework
from dsr.desk.act_forms.fields import ActForm, set_choices, words
from dsr.policy.checks import SHORTEST_REASON
from dsr.vocabulary import NoticeState, OrderAct

DONE, IMPOSSIBLE = "done", "impossible"
LATER = ""  # those not chosen stay to be told


def _is_done(value: str) -> bool:
    return value == DONE


class CloseOrdersForm(ActForm):
    """For which systems an officer answers, and what was done there."""

    orders = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which systems?"),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
    )
    done = forms.TypedChoiceField(
        label=gettext_lazy("What became of the order?"),
        widget=forms.RadioSelect,
        choices=(
            (DONE, gettext_lazy("it is done")),
            (IMPOSSIBLE, gettext_lazy("it is impossible")),
        ),
        coerce=_is_done,
    )
    note = words(
        gettext_lazy("What was done, and by whom; or why it is impossible"),
        gettext_lazy("An auditor will read this. Name no person whose data they are."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the orders that wait."""
        super().__init__(*args, **kwargs)
        waiting = self.ticket.orders.waiting()
        choices = [
            (str(one.pk), f"{one.system}: {one.get_act_display()}") for one in waiting
        ]
        set_choices(self, "orders", choices)
        if not choices:
            self.nothing_left = _("No order to a system waits for an answer.")


class RetryOrdersForm(ActForm):
    """Which orders a machine is to carry out, or try again."""

    orders = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which orders?"),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what a machine could do and none is doing."""
        super().__init__(*args, **kwargs)
        able = casework.orders_for_a_machine(self.ticket)
        choices = [
            (str(one.pk), f"{one.system}: {one.get_act_display()}") for one in able
        ]
        set_choices(self, "orders", choices)
        if not choices:
            self.nothing_left = _("No order waits that a machine could carry out.")


class TellRecipientsForm(ActForm):
    """Who is written to, and why the others are not."""

    tell = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who is told?"),
        help_text=gettext_lazy("A notice goes to each; it names the least they need."),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("And the others?"),
        widget=forms.RadioSelect,
        choices=(
            (LATER, gettext_lazy("stay to be told")),
            *((one, NoticeState(one).label) for one in NoticeState.EXCUSED),
        ),
        required=False,
    )
    reason = words(
        gettext_lazy("Why are the others not told?"),
        gettext_lazy("Needed where it is impossible or takes disproportionate effort."),
        required=False,
    )
    details = words(
        gettext_lazy("What reads how now?"),
        gettext_lazy(
            "Goes to every recipient as written; they cannot correct without it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer those who are not told yet; what is corrected is said only then."""
        super().__init__(*args, **kwargs)
        self.open = list(self.ticket.notices.filter(state=NoticeState.OPEN))
        choices = [
            (str(one.pk), f"{one.name}: {one.get_operation_display()}")
            for one in self.open
        ]
        set_choices(self, "tell", choices)
        if not choices:
            self.nothing_left = _("Every recipient is told already, or excused.")
        self.initial.setdefault("tell", [value for value, _label in choices])
        if not any(one.operation == OrderAct.CORRECT for one in self.open):
            del self.fields["details"]
        else:
            self.fields["details"].required = False

    def clean(self) -> dict[str, Any]:
        """Excuse those not chosen, if it is said why. GDPR Art. 19."""
        said = super().clean() or {}
        state, told = said.get("state", LATER), said.get("tell", [])
        left = [one.pk for one in self.open if one.pk not in told]
        said["excuse"] = left if state else []
        corrected = "details" in self.fields and not said.get("details", "").strip()
        if told and corrected:
            self.add_error("details", _("Say what reads how now."))
        short = len(said.get("reason", "").strip()) < SHORTEST_REASON
        if said["excuse"] and state in NoticeState.NEEDS_REASON and short:
            self.add_error(
                "reason",
                _("Explain it in at least %(length)d characters.")
                % {"length": SHORTEST_REASON},
            )
        return said


class ConfirmNoticesForm(ActForm):
    """Who confirmed."""

    notices = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who confirmed?"),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer those who were told."""
        super().__init__(*args, **kwargs)
        told = self.ticket.notices.filter(state=NoticeState.SENT)
        choices = [
            (str(one.pk), f"{one.name}: {one.get_operation_display()}") for one in told
        ]
        set_choices(self, "notices", choices)
        if not choices:
            self.nothing_left = _("Nobody was told who has not confirmed.")
