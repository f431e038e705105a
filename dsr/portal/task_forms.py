"""What the owner of a system, or a recipient, answers to a task."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dsr.casework import NewFile
from dsr.casework.errand_answers import SearchAnswer
from dsr.models import DocumentKind
from dsr.policy.checks import SHORTEST_REASON
from dsr.portal.forms import ANSWER, PortalForm
from dsr.portal.uploads import KINDS, Upload, new_file
from dsr.portal.words import Words

FOUND, NOTHING, DONE, IMPOSSIBLE = "found", "nothing", "done", "impossible"
TABLES = {"csv": "text/csv", "json": "application/json"}
MOST_FILES = 50
CHOOSE = _("Choose one of these answers.")


class ManyFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class HandedInFiles(Upload):
    """Tables (CSV, JSON) and documents (PDF, pictures); never required."""

    widget = ManyFiles
    other_kind = _("Only CSV, JSON, PDF, JPEG or PNG. Please choose another file.")

    def __init__(self, **kwargs: Any) -> None:
        """Offer these kinds."""
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ".csv,.json,.pdf,.jpg,.jpeg,.png"

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files as a list."""
        files = data if isinstance(data, list) else [data]
        if len(files) > MOST_FILES:
            raise ValidationError(
                _("At most %(most)d files at once; put the others into one PDF."),
                code="too_many",
                params={"most": MOST_FILES},
            )
        cleaned = [super(HandedInFiles, self).clean(one, initial) for one in files]
        return [one for one in cleaned if one is not None]

    def kind_of(self, file: "UploadedFile[bytes]") -> str | None:
        """Return the kind of a table by its ending, of a document by its bytes."""
        return table_kind(file) or super().kind_of(file)


def table_kind(file: "UploadedFile[bytes]") -> str | None:
    """Return the kind of a table, or None where it is none, or no text."""
    ending = (file.name or "").rpartition(".")[2].casefold()
    file.seek(0)
    head: bytes = file.read(4096)
    file.seek(0)
    is_text = b"\x00" not in head and not any(map(head.startswith, KINDS))
    return TABLES.get(ending) if is_text else None


class TaskForm(PortalForm):
    """What became of it, and words where they are needed."""

    needed: tuple[str, ...] = ("note",)

    result = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    note = Words(most=ANSWER, label=_("Remarks"), long=True, rows=3)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where something is impossible."""
        answers: dict[str, Any] = self.cleaned_data
        short = len(answers.get("note", "").strip()) < SHORTEST_REASON
        if answers.get("result") == IMPOSSIBLE and short and "note" not in self.errors:
            self.add_error(
                "note",
                _("Explain why it is not possible, in at least %d characters.")
                % SHORTEST_REASON,
            )
        return answers


class SearchTaskForm(TaskForm):
    """Nothing held, or what was found as files."""

    needed = ("note", "handed_in")

    handed_in = HandedInFiles(
        label=_("What you found"),
        help_text=_(
            "Tables as CSV or JSON, documents as PDF, JPEG or PNG; several at once. "
            "Only what concerns this person."
        ),
    )
    health = forms.BooleanField(
        label=_("There are data on health among them"),
        help_text=_("They are then opened by the medical adviser alone."),
        required=False,
    )
    field_order = ("result", "handed_in", "health", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the answers to a search."""
        super().__init__(*args, **kwargs)
        _choices(
            self,
            (FOUND, _("I found data about this person and hand them in below")),
            (NOTHING, _("I searched; nothing is held about this person")),
            (IMPOSSIBLE, _("I cannot search there, for the reason given below")),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for files where something was found, and for none where nothing was."""
        answers = super().clean()
        result, files = answers.get("result"), answers.get("handed_in", [])
        if "handed_in" in self.errors:
            return answers
        if result == FOUND and not files:
            self.add_error("handed_in", _("Choose the files with what you found."))
        elif result in (NOTHING, IMPOSSIBLE) and files:
            self.add_error(
                "handed_in",
                _("Files are chosen, but your answer is that there are none."),
            )
        return answers

    def answer(self) -> SearchAnswer:
        """Return the answer as casework takes it."""
        said = self.cleaned_data
        return SearchAnswer(
            found=said["result"] == FOUND,
            possible=said["result"] != IMPOSSIBLE,
            files=_new_files(said["handed_in"]),
            health=said["health"],
            note=said["note"],
        )


def _new_files(files: "Sequence[UploadedFile[bytes]]") -> tuple[NewFile, ...]:
    kind = DocumentKind.ATTACHMENT
    return tuple(new_file(one, kind, content_type=table_kind(one)) for one in files)


class OrderTaskForm(TaskForm):
    """Done, by whom; or why not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the answers to an order; what was done is always said."""
        super().__init__(*args, **kwargs)
        _choices(
            self,
            (DONE, _("It is done")),
            (IMPOSSIBLE, _("It is not possible, for the reason given below")),
        )
        self.fields["note"] = Words(
            most=ANSWER,
            label=_("What was done, and by whom; or why it is not possible"),
            missing=_("Say in a few words what was done, and by whom."),
            long=True,
            rows=3,
        )


class NoticeTaskForm(TaskForm):
    """Whether a recipient has done what they were asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the answers to a notice."""
        super().__init__(*args, **kwargs)
        _choices(
            self,
            (DONE, _("It is done, or we hold none of these data")),
            (IMPOSSIBLE, _("It is not possible, for the reason given below")),
        )


def _choices(form: forms.Form, *choices: tuple[str, Any]) -> None:
    field = form.fields["result"]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
