"""Forms of a letter: its free texts, how it was posted, or a mere confirmation."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dsr.casework import bound_of_letter
from dsr.desk.act_forms.fields import set_choices, tick_if_late
from dsr.desk.days import today
from dsr.letters.catalogue import CATALOGUE, required_parts
from dsr.models import Letter
from dsr.policy.addresses import mail_again, paper_again
from dsr.policy.checks import SHORTEST_REASON

LABELS: dict[str, Promise] = {
    "controller": _("The other controller"),
    "done": _("What was done"),
    "held": _("What we hold"),
    "items": _("What would settle the doubt"),
    "question": _("The question"),
    "reasons": _("Reasons"),
}


class LetterForm(forms.Form):
    """A form about one letter."""

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        """Keep the letter it is about."""
        super().__init__(*args, **kwargs)
        self.letter = letter


class ConfirmForm(LetterForm):
    """Nothing to say; the act is confirmed by posting it."""


class ApproveForm(LetterForm):
    """The approval; a letter that leaves too late takes an explicit tick."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the tick if the letter would leave after its last day."""
        super().__init__(*args, **kwargs)
        tick_if_late(self, bound_of_letter(self.letter), at=today().at)


class PostedForm(LetterForm):
    """When a letter on paper went out, and with what proof."""

    posted_on = forms.DateField(
        label=_("Day of posting"),
        help_text=_("From the receipt of the post; today if it is left empty."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    proof = forms.CharField(
        label=_("Number of the registered letter"),
        help_text=_("It is the proof of dispatch. Empty for an ordinary letter."),
        max_length=250,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with today."""
        super().__init__(*args, **kwargs)
        self.fields["posted_on"].initial = today().day


class LookAfterForm(LetterForm):
    """What was done about a letter that did not arrive."""

    done = forms.CharField(
        label=_("What was done"),
        help_text=_("For example: the letter was posted to the address of the policy."),
        min_length=SHORTEST_REASON,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class SendAgainForm(LetterForm):
    """By which way a letter that did not arrive goes again."""

    way = forms.ChoiceField(label=_("How it goes"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the addresses of the case to which it may go; the mail's first."""
        super().__init__(*args, **kwargs)
        mail, paper = mail_again(self.letter), paper_again(self.letter)
        ways = []
        if mail:
            ways.append(("mail", gettext("By e-mail to %(to)s") % {"to": mail}))
        if paper:
            street = ", ".join(paper.splitlines())
            ways.append(("post", gettext("On paper to %(to)s") % {"to": street}))
        set_choices(self, "way", ways)
        if not ways:
            self.fields["way"].help_text = gettext(
                "The case has no confirmed e-mail address and no postal one: correct "
                "the address first."
            )


class PartsForm(LetterForm):
    """The free texts of a letter, in the language of the letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for what this kind of letter may say in the officer's words."""
        super().__init__(*args, **kwargs)
        letter = self.letter
        outcome = letter.ticket.outcome if letter.ticket else ""
        needed = required_parts(letter.kind, outcome)
        for name in dict.fromkeys((*needed, *CATALOGUE[letter.kind].may_ask)):
            if name in LABELS:
                self.fields[name] = self._field(name, required=name in needed)

    def _field(self, name: str, *, required: bool) -> forms.CharField:
        said = gettext("The law wants “%(text)s” in this letter; it cannot be emptied.")
        return forms.CharField(
            label=str(LABELS[name]),
            help_text=_("The law wants this text; write it in the letter's language.")
            if required
            else _("Yours to write, or to leave empty."),
            error_messages={"required": said % {"text": LABELS[name]}},
            required=required,
            initial=self.letter.parts.get(name, ""),
            max_length=20_000,
            widget=forms.Textarea({"rows": 6}),
        )

    def said(self) -> list[tuple[Promise, str]]:
        """Return the free texts that the letter has, each under its label."""
        parts = self.letter.parts
        return [
            (LABELS[name], str(parts[name])) for name in self.fields if parts.get(name)
        ]
