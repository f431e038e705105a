"""What a rectification asks: the datum, the evidence, the verdict. GDPR Art. 16."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dsr.desk.act_forms.fields import ActForm, set_choices, words
from dsr.vocabulary import CorrectionVerdict


class VerifyForm(ActForm):
    """A datum that the person says is wrong or incomplete, and the evidence."""

    system = forms.ChoiceField(label=gettext_lazy("System"))
    place = forms.CharField(
        label=gettext_lazy("Where in it"),
        help_text=gettext_lazy(
            "For example: the street in the address, a call note. Written as "
            "collection.field, a machine can correct it."
        ),
        max_length=200,
    )
    says = words(
        gettext_lazy("It says now"),
        gettext_lazy("Only what is contested. Leave empty what is missing altogether."),
        required=False,
    )
    should_say = words(gettext_lazy("It should say, according to the person"))
    evidence = words(
        gettext_lazy("Evidence considered"),
        gettext_lazy(
            "Ask for proof only as far as the accuracy of this datum reasonably needs "
            "it (C-247/23). A copy of a document is not kept."
        ),
        required=False,
    )

    restrict = forms.BooleanField(
        label=gettext_lazy("Restrict the data while their accuracy is verified"),
        help_text=gettext_lazy("Where the person asks for it; GDPR Art. 18(1)(a)."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the systems in which the person was searched for."""
        super().__init__(*args, **kwargs)
        searched = self.ticket.searches.values_list("system", flat=True)
        set_choices(self, "system", [(key, key) for key in searched])


class JudgeDatumForm(ActForm):
    """Whether a datum is accurate, and how that was established."""

    datum = forms.TypedChoiceField(label=gettext_lazy("The datum"), coerce=int)
    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        choices=CorrectionVerdict.choices,
        widget=forms.RadioSelect,
    )
    why = words(
        gettext_lazy("How it was verified"),
        gettext_lazy(
            "The person reads this. Needed unless the datum is corrected as asked."
        ),
        required=False,
    )
    statement = words(
        gettext_lazy("Supplementary statement"),
        gettext_lazy(
            "In the person's words. An opinion, a medical finding or an expert report "
            "is not wrong because it is disputed; it is supplemented."
        ),
        required=False,
    )
    tell_underwriting = forms.BooleanField(
        label=gettext_lazy("It is data on the risk: leave word for underwriting"),
        help_text=gettext_lazy(
            "Insurance Act Arts. 60 and 81. The reply does not wait for it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the data that were noted, those not yet judged first."""
        super().__init__(*args, **kwargs)
        noted = self.ticket.corrections.order_by("judged_at", "pk")
        ordered = sorted(noted, key=lambda one: bool(one.verdict))
        choices = [(str(one.pk), f"{one.system}: {one.place}") for one in ordered]
        set_choices(self, "datum", choices)
