"""An officer's day: a letter typed in, searched for, decided by two, answered."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.archive import answer_for_the_archive
from tests.journeys.looked_at import accessible
from tests.servers.live import Live, eventually

WIDE = ViewportSize(width=1280, height=900)
REASONS = "Two remarks name other people, and their rights would be harmed by them."
Login = Callable[[str], Page]


@pytest.fixture
def login(browser: Browser, live: Live) -> Iterator[Login]:
    """Open a window of its own for each member of staff, signed in."""
    contexts = []

    def login(name: str) -> Page:
        context = browser.new_context(base_url=live.url, viewport=WIDE, locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        page.goto("/desk/")
        accessible(page)
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(live.password(name))
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
        return page

    yield login
    for context in contexts:
        context.close()


def act(page: Page, name: str, *, confirm: bool = True) -> None:
    """Go to the page of an act, look at it, and confirm it if nothing is asked."""
    page.locator(".acts").get_by_role("link", name=name, exact=True).click()
    accessible(page)
    if confirm:
        done(page, name)


def done(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    accessible(page)


def reloaded(page: Page, text: str) -> bool:
    page.reload()
    return page.get_by_text(text, exact=True).count() > 0


def type_in_a_letter(page: Page) -> None:
    page.get_by_role("link", name="New case").click()
    accessible(page)
    page.get_by_role("link", name="Type a letter in, without a scan").click()
    accessible(page)
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_text("Something has to be corrected")).to_be_visible()
    accessible(page)
    page.get_by_label("Day of receipt").fill("2026-11-02")
    page.get_by_label("Time of receipt").fill("09:30")
    page.get_by_label("Access", exact=True).check()
    page.get_by_label("In the person's own words").fill("What do you know about me?")
    page.get_by_label("Language of the answer").select_option("en")
    page.get_by_label("Name", exact=False).first.fill("Mary Walsh")
    page.get_by_label("By e-mail").check()
    address = page.get_by_role("textbox", name="E-mail address")
    address.fill("mary.walsh@demo.example")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_text("is open and acknowledged")).to_be_visible()


def establish_identity(page: Page) -> None:
    act(page, "Identity is known", confirm=False)
    page.get_by_label("How was the identity established?").fill("call back")
    page.get_by_label("mary.walsh@demo.example").check()


def withhold_a_remark(page: Page) -> None:
    page.get_by_role("link", name="see what crm holds").click()
    accessible(page)
    page.get_by_role("link", name=re.compile("crm:interactions")).click()
    page.get_by_role("link", name="withhold from row 1", exact=True).click()
    accessible(page)
    page.get_by_label("What", exact=False).first.select_option(index=1)
    page.get_by_label(re.compile("harm the rights of other people")).check()
    page.get_by_label("The balancing").fill(
        "It names a colleague, whose privacy weighs more."
    )
    done(page, "Withhold from the copy")
    page.get_by_role("link", name="Back to the case").click()


def look_at_the_health_data(adviser: Page) -> None:
    adviser.locator("#content-main").get_by_role("link", name="Health").click()
    accessible(adviser)
    adviser.get_by_role("button", name="I have looked at them").first.click()
    expect(adviser.locator(".messagelist .success")).to_be_visible()


def answer_the_list(page: Page) -> None:
    act(page, "Decide on an item of information", confirm=False)
    accessible(page)
    page.get_by_label("Item").select_option("automated")
    page.get_by_label("not applicable", exact=True).check()
    told = "No decision was taken about you by a computer alone."
    page.get_by_label("What the person is told").fill(told)
    done(page, "Decide on an item of information")
    expect(page.get_by_role("cell", name=told)).to_be_visible()


def answer_the_checks(page: Page) -> None:
    act(page, "Answer the checks", confirm=False)
    page.get_by_label("we alone decide").check()
    for none in page.get_by_label("none", exact=True).all():
        none.check()
    done(page, "Answer the checks")
    expect(page.get_by_text("Checks: all are answered")).to_be_visible()


def test_a_letter_is_typed_in_and_answered(
    login: Login, browser: Browser, live: Live
) -> None:
    officer = login("officer")
    accessible(officer)
    type_in_a_letter(officer)
    accessible(officer)
    case = officer.url
    establish_identity(officer)
    done(officer, "Identity is known")
    act(officer, "Take in hand")
    answer_for_the_archive(
        browser.new_page(), live, lambda: reloaded(officer, "Data being reviewed")
    )
    accessible(officer)
    withhold_a_remark(officer)
    answer_the_list(officer)
    look_at_the_health_data(login("adviser"))
    act(officer, "Propose a decision", confirm=False)
    officer.get_by_role("link", name="Partially granted").click()
    accessible(officer)
    officer.get_by_label(re.compile("harm the rights of other people")).check()
    officer.get_by_label("Reasons given to the person").fill(REASONS)
    done(officer, "Propose a decision")
    expect(officer.locator(".acts").get_by_text("Decide as proposed")).to_have_count(0)
    answer_the_checks(officer)
    eventually(lambda: reloaded(officer, "Decision pending"))

    decider = login("decider")
    decider.goto(case)
    act(decider, "Decide as proposed", confirm=False)
    expect(decider.get_by_text(REASONS)).to_be_visible()
    done(decider, "Decide as proposed")

    eventually(lambda: reloaded(officer, "Reply being prepared"))
    officer.get_by_role("link", name="Reply", exact=True).click()
    accessible(officer)
    preview = officer.get_by_role("link", name="Preview as PDF").get_attribute("href")
    assert preview is not None
    assert officer.request.get(preview).body().startswith(b"%PDF-")
    officer.get_by_role("link", name="Approve and send").click()
    accessible(officer)
    officer.get_by_role("button", name="Approve and send").click()
    officer.goto(case)
    eventually(lambda: reloaded(officer, "Replied"))
    expect(officer.get_by_role("cell", name="Replied").first).to_be_visible()


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("officer", "ticket case letter searchtask arrival ledgerentry"),
        ("auditor", "ticket letter ledgerentry"),
    ],
)
def test_every_list_is_accessible(login: Login, name: str, pages: str) -> None:
    page = login(name)
    for model in pages.split():
        page.goto(f"/desk/dsr/{model}/")
        accessible(page)


def test_the_desk_speaks_the_officers_language(login: Login) -> None:
    page = login("officer")
    page.get_by_role("button", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    accessible(page)
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_case_is_found_by_its_reference_with_the_keyboard(login: Login) -> None:
    page = login("auditor")
    page.get_by_label("Find by whole reference").fill("DSR-2026-000001-00")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is known under exactly that")).to_be_visible()
    accessible(page)
