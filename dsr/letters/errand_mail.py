"""The mail that brings a task: what is asked, by when, and the link; nobody's name.

It is written anew each time it is sent, because it carries the link.
"""

from datetime import UTC, datetime
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from dsr.clock.derivation import day_in_words
from dsr.controller import current
from dsr.letters import policy_words
from dsr.letters.system_titles import system_title
from dsr.letters.typography import set_apart
from dsr.models import Errand


def errand_link(errand: Errand) -> str:
    """Return the address that opens the task; who has it needs no account."""
    with translation.override(errand.language):
        path = reverse("portal:task_link", args=[errand.pk, errand.token])
    return f"{settings.PUBLIC_URL}{path}"


def errand_message(errand: Errand, *, at: datetime) -> EmailMessage:
    """Return the mail as it goes out: the first, or a reminder."""
    dpo = current().dpo
    subject, text = _words(errand)
    return EmailMessage(
        subject=subject,
        body=text,
        from_email=formataddr((dpo.mailbox_from, dpo.mail)),
        to=[errand.to_email],
        headers={
            "Date": format_datetime(at.astimezone(UTC)),
            "Message-ID": errand.message_id,
            "Content-Language": errand.language,
            "Auto-Submitted": "auto-generated",  # RFC 3834, section 5
        },
    )


def _words(errand: Errand) -> tuple[str, str]:
    """Return the subject, which is the template's first line, and the text."""
    language = errand.language
    notice = errand.notice
    about = notice.name if notice else system_title(errand.about, language)
    scope = {
        "asks": asks(errand),
        "about": about,
        "reference": errand.ticket.case.reference,
        "is_reminder": errand.mails > 0,
        "answer_by": day_in_words(errand.answer_by, language, "dative"),
        "link": errand_link(errand),
        "sender": policy_words.sender(current(), language),
    }
    with translation.override(language):
        text = render_to_string(f"letters/{language}/errand.txt", scope)
    subject, _line, body = set_apart(text.strip(), language).partition("\n")
    return subject, body.strip() + "\n"


def asks(errand: Errand) -> str:
    """Return what the task asks for: `search`, `confirm`, or the act of an order."""
    if errand.order is not None:
        return str(errand.order.act)
    return "search" if errand.search is not None else "confirm"
