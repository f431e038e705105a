"""The pages of the form: what is asked on each, and what is said of a wrong answer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from dsr.portal.understanding import rights_meant
from dsr.portal.uploads import Upload
from dsr.portal.words import Words
from dsr.rights import RIGHTS, Question
from dsr.vocabulary import IdentifierKind

TEXT, ANSWER, LINE, NUMBER = 10_000, 4_000, 200, 50  # characters
FEWEST_DIGITS = 5  # of a telephone number
MYSELF, OTHER = "myself", "other"

NOTHING = _("Tick at least one box, or tell us in your own words what you want.")
UNCLEAR = _(
    "Thank you for your words. Please tick also the box that comes nearest, so that "
    "the right people look at it. We read your words in any case."
)
NOT_ON_LIST = _("This is not on our list. Please choose again.")


class PortalForm(forms.Form):
    """A form that the page itself explains; the browser checks nothing beforehand."""

    use_required_attribute = False
    needed: tuple[str, ...] = ()  # fields that are needed in some cases: not "optional"


class StartForm(PortalForm):
    """What the person wants: boxes, or their own words, or both."""

    rights = forms.MultipleChoiceField(
        label=_("What would you like us to do?"),
        choices=[(code, code) for code in RIGHTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": NOT_ON_LIST, "invalid_list": NOT_ON_LIST},
    )
    text = Words(most=TEXT, label=_("Tell us in your own words"), long=True, rows=5)

    def clean(self) -> dict[str, Any]:
        """Read the rights from the words when no box was ticked."""
        answers: dict[str, Any] = self.cleaned_data
        if self.errors or answers["rights"]:
            return answers
        answers["rights"] = list(rights_meant(answers["text"]))
        if not answers["rights"]:
            self.add_error("rights", UNCLEAR if answers["text"] else NOTHING)
        return answers


class RequestForm(PortalForm):
    """What the chosen rights need to know, and for whom it is."""

    needed = ("person", "relation")

    text = Words(
        most=TEXT,
        label=_("What else should we know?"),
        help_text=_("In your own words, in any language."),
        long=True,
        rows=6,
    )
    whom = forms.ChoiceField(
        label=_("Whose data is it about?"),
        choices=[(MYSELF, _("My own")), (OTHER, _("Somebody else's: I act for them"))],
        widget=forms.RadioSelect,
        initial=MYSELF,
        error_messages={
            "required": _("Say whether the data are yours or somebody else's."),
            "invalid_choice": NOT_ON_LIST,
        },
    )
    person = Words(most=LINE, label=_("Name of the person you act for"))
    relation = Words(
        most=100,
        label=_("Who are you to them?"),
        help_text=_("For example parent, guardian, lawyer, or holder of a mandate."),
    )

    def __init__(self, *args: Any, rights: Sequence[str], **kwargs: Any) -> None:
        """Ask the questions of these rights."""
        super().__init__(*args, **kwargs)
        self.rights = rights
        for code in rights:
            for question in RIGHTS[code].questions:
                self.fields[field_name(code, question)] = _answer(question)

    def questions(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Yield each right that asks something, with its fields."""
        for code in self.rights:
            names = [field_name(code, q) for q in RIGHTS[code].questions]
            if names:
                yield code, [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """Ask who represents whom, when somebody is represented."""
        answers: dict[str, Any] = self.cleaned_data
        if answers.get("whom") != OTHER:
            return answers | {"person": "", "relation": ""}
        if not answers.get("person") and "person" not in self.errors:
            self.add_error("person", _("Give the name of the person you act for."))
        if not answers.get("relation") and "relation" not in self.errors:
            self.add_error("relation", _("Say who you are to that person."))
        return answers

    def details(self) -> dict[str, dict[str, str]]:
        """Return the answers given, by right and question."""
        given: dict[str, dict[str, str]] = {}
        for code in self.rights:
            for question in RIGHTS[code].questions:
                answer = self.cleaned_data[field_name(code, question)]
                if answer:
                    given.setdefault(code, {})[question.code] = answer
        return given


class ReachForm(PortalForm):
    """Where the answer goes, and what helps us to find the person's data."""

    needed = ("email", "postal_address")

    name = Words(
        most=LINE,
        label=_("Your name"),
        missing=_("Give your name, so that we know whose data to look for."),
        autocomplete="name",
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The quickest way: we send you a code, and you can follow along."),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": _("Write the address as in name@example.com."),
            "max_length": _("An e-mail address has at most 254 characters."),
        },
    )
    postal_address = Words(
        most=500,
        label=_("Your postal address"),
        help_text=_("If you have no e-mail, or want the answer on paper."),
        long=True,
        rows=3,
        autocomplete="street-address",
    )
    customer_number = Words(most=NUMBER, label=_("Customer number"))
    policy_number = Words(most=NUMBER, label=_("Policy number"))
    claim_number = Words(most=NUMBER, label=_("Claim number"))
    own_reference = Words(
        most=100,
        label=_("Your own reference"),
        help_text=_("If you keep one for this matter, our letters quote it."),
    )
    phone_number = Words(most=NUMBER, label=_("Telephone number"), autocomplete="tel")
    language = forms.ChoiceField(
        label=_("In which language should we answer?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the language of our answer."),
            "invalid_choice": NOT_ON_LIST,
        },
    )

    NUMBERS = ("customer_number", "policy_number", "claim_number", "phone_number")

    def clean(self) -> dict[str, Any]:
        """Ask for one way to answer."""
        answers: dict[str, Any] = self.cleaned_data
        reachable = answers.get("email") or answers.get("postal_address")
        if not reachable and not {"email", "postal_address"} & set(self.errors):
            self.add_error(
                "email", _("Give an e-mail or a postal address, so that we can answer.")
            )
        return answers

    def clean_phone_number(self) -> str:
        """Ask for a number that can be dialled."""
        number: str = self.cleaned_data["phone_number"]
        if number and sum(sign.isdigit() for sign in number) < FEWEST_DIGITS:
            raise ValidationError(_("Write the number with its digits, or leave it."))
        return number

    def helpers(self) -> list[BoundField]:
        """Return the fields that only help to find the person."""
        return [self[name] for name in self.NUMBERS]

    def identifiers(self) -> dict[str, str]:
        """Return what the person can be found by, by `IdentifierKind`."""
        kinds = (kind.value for kind in IdentifierKind)
        given = {kind: self.cleaned_data.get(kind, "") for kind in kinds}
        return {kind: value for kind, value in given.items() if value}


class MandateForm(PortalForm):
    """A paper that shows that one may act for another; it may also follow later."""

    mandate = Upload(
        label=_("Your mandate"),
        help_text=_(
            "A signed paper, a judgment or a family book, as PDF, JPEG or PNG. You may "
            "also send it later. Please no copy of an identity card."
        ),
    )


class ReferenceForm(PortalForm):
    """Which request somebody asks about."""

    reference = Words(
        most=60,
        label=_("Reference of your request"),
        help_text=_("It looks like DSR-2026-000123-K7 and stands on all our letters."),
        missing=_("Type the reference of your request."),
    )


class CodeForm(PortalForm):
    """The code of the mail; spaces and dashes do not matter."""

    code = Words(
        most=40,
        label=_("Code from our e-mail"),
        help_text=_("Eight digits. You can paste them; spaces do not matter."),
        missing=_("Type the code that we sent you by e-mail."),
        autocomplete="one-time-code",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let telephones show digits."""
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class MessageForm(PortalForm):
    """Something to add: words, a file, or both."""

    needed = ("text",)

    text = Words(most=TEXT, label=_("Your message"), long=True, rows=5)
    file = Upload(label=_("A file"), help_text=_("PDF, JPEG or PNG."))

    def clean(self) -> dict[str, Any]:
        """Ask for something to send."""
        answers: dict[str, Any] = self.cleaned_data
        if not self.errors and not (answers.get("text") or answers.get("file")):
            self.add_error("text", _("Write something, or choose a file."))
        return answers


class WithdrawForm(PortalForm):
    """Which parts of a request are taken back."""

    def __init__(
        self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Offer the open rights of the case."""
        super().__init__(*args, **kwargs)
        self.fields["tickets"] = forms.MultipleChoiceField(
            label=_("What do you take back?"),
            choices=list(choices),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Tick what you take back."),
                "invalid_choice": NOT_ON_LIST,
                "invalid_list": NOT_ON_LIST,
            },
        )


def field_name(code: str, question: Question) -> str:
    """Return the name of a question's field."""
    return f"{code}-{question.code}"


def _answer(question: Question) -> Words:
    return Words(
        most=ANSWER if question.long else LINE,
        label=question.label,
        help_text=question.help,
        long=question.long,
        rows=3,
    )
