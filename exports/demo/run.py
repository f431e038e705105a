"""Runs the demo: six mails and a form in; letters, packages and reports out."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from dsr import casework
from dsr.casework.errand_mails import send_errands
from dsr.intake.mailbox.receive import receive
from dsr.models import Case, Letter, Ticket
from dsr.vocabulary import SYSTEM, LetterState, Outcome, RightCode
from exports.building import build_packages
from exports.delivery import file_name
from exports.demo import erasing, staff
from exports.demo.form import fill_in
from exports.models import Package
from exports.reports.chains import read_chains
from exports.reports.making import make_audit, make_bundle, zone
from exports.reports.period import Period
from subjects.demo.company import make_company

MAILS = Path(__file__).parent / "mails"
WITNESS = "Une note d'appel nomme un témoin ; son nom n'est pas donné."

Said = tuple[str, str]  # what was done, and with what result


def run(folder: Path) -> Iterator[Said]:
    """Do the whole job in a database without cases; yield each step when it is done."""
    make_company(Path(settings.SYSTEMS_FILE).parent)
    yield (
        "four systems of an invented company",
        str(Path(settings.SYSTEMS_FILE).parent),
    )
    yield from _mails()
    case = fill_in(at=timezone.now())
    yield "a web form, its address confirmed by the mailed code", case.reference
    yield from _desk(at=timezone.now())
    yield from _out(folder, at=timezone.now())
    yield from _reports(folder, at=timezone.now())


def _mails() -> Iterator[Said]:
    for path in sorted(MAILS.glob("*.eml")):
        now = timezone.now()
        arrival, _repeated = receive(
            path.read_bytes(), received_at=now, source="demo", at=now
        )
        case = arrival.case
        found = case.reference if case else arrival.reason
        yield f"mail {path.name}: {arrival.get_result_display()}", found


def _desk(*, at: datetime) -> Iterator[Said]:
    """Work on each ticket: take it in hand, search, decide with four eyes."""
    access, portability = _ticket(RightCode.ACCESS), _ticket(RightCode.PORTABILITY)
    erasure = _ticket(RightCode.ERASURE)
    by_form = Ticket.objects.get(right_code=RightCode.ACCESS, case__channel="web")
    for ticket, number in (
        (access, "K-100001"),
        (portability, "K-100002"),
        (erasure, "K-100003"),
        (by_form, "K-100004"),
    ):
        staff.begin(ticket, number, at=at)
    yield "taken in hand, identity established", "4 tickets"
    casework.search_systems(at=at)
    asked = send_errands(at=at)
    yield "owner of the paper archive asked by mail", f"{asked} links"
    for ticket in (access, portability, erasure, by_form):
        staff.look_in_archive(ticket, at=at)
        counts = [f"{one.system} {one.total}" for one in ticket.searches.all()]
        yield f"searched for {ticket}", f"{', '.join(counts)} records"

    staff.withhold_first(access, "claims:call_notes", "note", at=at)
    others = ("others_rights",)
    staff.propose(access, Outcome.PARTIAL, grounds=others, reasons=WITNESS, at=at)
    staff.propose(portability, Outcome.GRANTED, at=at)
    staff.propose(by_form, Outcome.GRANTED, at=at)
    yield "copies made, before anybody decides", f"{build_packages(at=at)} packages"
    for ticket in (access, portability, by_form):
        staff.decide(ticket, at=at)
    erasing.examine(erasure, at=at)
    erasing.erase(erasure, at=at)
    yield "decided, each by a second officer", "4 tickets"
    yield from _opt_outs(at=at)


def _opt_outs(*, at: datetime) -> Iterator[Said]:
    """Answer for the systems that a marketing objection was ordered to; it confirms."""
    casework.send_letters(at=at)
    objections = Ticket.objects.filter(right_code=RightCode.MARKETING_OPT_OUT)
    for ticket in objections:
        told = ticket.notices.told().count()
        yield f"advertising stopped for {ticket}", f"{told} recipients told"
        casework.carry_out_orders(at=at)
        staff.answer_for_systems(ticket, at=at)
    confirmed = objections.filter(outcome=Outcome.GRANTED).count()
    yield "marketing objections confirmed without a decision", f"{confirmed} ticket"


def _ticket(right: RightCode) -> Ticket:
    return Ticket.objects.get(right_code=right, case__channel="mail")


def _out(folder: Path, *, at: datetime) -> Iterator[Said]:
    """Hand out the packages, and send the answers."""
    for package in Package.objects.ready().select_related("ticket__case"):
        said = f"{package.ticket}: {package.manifest['records']} records"
        place = folder / file_name(package)
        with package.file.open("rb") as stored, place.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        yield f"package for {said}", str(place)
    drafts = Letter.objects.filter(kind="reply", state=LetterState.DRAFT)
    for letter in drafts.select_related("ticket"):
        if letter.ticket is not None:
            staff.answer(letter.ticket, at=at)
    casework.send_letters(at=at)
    sent = Letter.objects.filter(state=LetterState.SENT).count()
    yield f"{sent} letters sent, as mails to read", str(settings.EMAIL_FILE_PATH)


def _reports(folder: Path, *, at: datetime) -> Iterator[Said]:
    today = timezone.localdate(at, zone())
    period = Period(today.replace(day=1), today, zone())
    audit = make_audit(period, language="en", by=SYSTEM, at=at)
    yield "period report for the auditor", _kept(folder / "audit.pdf", audit.pdf)
    case = Case.objects.get(tickets__right_code=RightCode.ACCESS, channel="mail")
    bundle = make_bundle(case, language="en", by=SYSTEM, at=at)
    name = f"case-{case.reference}"
    yield f"file of {case}", _kept(folder / f"{name}.pdf", bundle.pdf)
    yield "the same as data", _kept(folder / f"{name}.json", bundle.json)
    chains = read_chains()
    state = "; ".join(chains.faults) or "whole"
    yield "ledger checked", f"{chains.chains} chains, {chains.lines} lines: {state}"


def _kept(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def prepare() -> None:
    """Bring the database's tables up to date."""
    call_command("migrate", interactive=False, verbosity=0)
