"""Sends a finished draft: once, however often the button is pressed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest

from dsr import casework
from dsr.casework import NewCase, NewFile
from dsr.models import Case, DocumentKind
from dsr.portal.draft import Draft
from dsr.portal.forms import OTHER, ReachForm, RequestForm, StartForm
from dsr.portal.uploads import new_file
from dsr.vocabulary import SUBJECT, Channel


@dataclass(frozen=True, slots=True)
class Answers:
    """The pages of a draft as forms; those after an unfinished one are None."""

    start: StartForm
    request: RequestForm | None = None
    reach: ReachForm | None = None

    @property
    def unfinished(self) -> str:
        """Name the first page that still needs the person, or nothing."""
        pages = {"start": self.start, "request": self.request, "reach": self.reach}
        for name, form in pages.items():
            if form is None or not form.is_valid():
                return name
        return ""


def read(draft: Draft) -> Answers:
    """Return what a draft says, page by page, as far as it goes."""
    start = StartForm(draft.pages.get("start", {}))
    if not start.is_valid():
        return Answers(start)
    request = RequestForm(
        draft.pages.get("request", {}), rights=start.cleaned_data["rights"]
    )
    return Answers(start, request, ReachForm(draft.pages.get("reach", {})))


def send(
    request: HttpRequest,
    draft: Draft,
    answers: Answers,
    mandate: "UploadedFile[bytes] | None",
    *,
    at: datetime,
) -> Case:
    """Open the case of a draft, or return the one that it opened already.

    Two presses of one button carry the draft's token; the row of their session
    is the lock between them.
    """
    token = f"web:{draft.token}"
    files = [new_file(mandate, DocumentKind.MANDATE)] if mandate else []
    with transaction.atomic():
        key = request.session.session_key
        Session.objects.select_for_update().filter(pk=key).first()
        case = Case.objects.filter(message_id=token).first()
        if case is None:
            new = _new_case(answers, files, token, at)
            case = casework.open_case(new, by=SUBJECT, at=at)
    return case


def _new_case(
    answers: Answers, files: Sequence[NewFile], token: str, at: datetime
) -> NewCase:
    start, request, reach = answers.start, answers.request, answers.reach
    if request is None or reach is None:
        raise ValueError("the draft is unfinished; ask Answers.unfinished first")
    asked, reached = request.cleaned_data, reach.cleaned_data
    by_agent = asked["whom"] == OTHER
    return NewCase(
        channel=Channel.WEB,
        received_at=at,
        language=reached["language"],
        rights=start.cleaned_data["rights"],
        text=asked["text"],
        name=asked["person"] if by_agent else reached["name"],
        email=reached["email"],
        postal_address=reached["postal_address"],
        identifiers=reach.identifiers(),
        details=request.details(),
        agent_name=reached["name"] if by_agent else "",
        agent_relation=asked["relation"],
        own_reference=reached["own_reference"],
        message_id=token,
        files=files,
    )
