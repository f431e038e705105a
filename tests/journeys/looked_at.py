"""A page as somebody meets it who does not see, or has no mouse."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def accessible(page: Page) -> None:
    """Let axe look at the page; it finds nothing."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    faults = [f"{v['id']}: {node['html'][:200]}" for v in found for node in v["nodes"]]
    assert not faults, f"{page.url}: {faults}"
