"""The owner of the demo company's paper archive, who is asked by a mailed link."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.journeys.looked_at import accessible
from tests.servers.live import Live, eventually

OWNER = "archive@rightsdesk-demo.example"


def answer_for_the_archive(
    page: Page, live: Live, searched: Callable[[], bool]
) -> None:
    """Say by the mailed links that nothing is held, until all is `searched`.

    Other journeys have the archive asked as well; all of its searches are answered.
    """
    opened: set[str] = set()

    def ours_is_answered() -> bool:
        for link in links_mailed_to(OWNER, live) - opened:
            opened.add(link)
            page.goto(f"{live.url}{link}")
            answer_a_search(page)
        return searched()

    eventually(ours_is_answered)
    page.close()


def answer_a_search(page: Page) -> None:
    nothing = page.locator("input[name=result][value=nothing]")
    if not nothing.count():  # it asks to change something, or needs no answer any more
        return
    accessible(page)
    nothing.check()
    page.locator("main form button[type=submit]").click()
    accessible(page)


def links_mailed_to(address: str, live: Live) -> set[str]:
    """Return the paths of the links in the mails to an address."""
    links: set[str] = set()
    for mail in live.mails_to(address):
        plain = (one for one in mail.walk() if one.get_content_type() == "text/plain")
        said = next(plain).get_payload(decode=True)
        assert isinstance(said, bytes)
        found = re.findall(r"https?://\S+", said.decode())
        links |= {urlsplit(one).path for one in found}
    return links
