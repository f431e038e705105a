"""What the other acts of every right ask."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.desk.act_forms.fields import (
    ActForm,
    LetterActForm,
    promised_day,
    reason,
    set_choices,
    words,
)
from dsr.models import Ticket
from dsr.vocabulary import ComplexityFactor, LetterKind, RightCode, Role


class AssignForm(ActForm):
    """Who works on it."""

    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the handlers, and nobody."""
        super().__init__(*args, **kwargs)
        users = User.objects.filter(is_active=True, groups__name=Role.HANDLER)
        names = sorted(users.values_list("username", flat=True))
        self.initial["owner"] = self.ticket.owner
        choices = [("", _("nobody")), *((name, name) for name in names)]
        set_choices(self, "owner", choices)


class ProposeExtensionForm(ActForm):
    """Why one month is not enough for this case."""

    factors = forms.MultipleChoiceField(
        label=gettext_lazy("What makes it complex?"),
        help_text=gettext_lazy("EDPB Guidelines 01/2022 § 163; for the file."),
        choices=ComplexityFactor.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = reason(
        gettext_lazy("Reasons for the delay"),
        gettext_lazy("Sent to the person as written (GDPR Art. 12(3))."),
    )


class WhyForm(ActForm):
    """A reason."""

    why = reason(gettext_lazy("Why?"))


class ExtendForm(LetterActForm):
    """The agreement to an extension."""

    letter = LetterKind.EXTENSION_NOTICE


class ReopenForm(WhyForm):
    """Why it is looked at again, what the person is told, and by when."""

    told = words(
        gettext_lazy("What the person is told about the reason"),
        gettext_lazy("Stands in the letter as written; may be left empty."),
        required=False,
    )
    answer_by = promised_day(
        gettext_lazy("Day that the authority or a court ordered"),
        gettext_lazy(
            "Nothing moves that day. Leave empty if none was ordered: then the period "
            "begins anew, as for a new request."
        ),
        required=False,
    )


class DelayForm(ActForm):
    """Why the reply is late, and when it will come."""

    reasons = reason(
        gettext_lazy("Why the reply is late"),
        gettext_lazy("Sent to the person as written. It extends nothing."),
    )
    answer_by = promised_day(gettext_lazy("Day promised for the answer"))


class CompleteForm(ActForm):
    """What was done."""

    done = reason(
        gettext_lazy("What was done, in words for the person"),
        gettext_lazy("Stands in the reply as written."),
    )
    erase = forms.BooleanField(
        label=gettext_lazy("Open a request for erasure as well"),
        help_text=gettext_lazy(
            "If the person asked for it, or nothing else justifies keeping the data "
            "(GDPR Art. 17(1)(c); C-26/22)."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask about erasure only after an objection."""
        super().__init__(*args, **kwargs)
        if self.ticket.right_code != RightCode.OBJECTION:
            del self.fields["erase"]


class RedirectForm(ActForm):
    """Who has to answer."""

    controller = reason(
        gettext_lazy("Name and address of the other controller"),
        gettext_lazy("Stands in the letter as written; the name on its first line."),
    )
    forward = forms.BooleanField(
        label=gettext_lazy("We are its processor: forward the request to it"),
        help_text=gettext_lazy(
            "A letter to it is written (GDPR Art. 28(3)(e)); note how you sent it."
        ),
        required=False,
    )


class MergeForm(ActForm):
    """Which earlier ticket it repeats."""

    into_id = forms.TypedChoiceField(
        label=gettext_lazy("The earlier ticket"), coerce=int
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the person's earlier open tickets of the same right."""
        super().__init__(*args, **kwargs)
        ticket = self.ticket
        others = (
            Ticket.objects.open()
            .filter(case__subject=ticket.case.subject_id, right_code=ticket.right_code)
            .exclude(pk=ticket.pk)
            .select_related("case")
        )
        set_choices(
            self, "into_id", [(str(one.pk), one.case.reference) for one in others]
        )
