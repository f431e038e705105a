"""The checklist on one page: every check that no fact answers, each with a note."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.casework import NewAnswer
from dsr.desk.act_forms.fields import ActForm
from dsr.policy.gates import GateLine, checklist
from dsr.vocabulary import GateAnswerCode

NOTE = "note"


class GatesForm(ActForm):
    """The checks to answer. Only what still holds is chosen beforehand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask every check that is an officer's to answer, the open ones first."""
        super().__init__(*args, **kwargs)
        lines = [line for line in checklist(self.ticket) if line.may_answer]
        for line in sorted(lines, key=lambda line: not line.is_open):
            self.fields[line.gate] = _choice(line)
            self.fields[f"{line.gate}_{NOTE}"] = forms.CharField(
                label=gettext_lazy("Note"),
                initial=line.note or (line.before.note if line.before else ""),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
            )

    def clean(self) -> dict[str, Any]:
        """Return the answers given; one that has to be explained wants its note."""
        said = super().clean() or {}
        answers = [
            NewAnswer(gate, said[gate], said.get(f"{gate}_{NOTE}", ""))
            for gate in self.fields
            if NOTE not in gate and said.get(gate)
        ]
        for one in answers:
            if one.answer in GateAnswerCode.NEEDS_NOTE and not one.note.strip():
                self.add_error(
                    f"{one.gate}_{NOTE}", _("Explain this answer in a few words.")
                )
        return {"answers": answers}


def _choice(line: GateLine) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_heading(line),
        choices=[(code.value, code.label) for code in line.may_answer],
        initial=line.answer,
        required=False,
        widget=forms.RadioSelect,
        help_text=_help(line),
    )


def _help(line: GateLine) -> SafeString:
    fails = format_html("{} {}", _("If it fails:"), line.asked.fails)
    if line.before is None:
        return fails
    said = _("Before it was reopened: %(answer)s.") % {
        "answer": line.before.get_answer_display()
    }
    return format_html("{} {}", said, fails)


def _heading(line: GateLine) -> SafeString:
    return format_html(
        '{} {} <span class="law">{}</span>',
        line.gate,
        line.asked.question,
        line.asked.source,
    )
