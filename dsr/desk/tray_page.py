"""The page of one mail: letter, proposal, actions; and where it stands in the tray."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dsr.desk.site import desk
from dsr.desk.tray_forms import (
    CaseForm,
    HandOverForm,
    NothingForm,
    RequestForm,
    SpamForm,
    TrayForm,
    request_initial,
)
from dsr.desk.tray_letter import Letter
from dsr.models import Arrival, BlockedSender


@dataclass(frozen=True, slots=True)
class ShownAct:
    """One way to settle a mail, as the page offers it."""

    name: str
    form: forms.Form
    heading: Promise
    button: Promise
    is_primary: bool

    @property
    def is_open(self) -> bool:
        """Whether its form is unfolded: it is the proposal, or was just filled in."""
        return self.is_primary or self.form.is_bound


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail stands in the tray, and its neighbours."""

    number: int
    count: int
    before: int | None
    after: int | None


HEADINGS: dict[str, tuple[type[TrayForm], Promise, Promise]] = {
    "open": (RequestForm, _("It is a request"), _("Open a case")),
    "attach": (CaseForm, _("It belongs to a case"), _("Add to the case")),
    "nothing": (NothingForm, _("It is no request"), _("Not a request")),
    "hand-over": (HandOverForm, _("Another department answers"), _("Hand over")),
    "spam": (SpamForm, _("It is spam"), _("Put aside and block the sender")),
}


def place_of(arrival: Arrival) -> Place | None:
    """Return where a mail stands in the tray; None if it is not there."""
    order = list(Arrival.objects.in_tray().values_list("pk", flat=True))
    if arrival.pk not in order:
        return None
    number = order.index(arrival.pk)
    before = order[number - 1] if number else None
    after = order[number + 1] if number + 1 < len(order) else None
    return Place(number + 1, len(order), before, after)


def arrival_page(
    request: HttpRequest,
    arrival: Arrival,
    *,
    status: int = 200,
    bound: Mapping[str, forms.Form] | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Return the page of one mail; `bound` holds a form that was filled in."""
    letter = Letter(arrival)
    acts = _acts(letter, bound or {}) if letter.waits else []
    return desk.render(
        request,
        "arrival.html",
        title=_("Mail in the tray") if letter.waits else _("Mail"),
        status=status,
        refusal=refusal,
        arrival=arrival,
        letter=letter,
        mail=letter.mail,
        place=place_of(arrival),
        acts=acts,
        errors=[act.form for act in acts if act.form.errors],
        is_blocked=BlockedSender.objects.blocks(arrival.sender),
        desk_mails=arrival.desk_mails.all(),
        unsent=arrival.desk_mails.exclude(failed_at=None).exists(),
        further=arrival.further.select_related("case"),
    )


def _acts(letter: Letter, bound: Mapping[str, forms.Form]) -> list[ShownAct]:
    """Return the ways to settle it; the one that confirms the proposal comes first."""
    shown = [
        ShownAct(
            name,
            bound.get(name) or form(letter=letter, initial=_initial(name, letter)),
            heading,
            button,
            is_primary=name == letter.primary,
        )
        for name, (form, heading, button) in HEADINGS.items()
        if not (name == "spam" and letter.arrival.is_urgent)
    ]
    return sorted(shown, key=lambda act: not act.is_primary)


def _initial(name: str, letter: Letter) -> dict[str, Any]:
    if name == "open":
        return request_initial(letter)
    if name == "attach":
        return {"reference": letter.named_reference, "rights": list(letter.rights)}
    machine = letter.arrival.proposal.get("kind") == "auto_generated"
    return {"by_machine": machine} if name == "nothing" else {}
