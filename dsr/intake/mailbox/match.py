"""Finds the case a mail belongs to: a reference opens nothing, the sender counts."""

from django.db.models import QuerySet, Value
from django.db.models.functions import Upper

from dsr.intake.mailbox.classify import Classification
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.models import Arrival, Case, Letter, Ticket
from dsr.reference import find_references
from dsr.vocabulary import State
from subjects.models import Identifier, KeptQuestion, Subject, Whether, normal

FEWEST_WORDS = 2  # of a name that tells one person from another
MOST_NAMESAKES = 100  # addresses that are compared


def named_case(mail: ParsedMail, found: Classification) -> Case | None:
    """Return the case that the mail names or answers, whoever wrote it.

    Of several it is one that knows the sender: a Message-ID can be copied, and
    references of others can be listed.
    """
    cases = _named_cases(mail, found)
    known = (case for case in cases if is_known_to(case, mail))
    return next(known, cases[0] if cases else None)


def _named_cases(mail: ParsedMail, found: Classification) -> list[Case]:
    text = f"{found.case_reference or ''} {mail.subject}\n{mail.text}"
    references = find_references(text)
    named = list(Case.objects.filter(reference__in=references)) if references else []
    answered = [bracketed(one) for one in (*mail.in_reply_to, *mail.references)]
    if named or not answered:
        return named
    letters = Letter.objects.filter(message_id__in=answered).select_related("case")
    return [
        *(letter.case for letter in letters),
        *Case.objects.filter(message_id__in=answered).exclude(message_id=""),
    ]


def bracketed(message_id: str) -> str:
    """Return a message id as it stands in headers, and is stored: in brackets."""
    return f"<{message_id}>" if message_id else ""


def is_known_to(case: Case, mail: ParsedMail) -> bool:
    """Say whether the sender is the one whom the case answers.

    An address that the person has proven to be theirs is known too, unless
    somebody else writes for them.
    """
    sender = mail.sender.address.casefold()
    if not sender:
        return False
    if case.contact_email.casefold() == sender:
        return True
    proven = Identifier.objects.matching("email", sender).verified()
    return not case.is_by_agent and proven.filter(subject=case.subject_id).exists()


def open_cases_of(address: str) -> list[Case]:
    """Return the cases answered there that still wait for one, the newest first."""
    if not address:
        return []
    if not _is_of_a_case(address.strip()):  # as most: what follows costs more
        return []
    cases = Case.objects.of_contact(address)
    waiting = cases.filter(tickets__state__in=State.OPEN).distinct()
    return list(waiting.select_related("subject").order_by("-received_at"))


def open_rights(cases: list[Case]) -> set[str]:
    """Return the rights for which one of the cases has an open ticket."""
    if not cases:
        return set()
    tickets = Ticket.objects.filter(case__in=cases, state__in=State.OPEN)
    return set(tickets.values_list("right_code", flat=True))


def namesake_addresses(mail: ParsedMail) -> list[str]:
    """Return by which addresses people of the sender's name are known.

    None if the sender's own is among them, or the name is no full one.
    """
    name, sender = mail.sender.name.strip(), mail.sender.address
    if len(name.split()) < FEWEST_WORDS or not sender:
        return []
    addresses = [address for (address,) in _addresses.ask(name)]
    return [] if normal("email", sender) in addresses else addresses


def was_sent_before(mail: ParsedMail) -> bool:
    """Say whether another mail with this Message-ID is here already."""
    message_id = mail.message_id[:998]
    return bool(message_id) and _is_of_another(message_id, mail.sha256)


def _addresses_of(name: str) -> QuerySet[Identifier, tuple[str]]:
    namesakes = Subject.objects.filter(name__upper=Upper(Value(name)))
    known = Identifier.objects.filter(kind="email", subject__in=namesakes)
    return known.values_list("normalized")[:MOST_NAMESAKES]


_addresses = KeptQuestion(_addresses_of)
_is_of_a_case = Whether(Case.objects.of_contact)
_is_of_another = Whether(
    lambda message_id, sha256: Arrival.objects.filter(message_id=message_id).exclude(
        sha256=sha256
    )
)
