"""The lock that other programs ask: one answer, through the whole of our own code.

Asked in turns of somebody free and of somebody restricted, whose refusal is written
down. The reference is the bare query without which there is no answer.
"""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from statistics import median
from time import perf_counter, process_time
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from dsr.models import Case, RefusedUse, RestrictionMeasure, Ticket
from dsr.vocabulary import Channel, RestrictionGround, RightCode
from exports.bench.measure import Timed
from subjects.models import Identifier, Subject, digest_under, key_id, keys

MOST = 5.0  # milliseconds
PEOPLE, RESTRICTED = 10_000, 1_000
TIMES = 300  # answers of each kind
TOKEN = "t" * 32
BARE = """
    SELECT m.id FROM dsr_restrictionmeasure m
    JOIN dsr_ticket t ON t.id = m.ticket_id JOIN dsr_case c ON c.id = t.case_id
    JOIN subjects_identifier i ON i.subject_id = c.subject_id
    WHERE i.digest = %s AND i.verified_at IS NOT NULL AND m.state <> 'lifted'
"""


def measure() -> Timed:
    """Measure both in the database that is configured; it has to be a scratch one."""
    _fill(timezone.now())
    ours, own, bare = [], [], []
    with override_settings(PROCESSING_CALLERS=[("bench", TOKEN, frozenset())]):
        application = WSGIHandler()
        for number in range(TIMES):
            for email in (_email(number), _email(PEOPLE - 1 - number)):
                bare.append(_timed(_query, email)[0])
                whole, cpu = _timed(_ask, application, email)
                ours.append(whole)
                own.append(cpu)
    if RefusedUse.objects.count() != TIMES:
        raise RuntimeError("Not every restriction was seen; the figure means nothing.")
    what = (
        f"answers to a program, of {PEOPLE:,} people and {RESTRICTED:,} restrictions "
        f"in {connection.vendor}, each second one refused and logged"
    )
    return Timed("processing", what, median(ours), median(own), median(bare), MOST)


def _timed(do: Callable[..., object], *given: object) -> tuple[float, float]:
    """Return how long it took, and how long our processor worked, in milliseconds."""
    began, idle = perf_counter(), process_time()
    do(*given)
    return (perf_counter() - began) * 1000, (process_time() - idle) * 1000


def _query(email: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [digest_under(keys()[0], "email", email)])
        return cursor.fetchall()


def _ask(application: WSGIHandler, email: str) -> bytes:
    """Ask as a web server does, from the request's first byte to the answer's last."""
    given = [f"{key_id(key)}-{digest_under(key, 'email', email)}" for key in keys()]
    query = "&".join([*(f"subject={one}" for one in given), "purpose=direct_marketing"])
    environment: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": reverse("api:processing"),
        "QUERY_STRING": query,
        "SERVER_NAME": settings.ALLOWED_HOSTS[0],
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_AUTHORIZATION": f"Bearer {TOKEN}",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    response = application(environment, _start)
    try:
        return b"".join(response)
    finally:
        response.close()


def _start(*_status_and_headers: object) -> Callable[[bytes], object]:
    """Take status and headers as a web server does."""
    return lambda body: body


def _email(number: int) -> str:
    return f"person{number}@home.example"


def _fill(now: datetime) -> None:
    """Make people with proven addresses; the first of them are restricted."""
    people = Subject.objects.bulk_create(
        Subject(name=f"Person {number}", created_at=now) for number in range(PEOPLE)
    )
    Identifier.objects.bulk_create(
        Identifier(
            subject=one,
            kind="email",
            value=_email(number),
            normalized=_email(number),
            verified_at=now,
            verified_by="bench",
        )
        for number, one in enumerate(people)
    )
    cases = Case.objects.bulk_create(
        Case(
            reference=f"BENCH-{number}",
            channel=Channel.API,
            received_at=now,
            language="en",
            subject=one,
            opened_by="bench",
        )
        for number, one in enumerate(people[:RESTRICTED])
    )
    day = now.date()
    tickets = Ticket.objects.bulk_create(
        Ticket(
            case=case,
            right_code=RightCode.RESTRICTION,
            received_at=now,
            received_on=day,
            due_strict=day,
            extension_notice_due=day,
        )
        for case in cases
    )
    RestrictionMeasure.objects.bulk_create(
        RestrictionMeasure(
            ticket=ticket,
            ground=RestrictionGround.ACCURACY_CONTESTED,
            begun_at=now,
            begun_by="bench",
        )
        for ticket in tickets
    )
