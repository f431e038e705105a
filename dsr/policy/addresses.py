"""To which addresses of a case a letter may go that was not delivered."""

from django.db.models import Q
from django.utils.translation import gettext as _

from dsr.models import Arrival, Case, Letter
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import LetterKind, TrustLevel


def is_confirmed(case: Case) -> bool:
    """Say whether the person reads the mail of the case's address.

    They entered a code that was mailed there, or wrote to us from it.
    """
    if not case.contact_email or case.contact_confirmed_at is not None:
        return bool(case.contact_email)
    own = Q(case=case) | Q(further__case=case)
    wrote = Arrival.objects.filter(own, sender__iexact=case.contact_email)
    return wrote.exclude(trust=TrustLevel.FAILED).exists()


def mail_again(letter: Letter) -> str:
    """Return the e-mail address to which a returned letter may go, or nothing.

    A recipient of data keeps the address that the policy gave when they were told.
    """
    if letter.kind in LetterKind.TO_OTHERS:
        return letter.to_email
    return letter.case.contact_email if is_confirmed(letter.case) else ""


def paper_again(letter: Letter) -> str:
    """Return the postal address to which a returned letter may go, or nothing."""
    if letter.kind in LetterKind.TO_OTHERS:
        return ""
    return letter.case.postal_address or letter.case.subject.postal_address


def may_go_again(letter: Letter, to: str) -> None:
    """Send again what came back, once, and only where the case may be told."""
    if not letter.is_returned:
        raise PolicyError(
            _("No mail server returned this letter, or somebody looked after it.")
        )
    if letter.kind in LetterKind.OF_ONE_ADDRESS:
        raise PolicyError(
            _(
                "This mail was of use then and there only. Correct the address of the "
                "case; the person asks for a new code on the status page."
            )
        )
    if not letter.may_go_again:
        raise PolicyError(_("This letter is being sent again already."))
    if not to:
        raise PolicyError(
            _(
                "The case has no such address that is confirmed: the person confirms "
                "an e-mail address with a code on the status page. Or add a postal one."
            )
        )
