"""What the reply to access and portability says besides the policy, in one language."""

from typing import Any

from dsr.letters.decided import Decided, nothing_decided
from dsr.letters.words import words
from dsr.models import InformationItem, Ticket
from dsr.policy.transferring import transfer_of
from dsr.policy.withholding import restricted_items
from dsr.vocabulary import InfoState, RightCode, TransferState


def copy_words(ticket: Ticket | None, language: str) -> dict[str, Any]:
    """Return what was decided on each item of Art. 15, and on a direct transfer."""
    if ticket is None:
        return {}
    if ticket.right_code == RightCode.PORTABILITY:
        return {"transfer": _transfer(ticket, language)}
    return information_decided(ticket, language)


def information_decided(ticket: Ticket, language: str) -> dict[str, Any]:
    """Return `decided` on each item of Art. 15, and the answers to `questions`."""
    items = {one.item: _decided(one, language) for one in ticket.information.all()}
    return {
        "decided": nothing_decided()
        | {item: said for item, said in items.items() if not said.question},
        "questions": tuple(said for said in items.values() if said.question),
    }


def _decided(one: InformationItem, language: str) -> Decided:
    said = words(language)["information"]
    left_out = one.state in InfoState.LEFT_OUT
    says = f"{said[one.state]} {one.because}" if left_out else one.because
    return Decided(says, left_out, one.question)


def _transfer(ticket: Ticket, language: str) -> tuple[str, ...]:
    """Say what became of the transfer: done, or why not. GDPR Art. 20(2)."""
    transfer, said = transfer_of(ticket), words(language)["transfer"]
    if transfer is None or transfer.is_open:
        return ()
    if transfer.state == TransferState.DONE:
        return (said["done"].format(to=transfer.to),)
    return (said["infeasible"].format(to=transfer.to), transfer.reason)


def restricting_laws(ticket: Ticket) -> tuple[str, ...]:
    """Return the national articles on which something is not given. Art. 23."""
    of_items = restricted_items(ticket).order_by("law").values_list("law", flat=True)
    return tuple(dict.fromkeys(filter(None, (ticket.law, *of_items))))
