"""A notice to a recipient's program: our own JSON, or a request of OpenDSR 2.0.

OpenDSR knows erasure, and two kinds of identities (OpenDSR 2.0, sections 7.1.1 and
7.1.2); whatever else there is to tell goes by mail, as to everyone.
"""

import json
import os
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Final
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, Request

from dsr.controller import current
from dsr.controller.data import Recipient
from dsr.letters.errand_mail import errand_link
from dsr.letters.notice_words import LAW
from dsr.models import Errand, Letter, RecipientNotice
from dsr.vocabulary import IdentifierKind, OrderAct

SECONDS: Final = 15  # until a program has answered
IDENTITIES = {
    IdentifierKind.EMAIL.value: "email",
    IdentifierKind.CUSTOMER.value: "controller_customer_id",
}
TAKEN = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT)


class NoticeNotTakenError(OSError):
    """A program did not take the notice; the sentence holds no value of a person."""


def program_of(letter: Letter) -> Recipient | None:
    """Return the recipient whose program takes this letter, if there is one."""
    notice = RecipientNotice.objects.filter(letter=letter).first()
    if notice is None:
        return None
    kind, _dot, key = notice.recipient.partition(".")
    kinds = current().recipients
    one = kinds[kind].named.get(key) if kind in kinds else None
    if one is None or one.url is None:
        return None
    if one.protocol == "opendsr" and not _opendsr_can(letter):
        return None
    return one


def post_notice(letter: Letter, one: Recipient, *, at: datetime) -> str:
    """Hand a notice to a recipient's program; return the proof of dispatch.

    Sent again, it carries the same key, by which a repeat is recognised.

    Raises:
        NoticeNotTakenError: it was not taken; try again later.

    """
    opendsr = one.protocol == "opendsr"
    url = f"{(one.url or '').rstrip('/')}/requests" if opendsr else one.url or ""
    body = _opendsr(letter) if opendsr else _own(letter)
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": letter.message_id.strip("<>"),
        **_authorization(one),
    }
    data = json.dumps(body, ensure_ascii=False).encode()
    request = Request(url, data, headers, method="POST")  # noqa: S310  # https, by check
    status = _status(request, one)
    if status not in TAKEN:
        raise NoticeNotTakenError(f"{one.name} answers {status}; ask them why")
    stamp = at.astimezone(UTC).isoformat(timespec="seconds")
    return f"taken by the recipient's program {stamp}, answer {status}"


def _status(request: Request, one: Recipient) -> int:
    """Return the answer's status; nobody is followed elsewhere, and no proxy asked."""
    opener = OpenerDirector()
    opener.add_handler(HTTPHandler())
    opener.add_handler(HTTPSHandler())
    try:
        answer = opener.open(request, timeout=SECONDS)
        if answer is None:
            raise NoticeNotTakenError(f"{one.name} has no usable url; correct it")
        with answer:
            return int(answer.status)
    except (OSError, HTTPException) as error:
        raise NoticeNotTakenError(f"{one.name} does not answer") from error


def _authorization(one: Recipient) -> dict[str, str]:
    if one.token_env is None:
        return {}
    token = os.environ.get(one.token_env, "").strip()
    if not token:
        raise NoticeNotTakenError(f"the variable {one.token_env} is not set; set it")
    return {"Authorization": f"Bearer {token}"}


def _own(letter: Letter) -> dict[str, Any]:
    """Say what the mail says, for a program."""
    operation = str(letter.parts["operation"])
    errand = Errand.objects.asked().filter(notice__letter=letter).first()
    return {
        "reference": letter.case.reference,
        "operation": operation,
        "law": LAW[operation].to("en"),
        "since": letter.parts["since"],
        "identifiers": str(letter.parts["identifiers"]).splitlines(),
        "details": str(letter.parts.get("details", "")),
        "confirm_at": errand_link(errand) if errand else "",
    }


def _opendsr(letter: Letter) -> dict[str, Any]:
    """Return the request of OpenDSR 2.0, section 7.1; its id is the letter's own."""
    seed = uuid.uuid5(uuid.NAMESPACE_URL, letter.message_id)
    identities = [
        {"identity_type": kind, "identity_value": value, "identity_format": "raw"}
        for value, kind in _known_to_opendsr(letter).items()
    ]
    return {
        "regulation": "gdpr",
        "api_version": "2.0",
        "subject_request_id": str(uuid.UUID(bytes=seed.bytes, version=4)),
        "subject_request_type": "erasure",
        "submitted_time": letter.case.received_at.astimezone(UTC).isoformat(),
        "subject_identities": identities,
    }


def _opendsr_can(letter: Letter) -> bool:
    erases = letter.parts.get("operation") == OrderAct.ERASE
    return erases and bool(_known_to_opendsr(letter))


def _known_to_opendsr(letter: Letter) -> Mapping[str, str]:
    """Return, of what the notice names, what OpenDSR has a type for."""
    named = set(str(letter.parts["identifiers"]).splitlines())
    known = letter.case.subject.identifiers.filter(kind__in=IDENTITIES).order_by("pk")
    values = {" ".join(one.value.split()): IDENTITIES[one.kind] for one in known}
    return {value: kind for value, kind in values.items() if value in named}
