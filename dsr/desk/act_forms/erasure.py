"""What an erasure asks: grounds and exceptions by category, and the day. Art. 17."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.desk.act_forms.fields import ActForm, reason, set_choices, words
from dsr.policy.erasing import grounds_shown_by
from dsr.rights import right_of
from dsr.rights.erasure import EXCEPTIONS
from dsr.rights.limitation import Limit, Reckoning, limit_of
from dsr.vocabulary import Claim, ErasureGround, ErasureVerdict

NONE = "none"
FACTS = ("claim", "event_on", "known_on", "of_age_on", "decided_on", "fraud")


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """Return a field for a day that need not be given."""
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(
        label=label, help_text=help_text, widget=widget, required=False
    )


def category_choices(codes: list[str]) -> list[tuple[str, str]]:
    """Return categories of the policy with their titles, those it still has."""
    language, known = get_language() or "en", current().categories
    return [
        (code, known[code].title.to(language[:2]) if code in known else code)
        for code in codes
    ]


class ExamineGroundsForm(ActForm):
    """Which categories are in question, and on which ground."""

    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Categories of data"),
        widget=forms.CheckboxSelectMultiple,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground of Article 17(1)"),
        help_text=gettext_lazy(
            "One is enough. Missing paperwork alone makes no processing unlawful "
            "(C-60/22)."
        ),
        widget=forms.RadioSelect,
    )
    made_public = forms.BooleanField(
        label=gettext_lazy("We made these data public"),
        help_text=gettext_lazy("Then other controllers are told; GDPR Art. 17(2)."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the policy's categories; first the grounds that the case shows."""
        super().__init__(*args, **kwargs)
        set_choices(self, "categories", category_choices(list(current().categories)))
        shown = list(dict.fromkeys(grounds_shown_by(self.ticket)))
        labels = {code: str(label) for code, label in ErasureGround.choices}
        ordered = [*shown, *(code for code in labels if code not in shown)]
        by_case = _("shown by another request of this case")
        choices = [
            (code, f"{labels[code]} – {by_case}" if code in shown else labels[code])
            for code in ordered
        ]
        set_choices(self, "ground", [*choices, (NONE, _("none of them is present"))])
        if shown:
            self.initial.setdefault("ground", shown[0])

    def clean_ground(self) -> str:
        """Return the code; that there is none has to be said too."""
        ground: str = self.cleaned_data["ground"]
        return "" if ground == NONE else ground


class ExamineExceptionsForm(ActForm):
    """Whether categories are erased, or kept under an exception until a day."""

    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Categories of data"),
        widget=forms.CheckboxSelectMultiple,
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        choices=ErasureVerdict.choices,
        widget=forms.RadioSelect,
    )
    exception = forms.ChoiceField(
        label=gettext_lazy("Exception of Article 17(3)"), required=False
    )
    keep_until = day_field(
        gettext_lazy("Kept until"),
        gettext_lazy("The person is told this day. It may be moved later."),
    )
    why = words(
        gettext_lazy("Why it is kept"),
        gettext_lazy(
            "The person reads this: which data, the article or the time limit. Access "
            "to them stays restricted to that need."
        ),
        required=False,
    )
    claim = forms.ChoiceField(
        label=gettext_lazy("Time limit for legal claims"),
        help_text=gettext_lazy(
            "To have the day derived from Insurance Act Arts. 88 and 89, choose an "
            "action, give the days, and leave “Kept until” empty."
        ),
        required=False,
    )
    event_on = day_field(gettext_lazy("Day of the event, or of our payment"))
    known_on = day_field(gettext_lazy("Day on which the claimant learnt of it"))
    of_age_on = day_field(gettext_lazy("Day on which a minor comes of age"))
    decided_on = day_field(gettext_lazy("Day of our written decision on the claim"))
    fraud = forms.BooleanField(
        label=gettext_lazy("There is a suspicion of fraud"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the categories with a ground, and the exceptions with their law."""
        super().__init__(*args, **kwargs)
        items = self.ticket.erasures.exclude(ground="")
        codes = list(items.values_list("category", flat=True))
        set_choices(self, "categories", category_choices(codes))
        right = right_of(self.ticket)
        grounds = [right.ground(code) for code in EXCEPTIONS]
        offered = [(one.code, f"{one.label} ({one.source})") for one in grounds]
        set_choices(self, "exception", [("", "–"), *offered])
        set_choices(self, "claim", [("", "–"), *Claim.choices])

    def clean(self) -> dict[str, Any]:
        """Derive the day where asked to, and show it before it is taken."""
        said = super().clean() or {}
        facts = {name: said.pop(name, None) for name in FACTS}
        said["reckoning"] = None
        if said.get("verdict") == ErasureVerdict.RETAIN and facts["claim"]:
            said["reckoning"] = self._reckoning(facts)
            if said["reckoning"] is not None and not said.get("keep_until"):
                self._offer(limit_of(said["reckoning"]))
        return said

    def _reckoning(self, facts: dict[str, Any]) -> Reckoning | None:
        if facts["event_on"] is None:
            self.add_error("event_on", _("The time limit begins on this day."))
            return None
        reckoning = Reckoning(**facts)
        try:
            limit_of(reckoning)
        except ValueError as error:
            self.add_error("event_on", str(error))
            return None
        return reckoning

    def _offer(self, limit: Limit) -> None:
        """Write the day into the field, and its derivation beside it."""
        filled_in = QueryDict(mutable=True)
        filled_in.update(self.data)
        filled_in["keep_until"] = limit.day.isoformat()
        self.data = filled_in
        steps = " ".join(f"{step.text} ({step.source})" for step in limit.steps)
        said = _("Derived; look at it, then confirm: %(steps)s") % {"steps": steps}
        self.add_error("keep_until", said)


class TellPublishersForm(ActForm):
    """What was done towards those who process data that were made public."""

    steps = reason(
        gettext_lazy("Which reasonable steps were taken?"),
        gettext_lazy("The person reads this: whom we informed, and how."),
    )


class MoveKeepUntilForm(ActForm):
    """Another last day for something that is kept, and why."""

    category = forms.ChoiceField(label=gettext_lazy("Category of data"))
    keep_until = day_field(gettext_lazy("Kept until"))
    why = reason(
        gettext_lazy("Why?"),
        gettext_lazy("For example a new claim, or an interruption (Art. 89)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what is still kept, with its day."""
        super().__init__(*args, **kwargs)
        self.fields["keep_until"].required = True
        kept = self.ticket.erasures.all().held().values_list("category", "keep_until")
        titles = dict(category_choices([code for code, _day in kept]))
        choices = [(code, f"{titles[code]} – {_written(day)}") for code, day in kept]
        set_choices(self, "category", choices)


class EraseKeptForm(ActForm):
    """How it was made sure that nothing keeps the data any longer."""

    why = reason(
        gettext_lazy("How do you know that no new claim keeps them?"),
        gettext_lazy(
            "No new claim, no interruption, no proceedings. Otherwise move the day."
        ),
    )


def _written(day: date | None) -> str:
    return day.isoformat() if day else "–"
