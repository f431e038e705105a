"""What the facts of a ticket show by themselves at the gates, and in which words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dsr.models import DocumentKind, Ticket
from dsr.rights import right_of
from dsr.rights.grounds import LEGAL_RESTRICTION, SILENT
from dsr.vocabulary import (
    Channel,
    ClockEventKind,
    Gate,
    GateAnswerCode,
    IdentifierKind,
    State,
)

IDENTITY = (ClockEventKind.IDENTITY_ASKED, ClockEventKind.IDENTITY_OK)
Code = GateAnswerCode


@dataclass(frozen=True, slots=True)
class Shown:
    """What a fact answers, and the fact in words. Nothing of the person is in them."""

    answer: GateAnswerCode
    fact: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gates look at."""

    received_at: datetime
    channel: str
    original_sha256: str
    is_taken: bool
    asks_identity: bool
    proof_awaited: bool
    proven: tuple[str, ...]  # the kinds of what is proven to be the person's own
    is_by_agent: bool
    has_mandate: bool
    owes_copy: bool
    withheld: int  # items, without those that may not be mentioned
    language: str
    by_mail: bool
    by_post: bool
    due_strict: date
    due: date | None


def facts_of(ticket: Ticket) -> Facts:
    """Read the facts of a ticket from what is on file."""
    case, right = ticket.case, right_of(ticket)
    papers = {paper.kind: paper for paper in case.documents.all()}
    original = papers.get(DocumentKind.ORIGINAL)
    asked = [one.kind for one in ticket.clock_events.all() if one.kind in IDENTITY]
    return Facts(
        received_at=ticket.received_at,
        channel=case.channel,
        original_sha256=original.sha256 if original else "",
        is_taken=ticket.state not in (State.RECEIVED, State.TRIAGE),
        asks_identity=right.asks_identity,
        proof_awaited=bool(asked) and asked[-1] == ClockEventKind.IDENTITY_ASKED,
        proven=tuple(
            one.kind
            for one in case.subject.identifiers.all()
            if one.verified_at is not None
        ),
        is_by_agent=case.is_by_agent,
        has_mandate=DocumentKind.MANDATE in papers,
        owes_copy=right.owes_copy,
        withheld=sum(
            item.ground not in (LEGAL_RESTRICTION.code, SILENT)
            for search in ticket.searches.all()
            for item in search.withheld.all()
        ),
        language=case.language_in_words,
        by_mail=bool(case.contact_email),
        by_post=bool(case.postal_address),
        due_strict=ticket.due_strict,
        due=ticket.due,
    )


def shown_by(facts: Facts) -> dict[str, Shown]:
    """Return what the facts show, by gate; what they do not show is missing."""
    found = {
        Gate.G0: _receipt(facts),
        Gate.G1: _qualified(facts),
        Gate.G3: _identity(facts),
        Gate.G4: _capacity(facts),
        Gate.G7: _others(facts),
        Gate.G8: _form(facts),
        Gate.G9: _limit(facts),
    }
    return {gate.value: shown for gate, shown in found.items() if shown is not None}


def _receipt(facts: Facts) -> Shown:
    said = {
        "when": date_format(localtime(facts.received_at), "j F Y, H:i"),
        "channel": _word(Channel, facts.channel),
        "digest": facts.original_sha256[:12],
    }
    if not facts.original_sha256:
        return Shown(Code.RECEIVED, _("on %(when)s, by %(channel)s") % said)
    text = _("on %(when)s, by %(channel)s; original with digest %(digest)s…")
    return Shown(Code.RECEIVED, text % said)


def _qualified(facts: Facts) -> Shown | None:
    return Shown(Code.THIS_RIGHT, _("accepted as such")) if facts.is_taken else None


def _identity(facts: Facts) -> Shown | None:
    if not facts.asks_identity:
        return Shown(Code.NOT_NEEDED, _("the address is enough to stop it"))
    if facts.proof_awaited:
        return Shown(Code.FAILED, _("proof was asked for, and none has sufficed yet"))
    if not facts.proven:
        return None
    kinds = ", ".join(_word(IdentifierKind, kind) for kind in facts.proven)
    return Shown(Code.ESTABLISHED, _("proven: %(kinds)s") % {"kinds": kinds})


def _capacity(facts: Facts) -> Shown | None:
    if not facts.is_by_agent:
        return Shown(Code.SELF, _("nobody writes for them"))
    if facts.has_mandate:
        return Shown(Code.MANDATE, _("the mandate is kept with the case"))
    return None


def _others(facts: Facts) -> Shown | None:
    if not facts.owes_copy:
        return Shown(Code.NOT_CONCERNED, _("this right gives no copy of data"))
    if facts.withheld:
        text = _("%(count)d items are kept out of the copy")
        return Shown(Code.REDACTED, text % {"count": facts.withheld})
    return None


def _form(facts: Facts) -> Shown | None:
    said = {"language": facts.language}
    if facts.by_mail:
        return Shown(Code.ELECTRONIC, _("in %(language)s, by e-mail") % said)
    if facts.by_post:
        return Shown(Code.ON_PAPER, _("in %(language)s, by post") % said)
    return None


def _limit(facts: Facts) -> Shown:
    if facts.due is None:
        text = _("suspended; by %(strict)s if nothing were")
    else:
        text = _("by %(due)s; strictly by %(strict)s")
    days = {"due": _day(facts.due), "strict": _day(facts.due_strict)}
    return Shown(Code.COMPUTED, text % days)


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def _word(choices: type[Channel] | type[IdentifierKind], code: str) -> str:
    return str(dict(choices.choices).get(code, code))
