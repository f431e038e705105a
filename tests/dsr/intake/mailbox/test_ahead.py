"""The next mail is looked at while the present one is committed, and none gets lost."""

from collections.abc import Iterator

import pytest

from dsr.intake.mailbox import ahead
from dsr.intake.mailbox.ahead import Begun, Looked, one_ahead
from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.reading import read
from tests.dsr.intake.mailbox.samples import MAIL

SAMPLES = [path.read_bytes() for path in sorted(MAIL.glob("eml/*.eml"))]
PATIENCE = 30_000  # milliseconds for the second process to load what it needs


@pytest.fixture(autouse=True)
def a_process_of_our_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ahead, "_idle", [])
    yield
    ahead._end()


def the_process() -> ahead._Looker:
    """Return the second process when it has started."""
    Begun(b"").drop()
    (child,) = ahead._idle
    assert child.answers_within(PATIENCE)
    return child


def test_the_second_process_says_what_this_one_says() -> None:
    child = the_process()

    looked = [begun.looked() for begun in map(Begun, SAMPLES)]

    assert looked == [Looked(mail, classify(mail)) for mail in map(read, SAMPLES)]
    assert ahead._idle == [child]


def test_while_it_starts_no_mail_waits_for_it() -> None:
    assert Begun(SAMPLES[0]).looked() == Looked(read(SAMPLES[0]), None)


def test_what_kills_it_is_read_here_and_another_is_started() -> None:
    child = the_process()
    begun = Begun(SAMPLES[0])

    child.process.kill()
    child.process.wait()

    assert begun.looked().mail == read(SAMPLES[0])
    assert the_process() is not child


def test_an_answer_that_nobody_takes_is_never_anothers() -> None:
    the_process()

    for _one, begun in one_ahead(SAMPLES[:3], Begun):
        assert begun is None  # the first has none; then nobody goes on
        break

    the_process()
    begun = Begun(SAMPLES[4])
    assert begun.looked().mail == read(SAMPLES[4])


def test_each_is_begun_before_the_one_before_it_is_handed_out() -> None:
    said: list[str] = []

    def begin(item: str) -> None:
        said.append(f"begin {item}")

    for item, _begun in one_ahead("abc", begin):
        said.append(item)

    assert said == ["begin b", "a", "begin c", "b", "c"]


def test_what_goes_wrong_with_the_next_waits_for_its_turn() -> None:
    def two_and_then_none() -> Iterator[str]:
        yield from "ab"
        raise OSError("gone")

    done: list[str] = []
    with pytest.raises(OSError, match="gone"):
        done.extend(
            item for item, _begun in one_ahead(two_and_then_none(), lambda _one: None)
        )

    assert done == ["a", "b"]
