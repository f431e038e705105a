"""Finds the case a mail belongs to: a reference opens nothing, the sender counts."""

from dsr.intake.mailbox.classify import Classification
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.models import Case, Letter
from dsr.reference import find_references
from dsr.vocabulary import State


def named_case(mail: ParsedMail, found: Classification) -> Case | None:
    """Return the case that the mail names or answers, whoever wrote it."""
    text = f"{found.case_reference or ''} {mail.subject}\n{mail.text}"
    references = find_references(text)
    named = Case.objects.filter(reference__in=references).first()
    if named is not None:
        return named
    answered = [bracketed(one) for one in (*mail.in_reply_to, *mail.references)]
    letters = Letter.objects.filter(message_id__in=answered).select_related("case")
    letter = letters.first()
    if letter is not None:
        return letter.case
    return Case.objects.filter(message_id__in=answered).exclude(message_id="").first()


def bracketed(message_id: str) -> str:
    """Return a message id as it stands in headers, and is stored: in brackets."""
    return f"<{message_id}>" if message_id else ""


def is_known_to(case: Case, mail: ParsedMail) -> bool:
    """Say whether the sender is the one whom the case answers."""
    sender = mail.sender.address.casefold()
    return bool(sender) and case.contact_email.casefold() == sender


def open_cases_of(address: str) -> list[Case]:
    """Return the cases answered there that still wait for one, the newest first."""
    if not address:
        return []
    cases = Case.objects.of_contact(address)
    return list(
        cases.filter(tickets__state__in=State.OPEN).order_by("-received_at").distinct()
    )


def open_rights(cases: list[Case]) -> set[str]:
    """Return the rights for which one of the cases has an open ticket."""
    return {
        ticket.right_code
        for case in cases
        for ticket in case.tickets.filter(state__in=State.OPEN)
    }
