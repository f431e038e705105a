"""What may be kept out of a copy: item by item, on a ground, after a balancing."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dsr.models import Ticket, Withholding
from dsr.policy.checks import long_reason
from dsr.policy.refusal import PolicyError
from dsr.policy.releasing import Found, said_in
from dsr.rights import Ground, Right, right_of
from dsr.rights.grounds import LEGAL_RESTRICTION, SILENT
from dsr.vocabulary import Outcome, State
from subjects.others.passages import Passages
from subjects.others.pdfs import UnreadableError

REVIEW = (State.REVIEWING, State.FILTERING)


def grounds_to_withhold(right: Right) -> list[Ground]:
    """Return the grounds on which one item may be kept out of what is given.

    Excess and abuse (Art. 12(5)) are of a request as a whole, never of an item;
    whether a transfer is feasible (Art. 20(2)) has nothing to do with one either.
    """
    partial = right.grounds_for(Outcome.PARTIAL)
    whole = ("12(5)", "20(2)")
    return [
        ground
        for ground in partial
        if not any(place in ground.source.place for place in whole)
    ]


def withholding_is_open(ticket: Ticket) -> None:
    """Settle what is withheld while the findings are reviewed, not later."""
    if not right_of(ticket).owes_copy:
        raise PolicyError(
            _("%(right)s gives no copy; nothing is to be withheld from one.")
            % {"right": ticket.get_right_code_display()}
        )
    if ticket.state not in REVIEW:
        raise PolicyError(
            _(
                "%(ticket)s is “%(state)s”: what is withheld is settled in the review, "
                "before the proposal. Return the proposal to change it."
            )
            % {"ticket": ticket, "state": ticket.get_state_display()}
        )


def withholding_is_lawful(ticket: Ticket, *, ground: str, note: str, law: str) -> None:
    """Ask for a ground, and for the balancing that was made. GDPR Art. 15(4)."""
    possible = [one.code for one in grounds_to_withhold(right_of(ticket))]
    if ground not in (*possible, SILENT):
        raise PolicyError(
            _("Nothing may be withheld on “%(ground)s”; possible are: %(possible)s.")
            % {"ground": ground, "possible": ", ".join(possible)}
        )
    if ground == SILENT:
        if not note.strip():
            raise PolicyError(
                _("Say for the file which law forbids to mention it, and why.")
            )
        return
    long_reason(note, _("The balancing"))
    if ground == LEGAL_RESTRICTION.code:
        _law_is_named(law)


def passages_are_fit(*, field: str, passages: Sequence[str], ground: str) -> None:
    """Black out words of a field, and only what may be seen to be missing."""
    if passages and not field:
        raise PolicyError(_("Name the field in which the words are blacked out."))
    if passages and ground == SILENT:
        raise PolicyError(
            _(
                "A black mark tells that something is missing. What the law forbids "
                "to mention is withheld as a field or a record."
            )
        )
    if "" in passages:
        raise PolicyError(_("Write the words that are to be blacked out."))


def passages_can_be_taken_out(found: Found, item: Withholding) -> None:
    """Black out only in what can be read: a text, or a PDF with words in it."""
    try:
        Passages(item.passages).stand_in(said_in(item.search, found, item.field))
    except UnreadableError as error:
        raise PolicyError(
            _("Its words cannot be read (%(why)s): withhold the whole field.")
            % {"why": error}
        ) from error


def restriction_names_its_law(ticket: Ticket, grounds: list[str], law: str) -> None:
    """Rest on a law that restricts the right only by its article. GDPR Art. 23.

    Where data are withheld under one, they name it already.
    """
    restricted = LEGAL_RESTRICTION.code in grounds
    if restricted and not restricted_items(ticket).exists():
        _law_is_named(law)
    if law.strip() and not restricted:
        raise PolicyError(
            _("A national law is named, but its ground is not chosen: “%(ground)s”.")
            % {"ground": LEGAL_RESTRICTION.label}
        )


def restricted_items(ticket: Ticket) -> QuerySet[Withholding]:
    """Return what a named national law keeps out of a copy. GDPR Art. 23."""
    items = Withholding.objects.filter(search__ticket=ticket)
    return items.filter(ground=LEGAL_RESTRICTION.code)


def _law_is_named(law: str) -> None:
    if not law.strip():
        raise PolicyError(
            _("Name the article of the national law; the person is told (Art. 23).")
        )
