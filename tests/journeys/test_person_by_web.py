"""A person by web, in each language: from the choices to the case and out again.

Every page on the way is shown wide and on a narrow telephone, and audited.
"""

import re
from dataclasses import dataclass
from email.message import Message

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.servers.live import Live, eventually

LANGUAGES = ("fr", "nl", "de", "en")
WIDTHS = (1280, 320)  # pixels; the narrow one is WCAG 2.2's own, 1.4.10
CODE = re.compile(r"\b(\d{4} ?\d{4})\b")


@dataclass
class Auditor:
    """Looks at each page as those do who see, or touch, or hear it."""

    page: Page
    thorough: bool
    seen: int = 0

    def look(self) -> None:
        """Fail if the page scrolls sideways, or axe-core finds anything."""
        self.page.wait_for_load_state()
        self.seen += 1
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, self.page.url
            if self.thorough:
                found = Axe().run(self.page).response["violations"]
                assert [(one["id"], one["nodes"]) for one in found] == [], self.page.url

    def send(self) -> None:
        """Press the first button of the page, and look at what comes."""
        self.page.locator("main form button[type=submit]").first.click()
        self.look()


@pytest.fixture
def auditor(page: Page, live: Live) -> Auditor:
    """Audit on one make of database; the pages are the same on the other."""
    return Auditor(page, thorough="DATABASE_URL" not in live.environ)


def code_for(live: Live, address: str, reference: str, *, newest: int) -> str:
    """Return the code in the n-th mail to an address, once the worker has sent it."""

    def look() -> str | None:
        mails = [body(mail) for mail in live.mails_to(address)]
        codes = [CODE.search(text.replace(reference, "")) for text in mails]
        found = [code[1] for code in codes if code]
        return found[newest - 1] if len(found) >= newest else None

    return str(eventually(look))


def body(mail: Message) -> str:
    content = mail.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def fill_in(auditor: Auditor, language: str, address: str) -> None:
    """Walk through the form, once wrongly and once rightly on each page."""
    page = auditor.page
    page.goto(f"/{language}/")
    auditor.look()
    auditor.send()
    assert page.locator(".summary a").count() == 1
    page.check("[value=access]")
    page.check("[value=marketing_opt_out]")
    auditor.send()
    page.check("[value=other]")
    auditor.send()
    assert page.locator(".summary a").count() == 2
    page.check("[value=myself]")
    page.fill("[name=text]", "Bonjour, goedendag, guten Tag.")
    auditor.send()
    page.fill("[name=name]", "Jeanne Peeters")
    auditor.send()
    assert page.input_value("[name=name]") == "Jeanne Peeters"
    page.fill("[name=email]", address)
    auditor.send()


@pytest.mark.parametrize(
    "language",
    ["fr", *(pytest.param(one, marks=pytest.mark.once) for one in ("nl", "de", "en"))],
)
def test_a_person_asks_and_follows(language: str, live: Live, auditor: Auditor) -> None:
    page, address = auditor.page, f"jeanne.{language}@demo.example"
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text))

    fill_in(auditor, language, address)
    assert page.locator("html").get_attribute("lang") == language
    assert "Bonjour, goedendag, guten Tag." in page.inner_text("main")
    auditor.send()
    reference = page.inner_text(".reference strong")
    page.fill("[name=code]", "00000000")
    auditor.send()
    page.fill("[name=code]", code_for(live, address, reference, newest=1))
    auditor.send()

    assert page.url.endswith(f"/{language}/receipt/")
    assert page.inner_text(".reference strong") == reference
    page.click("summary")
    assert page.locator(".why li").count() >= 3
    with page.expect_download() as download:
        page.click("a[href$='.ics']")
    assert reference in download.value.path().read_text("utf-8")
    add_and_take_back(auditor, language, reference)
    assert not [said for said in errors if "Content Security Policy" in said]
    assert auditor.seen > 14


def add_and_take_back(auditor: Auditor, language: str, reference: str) -> None:
    """Write a message, then take one right back and leave."""
    page = auditor.page
    page.goto(f"/{language}/status/{reference}/")
    auditor.look()
    assert page.locator(".line").count() == 2
    page.fill("[name=text]", "Encore un mot.")
    auditor.send()
    assert "Encore un mot." in page.inner_text(".message")
    page.click("a[href$='/withdraw/']")
    auditor.look()
    page.locator("[name=tickets]").first.uncheck()
    auditor.send()
    assert page.locator(".line .ended").count() == 1
    page.click("form[action$='/leave/'] button")
    auditor.look()
    page.goto(f"/{language}/status/{reference}/")
    auditor.look()
    assert page.locator(".line").count() == 0


def test_she_comes_back_with_her_reference(live: Live, browser: Browser) -> None:
    address = "back@demo.example"
    first = browser.new_context(base_url=live.url)
    page = first.new_page()
    fill_in(Auditor(page, thorough=False), "fr", address)
    page.locator("main form button").first.click()
    reference = page.inner_text(".reference strong")
    code_for(live, address, reference, newest=1)
    first.close()

    second = browser.new_context(base_url=live.url)
    page = second.new_page()
    page.goto("/fr/status/")
    page.fill("[name=reference]", f" {reference.lower()} ")
    page.click("main form button")
    page.fill("[name=code]", code_for(live, address, reference, newest=2))
    page.locator("main form button").first.click()

    assert page.locator(".line").count() == 2
    second.close()


def test_it_works_without_javascript_and_by_keyboard(
    live: Live, browser: Browser
) -> None:
    window = browser.new_context(base_url=live.url, java_script_enabled=False)
    page = window.new_page()
    page.goto("/nl/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.focus("[value=erasure]")
    page.keyboard.press("Space")
    page.focus("main form button")
    page.keyboard.press("Enter")

    page.wait_for_url("**/nl/request/")
    assert page.locator("[name=erasure-what]").count() == 1
    assert page.locator("[name=person]").is_visible() is False
    window.close()


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_standing_pages_are_for_everybody(language: str, auditor: Auditor) -> None:
    for path in (
        "status/",
        "complain/",
        "privacy/",
        "preferences/",
        "nowhere/",
        "check/",
    ):
        auditor.page.goto(f"/{language}/{path}")
        auditor.look()

    assert auditor.seen == 6


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_keeps_the_page(language: str, page: Page) -> None:
    page.goto("/en/privacy/")
    page.click(f".languages a[lang={language}]")

    page.wait_for_url(f"**/{language}/privacy/")
    assert page.locator("html").get_attribute("lang") == language
