"""A request by web form, and the code that the person reads in their mail."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings

from dsr import casework
from dsr.letters.mailfiles import file_name
from dsr.models import Case, Letter
from dsr.vocabulary import SUBJECT, Channel, LetterKind, RightCode
from subjects.demo.company import DEMO_PEOPLE

CODE = re.compile(r"(?<!\d)\d{4} ?\d{4}(?!\d)")


class NoMailError(Exception):
    """The mail that should lie in the folder is not there."""


def fill_in(*, at: datetime) -> Case:
    """Send the form as Mary would, and confirm the address with the mailed code."""
    mary = DEMO_PEOPLE[3]
    case = casework.open_case(
        casework.NewCase(
            channel=Channel.WEB,
            received_at=at,
            language=mary.language,
            rights=[RightCode.ACCESS],
            text="I would like to know what you have about me.",
            name=mary.name,
            email=mary.email,
            identifiers={"customer_number": mary.customer_number},
        ),
        by=SUBJECT,
        at=at,
    )
    casework.send_letters(at=at)
    casework.enter_code(case.reference, _mailed_code(case), at=at)
    return case


def _mailed_code(case: Case) -> str:
    """Read the code where the person does: in the mail that was sent."""
    letter = Letter.objects.get(case=case, kind=LetterKind.CONFIRM_ADDRESS)
    path = Path(settings.EMAIL_FILE_PATH) / file_name(letter.message_id)
    try:
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    except OSError as error:
        raise NoMailError(f"the mail {path} was not written") from error
    found = CODE.search(mail.get_content())
    if found is None:
        raise NoMailError(f"the mail {path} holds no code")
    return found[0]
