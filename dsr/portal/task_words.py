"""What a task's page says: of whom, what, and until when; nothing besides."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.clock.derivation import day_in_words
from dsr.controller import current
from dsr.letters.errand_mail import asks
from dsr.letters.system_titles import system_title
from dsr.models import ErasureItem, Errand
from dsr.vocabulary import (
    CorrectionVerdict,
    ErasureVerdict,
    IdentifierKind,
    OrderAct,
)
from subjects.systems.people import NAME, PeopleSystem
from subjects.systems.register import load_systems


@dataclass(frozen=True, slots=True)
class TaskWords:
    """The page of a task: `person` and `todo` as pairs of a label and a text."""

    asks: str
    about: str
    reference: str
    answer_by: str
    person: tuple[tuple[str, str], ...]
    todo: tuple[tuple[str, str], ...]


def task_words(errand: Errand, language: str) -> TaskWords:
    """Return what the page of a task says, in the language of the page."""
    notice = errand.notice
    return TaskWords(
        asks=asks(errand),
        about=notice.name if notice else system_title(errand.about, language),
        reference=errand.ticket.case.reference,
        answer_by=day_in_words(errand.answer_by, language, "dative"),
        person=() if notice else tuple(_person(errand)),
        todo=tuple(_todo(errand, language)),
    )


def _person(errand: Errand) -> list[tuple[str, str]]:
    """Return by what the owner finds the person: what they need, and proven.

    Where none of that is proven, what is; without it they could do nothing.
    """
    subject = errand.ticket.case.subject
    verified = list(subject.identifiers.verified().order_by("pk"))
    known = verified or list(subject.identifiers.order_by("pk"))
    lines = [(one.kind, one.value) for one in known]
    if subject.name:
        lines.insert(0, (NAME, subject.name))
    needs = _needs(errand.about)
    needed = [line for line in lines if not needs or line[0] in needs]
    return [(_label(kind), value) for kind, value in needed or lines]


def _needs(key: str) -> frozenset[str]:
    try:
        listed = {one.key: one for one in load_systems(settings.SYSTEMS_FILE)}
    except ValueError:  # the task does not wait until somebody has mended the list
        return frozenset()
    system = listed.get(key)
    return system.needs if isinstance(system, PeopleSystem) else frozenset()


def _label(kind: str) -> str:
    if kind == NAME:
        return _("Name, as they gave it")
    known = kind in IdentifierKind.values
    return str(IdentifierKind(kind).label).capitalize() if known else kind


def _todo(errand: Errand, language: str) -> list[tuple[str, str]]:
    """Return what exactly is to be done, where that is known."""
    order, ticket, notice = errand.order, errand.ticket, errand.notice
    if notice is not None:
        since = date_format(timezone.localtime(notice.owed_at), "j F Y")
        return [
            (_("We asked you to"), notice.get_operation_display()),
            (_("Done by us on"), since),
        ]
    if order is None:
        return []
    if order.act == OrderAct.CORRECT:
        confirmed = ticket.corrections.filter(system=order.system).exclude(
            verdict__in=("", *CorrectionVerdict.KEPT)
        )
        return [(one.place, one.statement or one.should_say) for one in confirmed]
    if order.act == OrderAct.ERASE:
        judged = ticket.erasures.exclude(verdict="")
        return [(_title(one.category, language), _verdict(one)) for one in judged]
    if order.act in OrderAct.OF_MEASURES:
        last = ticket.measures.exclude(what="").last()
        return [(_("What is restricted"), last.what)] if last else []
    return []


def _verdict(item: ErasureItem) -> str:
    if item.verdict != ErasureVerdict.RETAIN or item.keep_until is None:
        return item.get_verdict_display()
    day = date_format(item.keep_until, "j F Y")
    return _("keep, with restricted access, until %(day)s") % {"day": day}


def _title(category: str, language: str) -> str:
    known = current().categories.get(category)
    return known.title.to(language) if known else category
