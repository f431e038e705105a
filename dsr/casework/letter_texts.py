"""The free texts of a draft: an officer may change them, never what the law wants."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.correspondence import DECIDER, EDITABLE, HANDLER, locked_letter
from dsr.letters.catalogue import CATALOGUE, required_parts
from dsr.letters.content_labels import content_label
from dsr.models import Letter, Ticket
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import long_reason
from dsr.vocabulary import Actor, Outcome


@transaction.atomic
def edit_letter(
    letter_id: int, *, parts: Mapping[str, str], by: Actor, at: datetime
) -> Letter:
    """Change the free texts of a draft; what the law wants in it stays."""
    check_role(by, HANDLER, DECIDER)
    letter = locked_letter(letter_id, EDITABLE)
    kind = CATALOGUE[letter.kind]
    unknown = ", ".join(sorted(set(parts) - {*kind.asks, *kind.may_ask}))
    if unknown:
        raise PolicyError(
            _("This letter has no text called %(unknown)s.") % {"unknown": unknown}
        )
    _say_what_they_must(letter, parts)
    if "reasons" in parts and parts["reasons"] != letter.parts.get("reasons", ""):
        _reasons_may_change(letter.ticket, by)
    letter.parts = {**letter.parts, **parts}
    letter.save(update_fields=["parts"])
    return letter


def _say_what_they_must(letter: Letter, parts: Mapping[str, str]) -> None:
    """Keep every text that the law wants: it may be changed, never emptied."""
    outcome = letter.ticket.outcome if letter.ticket else ""
    for name in required_parts(letter.kind, outcome):
        if name in parts and not parts[name].strip():
            raise PolicyError(
                _("The law wants “%(text)s” in this letter; change it, or leave it.")
                % {"text": content_label(name)}
            )
    if "reasons" in parts and "reasons" in required_parts(letter.kind, outcome):
        long_reason(parts["reasons"], _("The reasons"))


def _reasons_may_change(ticket: Ticket | None, by: Actor) -> None:
    """Keep reasons that two people agreed to out of one person's hands."""
    if ticket is None or ticket.outcome not in Outcome.FOUR_EYES:
        return
    if DECIDER not in by.roles or by.name == ticket.proposed_by:
        raise PolicyError(
            _("Two people agreed to these reasons; only the second may change them.")
        )
