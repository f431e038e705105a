"""What is asked before a request is called unfounded or excessive, and for a fee."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from dsr.casework import Abuse, Fee
from dsr.desk.act_forms.fields import ActForm, reason, set_choices, words
from dsr.models import Ticket
from dsr.vocabulary import FeeBasis

FEE_DAYS = timedelta(days=14)  # proposed for the payment
DEAREST = Decimal(99_999)


class AbuseForm(ActForm):
    """The two parts of an abuse, and the factors of C-526/24."""

    objective = reason(
        gettext_lazy("Objective part: why is the purpose of the right not reached?"),
        gettext_lazy("Although its conditions are met on paper. Facts, not motives."),
    )
    subjective = reason(
        gettext_lazy("Subjective part: what shows the will to gain an advantage?"),
        gettext_lazy("A lawsuit, rudeness or many questions never show it alone."),
    )
    given_voluntarily = words(gettext_lazy("Were the data given voluntarily?"))
    purpose = words(gettext_lazy("For what were they given?"))
    time_elapsed = words(gettext_lazy("How much time passed before the request?"))
    conduct = words(gettext_lazy("How did the person behave?"))
    public_pattern = words(
        gettext_lazy("What is publicly known of a pattern?"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Return one record of evidence."""
        said = super().clean() or {}
        return said if self.errors else {"abuse": Abuse(**said)}


class UnfoundedForm(ActForm):
    """The facts."""

    facts = reason(
        gettext_lazy("Which facts make the request manifestly unfounded?"),
        gettext_lazy("Very narrow for access (EDPB Guidelines 01/2022 §§ 175-177)."),
    )


class RepetitionForm(ActForm):
    """The earlier reply that this request repeats."""

    earlier_id = forms.TypedChoiceField(
        label=gettext_lazy("The earlier request"), coerce=int
    )
    scope = reason(
        gettext_lazy("What was given then, and what is asked again?"),
        gettext_lazy("Only the same data of the same period are repeated."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the person's answered tickets of the same right."""
        super().__init__(*args, **kwargs)
        ticket = self.ticket
        answered = (
            Ticket.objects.filter(
                case__subject=ticket.case.subject_id,
                right_code=ticket.right_code,
                replied_at__isnull=False,
            )
            .exclude(pk=ticket.pk)
            .select_related("case")
            .order_by("-received_on")
        )
        choices = [(str(one.pk), _dated(one)) for one in answered]
        set_choices(self, "earlier_id", choices)


def _dated(ticket: Ticket) -> str:
    return f"{ticket.case.reference} ({ticket.received_on.isoformat()})"


class FeeFields(forms.Form):
    """What a proposal to ask a fee says besides."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount, in euro"),
        min_value=Decimal("0.01"),
        max_value=DEAREST,
        decimal_places=2,
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Legal basis"), choices=FeeBasis.choices
    )
    cost_basis = reason(
        gettext_lazy("What the fee covers"),
        gettext_lazy("Administrative costs only. Stands in the letter as written."),
    )
    pay_by = forms.DateField(
        label=gettext_lazy("To be paid by"),
        help_text=gettext_lazy("The time limit runs on meanwhile."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def add_fee_fields(form: forms.Form) -> None:
    """Let a proposal ask for the fee it is about."""
    form.fields.update(FeeFields.base_fields)
    form.initial.setdefault("pay_by", timezone.localdate() + FEE_DAYS)


def fee_of(said: dict[str, Any]) -> Fee:
    """Take the fee out of what a form was told."""
    return Fee(**{name: said.pop(name) for name in FeeFields.base_fields})
