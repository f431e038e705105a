"""The wrong-person stop: somebody else's record or document never gets into a package.

Jeanne asks; what is put among her data is Luc's.
"""

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from weasyprint import HTML

from dsr import casework
from dsr.controller import current
from dsr.models import LedgerEntry, SearchTask, Ticket
from dsr.vocabulary import Event, RightCode, State
from exports.building import build_packages
from exports.models import Package, PackageState
from exports.packages.contents import Gathering
from exports.packages.described import Descriptions
from exports.packages.errors import WrongPersonError
from exports.packages.page import page
from exports.packages.spool import Spool
from tests.exports.conftest import HANDLER, NOW, Decided, searched_one
from tests.exports.test_packages import built

Line = dict[str, Any]


@pytest.fixture
def jeanne(proposed: Decided) -> Ticket:
    return proposed()


@pytest.fixture
def luc(jeanne: Ticket) -> Ticket:
    return searched_one(RightCode.ACCESS, person=1)


def lines_of(ticket: Ticket) -> list[tuple[SearchTask, list[Line]]]:
    return [
        (task, list(casework.read_findings(task))) for task in ticket.searches.all()
    ]


def put(task: SearchTask, lines: list[Line]) -> None:
    """Make these the findings, with counts and digest that say so."""
    content = "".join(json.dumps(one) + "\n" for one in lines).encode()
    Path(task.findings.path).write_bytes(content)
    task.sha256 = hashlib.sha256(content).hexdigest()
    task.counts = {}
    for one in lines:
        task.counts[one["collection"]] = task.counts.get(one["collection"], 0) + 1
    task.save()


def gather(ticket: Ticket, folder: Path) -> None:
    folder.mkdir()
    descriptions = Descriptions(Path(settings.SYSTEMS_FILE))
    Gathering(ticket, current(), descriptions).gather(folder, lambda: None)


def stops(ticket: Ticket, folder: Path) -> str:
    """Return why no package is made of what lies there."""
    with pytest.raises(WrongPersonError) as stopped:
        gather(ticket, folder)
    return str(stopped.value)


def injected(own: list[Line], foreign: Line) -> Iterator[list[Line]]:
    """Put a record in front, in the middle, at the end, and in the place of one."""
    for at in (0, len(own) // 2, len(own)):
        yield [*own[:at], foreign, *own[at:]]
    yield [*own[1:], foreign]


def test_no_record_of_another_passes_wherever_it_is_put(
    jeanne: Ticket, luc: Ticket, tmp_path: Path
) -> None:
    tried = 0
    for (task, own), (_task, others) in zip(
        lines_of(jeanne), lines_of(luc), strict=True
    ):
        first = {one["collection"]: one for one in reversed(others)}
        for foreign in first.values():
            for lines in injected(own, foreign):
                put(task, lines)
                why = stops(jeanne, tmp_path / str(tried))
                assert "of this person" in why
                tried += 1
        put(task, own)

    assert tried >= 40
    gather(jeanne, tmp_path / "own")


def test_all_of_another_persons_findings_do_not_pass(
    jeanne: Ticket, luc: Ticket, tmp_path: Path
) -> None:
    for number, ((task, own), (_task, others)) in enumerate(
        zip(lines_of(jeanne), lines_of(luc), strict=True)
    ):
        put(task, others)
        assert "hangs on no proven key" in stops(jeanne, tmp_path / f"all{number}")
        put(task, own + others)
        assert "hangs on no proven key" in stops(jeanne, tmp_path / f"both{number}")
        put(task, own)


def test_a_key_that_is_no_longer_proven_stops_what_it_led_to(
    jeanne: Ticket, tmp_path: Path
) -> None:
    jeanne.case.subject.identifiers.update(verified_at=None, verified_by="")

    assert "hangs on no proven key" in stops(jeanne, tmp_path / "unproven")


def test_a_shared_mailbox_does_not_make_a_spouse_the_same_person(
    jeanne: Ticket, luc: Ticket, tmp_path: Path
) -> None:
    task = jeanne.searches.get(system="crm")
    own = list(casework.read_findings(task))
    others = list(casework.read_findings(luc.searches.get(system="crm")))
    address = next(o["record"]["email"] for o in own if "email" in o["record"])
    spouse = next(one for one in others if one["collection"] == "crm:customers")
    spouse["record"]["email"] = address

    put(task, [*own, spouse])

    assert "of crm:customers hangs on no proven key" in stops(jeanne, tmp_path / "x")


def as_pdf(text: str) -> str:
    content: bytes = HTML(string=f"<p>{text}").write_pdf()
    return "data:;base64," + base64.b64encode(content).decode()


def as_text(text: str) -> str:
    return "data:;base64," + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("written", [as_pdf, as_text, lambda text: text * 9])
def test_a_document_of_another_person_stops_even_in_ones_own_record(
    jeanne: Ticket, luc: Ticket, tmp_path: Path, written: Callable[[str], str]
) -> None:
    task = jeanne.searches.get(system="claims")
    own = list(casework.read_findings(task))
    mail, number = (
        luc.case.subject.identifiers.get(kind=kind).value
        for kind in ("email", "customer_number")
    )
    document = next(o for o in own if o["collection"] == "claims:documents")
    for at, hers in enumerate((mail, number)):
        document["record"]["body"] = written(f"A letter about {hers}, of last year. ")
        put(task, own)
        why = stops(jeanne, tmp_path / str(at))
        assert "names another person and not this one" in why
        assert hers not in why
    document["record"]["body"] = written(f"Jeanne Peeters wrote about {mail}. ")
    put(task, own)
    gather(jeanne, tmp_path / "hers too")


def test_the_desk_hears_of_it_at_once_and_withholding_settles_it(
    jeanne: Ticket, luc: Ticket
) -> None:
    task = jeanne.searches.get(system="crm")
    own = list(casework.read_findings(task))
    foreign = next(casework.read_findings(luc.searches.get(system="crm")))
    put(task, [*own, {**foreign, "row": 99}])

    assert build_packages(at=NOW) == 0

    package = Package.objects.get(ticket=jeanne)
    assert package.state == PackageState.FAILED
    assert package.next_attempt_at is None
    assert "record 99 of" in package.last_error
    told = LedgerEntry.objects.get(event=Event.PACKAGE_FAILED)
    assert "record 99 of" in json.dumps(told.facts)
    assert Ticket.objects.get(pk=jeanne.pk).state == State.PACKAGING
    task.withheld.create(
        collection=foreign["collection"], row=99, ground="others_rights",
        note="Somebody else's.", added_at=NOW, added_by=HANDLER.name,
    )  # fmt: skip
    Package.objects.update(state=PackageState.BUILDING, next_attempt_at=NOW)
    assert build_packages(at=NOW) == 1


def test_what_is_slipped_in_while_the_package_is_written_stops_it(
    jeanne: Ticket, luc: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = next(casework.read_findings(luc.searches.get(system="crm")))["record"]
    real = page

    def slip(contents: Any) -> Any:
        spool: Spool = contents.collections[0].spool
        with spool.path.open("ab") as file:
            file.write(json.dumps(foreign).encode() + b"\n")
        return real(contents)

    monkeypatch.setattr("exports.packages.writing.page", slip)

    assert build_packages(at=NOW) == 0
    assert "were changed while" in Package.objects.get().last_error


def test_a_package_changed_on_the_disk_is_not_the_tickets_own(jeanne: Ticket) -> None:
    archive = built()
    package = Package.objects.get()
    assert package.is_its_own
    files = {name: archive.read(name) for name in archive.namelist()}
    for name in ("data.json", "index.html", *(n for n in files if n.endswith("csv"))):
        with zipfile.ZipFile(package.file.path, "w") as changed:
            for path, content in files.items():
                more = b"Luc" if path == name else b""
                changed.writestr(path, content + more)
        assert not package.is_its_own
