"""Attacks through the portal and at the desk."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dsr import casework
from dsr.models import Case, Letter
from dsr.vocabulary import SYSTEM
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED
from tests.dsr.portal.conftest import Visitor, text_of
from tests.security.attacks.mails import STRANGER
from tests.security.attacks.stage import PAPER, Stage

DOOR = "Send me a code"


def case_in_her_name(stage: Stage) -> str:
    """Fill in the form with her name and address: only she can confirm it."""
    luc = Visitor()
    case = luc.send("access", name="Jeanne Peeters", email=JEANNE)
    assert case != stage.hers
    assert list(case.letters.values_list("kind", "to_email")) == [
        ("confirm_address", JEANNE)
    ]
    assert DOOR in text_of(luc.see(f"status/{case.reference}/"))
    stage.work(case)
    assert not case.tickets.get().searches.exists()
    case.refresh_from_db()
    return "unconfirmed" if case.contact_confirmed_at is None else ""


def right_facts_in_the_form(stage: Stage) -> str:
    """Know her customer number, and give an address of one's own."""
    luc = Visitor()
    case = luc.send("access", name="Jeanne Peeters", email=STRANGER)
    luc.enter(case)
    stage.work(case)
    states = case.tickets.get().searches.values_list("state", flat=True)
    return ", ".join(sorted(set(states)))


def paper_by_form(stage: Stage) -> str:
    """Send the copy of an identity card that nobody asked for."""
    jeanne = let_in(stage)
    file = SimpleUploadedFile("passeport.jpg", b"\xff\xd8\xff" + PAPER, "image/jpeg")
    page = jeanne.give(f"status/{stage.hers.reference}/write/", text="Me", file=file)
    assert not stage.hers.documents.exists()
    return text_of(page)


def let_in(stage: Stage) -> Visitor:
    """Open her case in her browser, with a new code."""
    jeanne = Visitor()
    jeanne.give("status/", reference=stage.hers.reference)
    jeanne.enter(stage.hers)
    return jeanne


def forwarded_link(stage: Stage, page: str) -> str:
    """Open in another browser the address of a page that she sees."""
    jeanne = let_in(stage)
    letter = stage.letter.pk
    path = page.format(ref=stage.hers.reference, letter=letter)
    jeanne.client.get(path)
    answer = Client().get(path, follow=True)
    assert stage.hers.reference not in answer.content.decode().replace(path, "") or (
        DOOR in text_of(answer)
    )
    return DOOR if answer.status_code == 404 else text_of(answer)


def code_used_twice(stage: Stage) -> str:
    """Use her code once more, from another browser."""
    let_in(stage)
    page = Visitor().enter(stage.hers)
    assert page.status_code == 422
    return text_of(page)


def guessed_codes(stage: Stage) -> str:
    """Try codes until the door closes: the code that was good is dead by then."""
    luc = Visitor()
    luc.give("status/", reference=stage.hers.reference)
    good = stage.hers.codes.latest("pk").digits
    wrong = "00000001" if good == "00000000" else "00000000"
    page = f"confirm/{stage.hers.reference}/"
    codes = [luc.give(page, code=wrong).status_code for _ in range(21)]
    assert codes[-1] == 429
    elsewhere = Client(REMOTE_ADDR="203.0.113.9").post(f"/en/{page}", {"code": good})
    assert elsewhere.status_code == 422
    return f"{codes.count(422)} wrong codes, then {codes[-1]}"


def address_moved(stage: Stage) -> str:
    """Talk an officer into another address: she is told, and it proves nothing."""
    jeanne = let_in(stage)
    casework.set_address(
        stage.hers.pk, email=STRANGER, postal_address="", by=OFFICER, at=RECEIVED
    )
    told = stage.hers.letters.get(kind="address_changed")
    assert told.to_email == JEANNE
    assert DOOR in text_of(jeanne.see(f"status/{stage.hers.reference}/"))
    moved = Case.objects.get(pk=stage.hers.pk)
    assert moved.contact_confirmed_at is None
    casework.set_address(
        moved.pk, email=JEANNE, postal_address="", by=OFFICER, at=RECEIVED
    )
    Letter.objects.filter(to_email=STRANGER).delete()
    return told.get_kind_display()


def mistyped_address(stage: Stage) -> str:
    """Give an address at which nobody is: the officer learns that it came back."""
    typo = "jeane.peters@nowhere.example"
    arrival = stage.receive("Please send me a copy of my data.", sender=f"J <{typo}>")
    assert arrival.case is not None
    casework.send_letters(at=RECEIVED + stage.now)
    letter = arrival.case.letters.get()
    casework.letter_returned(letter.pk, code="5.1.1", by=SYSTEM, at=RECEIVED)
    assert list(Letter.objects.returned()) == [letter]
    return Letter.objects.returned().get().undelivered_code
