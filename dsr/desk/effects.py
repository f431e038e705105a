"""What took effect at once on a ticket, as its card says it: never an address."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.models import LedgerEntry, Ticket
from dsr.rights import right_of
from dsr.vocabulary import Event
from subjects.models import Consent, SuppressionEntry

EFFECTS = (Event.SUPPRESSION_ADDED.value, Event.CONSENT_REVOKED.value)


def effects_of(ticket: Ticket, language: str) -> Iterator[tuple[str, date]]:
    """Yield each effect with its local day, as far as its rows still exist."""
    if not right_of(ticket).effect_at_once:
        return
    lines = LedgerEntry.objects.filter(
        reference=ticket.case.reference, event__in=EFFECTS, facts__ticket=ticket.pk
    )
    facts = [line.facts for line in lines]
    entries = [number for one in facts for number in one.get("entries", [])]
    for entry in SuppressionEntry.objects.filter(pk__in=entries):
        label = _("Suppressed, entry %(number)d") % {"number": entry.pk}
        yield label, timezone.localdate(entry.since)
    consents = [number for one in facts for number in one.get("consents", [])]
    for consent in Consent.objects.filter(pk__in=consents, revoked_at__isnull=False):
        if consent.revoked_at:
            yield _title(consent, language), timezone.localdate(consent.revoked_at)


def _title(consent: Consent, language: str) -> str:
    """Name the consent by the purpose's title in the policy, while it has one."""
    purpose = current().purposes.get(consent.purpose)
    named = purpose.title.to(language) if purpose else consent.purpose
    return _("Consent taken back: %(purpose)s") % {"purpose": named}
