"""The desk runs: in a browser, through a worker, and on after a worker was killed."""

import signal

from playwright.sync_api import Page

from tests.servers.live import Live, eventually, works


def test_an_officer_logs_in(page: Page, live: Live) -> None:
    page.goto("/desk/login/")
    page.fill("input[name=username]", "officer")
    page.fill("input[name=password]", live.password("officer"))
    page.click("[type=submit]")

    page.wait_for_url("**/desk/")
    assert page.locator("form#logout-form").count() == 1


def test_a_stranger_is_not_let_in(page: Page, live: Live) -> None:
    page.goto("/desk/login/")
    page.fill("input[name=username]", "officer")
    page.fill("input[name=password]", "guessed")
    page.click("[type=submit]")

    page.locator(".errornote").wait_for()


def test_a_killed_worker_goes_on_when_started_again(live: Live) -> None:
    live.worker.signal(signal.SIGKILL)
    eventually(lambda: not live.worker.running)
    live.worker.log.unlink()

    live.restart_worker()

    assert eventually(lambda: works(live.worker))
