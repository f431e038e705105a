"""What our own server's Authentication-Results say, and whose count. RFC 8601."""

import pytest

from dsr.intake.mailbox.authentication import is_aligned, origin_of, results_of

OURS = "mx.company.example"
SENDER = "home.example"

CASES = [
    # the header, after our name                                level     aligned
    ("dmarc=pass header.from=home.example", "proven", ("dmarc",)),
    ("dkim=pass header.d=home.example", "proven", ("dkim",)),
    ("dkim=pass header.i=@mail.home.example", "proven", ("dkim",)),
    ("spf=pass smtp.mailfrom=bounce@home.example", "proven", ("spf",)),
    ('spf=pass (ip ok; all "fine") smtp.mailfrom="home.example"', "proven", ("spf",)),
    ("dkim=pass header.d=evil.example", "unproven", ()),
    ("spf=pass smtp.mailfrom=evil.example; dkim=none", "unproven", ()),
    ("spf=pass smtp.helo=home.example", "unproven", ()),
    ("dmarc=pass header.from=evil.example", "unproven", ()),
    ("spf=softfail smtp.mailfrom=home.example", "unproven", ()),
    ("dkim=fail header.d=evil.example", "unproven", ()),
    ("none", "unproven", ()),
    ("dmarc=fail header.from=home.example", "failed", ()),
    ("dmarc=fail; dkim=pass header.d=evil.example", "failed", ()),
    ("spf=fail smtp.mailfrom=home.example; dkim=none", "failed", ()),
    ("dkim=fail header.d=home.example; spf=none", "failed", ()),
    ("spf=fail; dkim=pass header.d=home.example", "proven", ("dkim",)),
    ("DMARC = PASS (p=reject) header.from = Home.Example", "proven", ("dmarc",)),
    ("(dmarc=pass header.from=home.example) spf=none", "unproven", ()),
    ('spf=none reason="; dmarc=pass header.from=home.example"', "unproven", ()),
]


@pytest.mark.parametrize(("said", "level", "aligned"), CASES)
def test_what_a_header_of_ours_says(
    said: str, level: str, aligned: tuple[str, ...]
) -> None:
    results = results_of([f"{OURS} 1; {said}"], OURS)
    assert results is not None
    origin = origin_of(results, SENDER)
    assert (str(origin.level), origin.aligned) == (level, aligned)


GOOD, BAD = "dmarc=pass header.from=home.example", "dmarc=fail header.from=home.example"


@pytest.mark.parametrize(
    ("headers", "level"),
    [
        ([f"{OURS}; {BAD}", f"{OURS}; {GOOD}"], "failed"),
        ([f"mx.evil.example; {GOOD}", f"{OURS}; {BAD}"], "failed"),
        ([f"(c) MX.Company.Example; {GOOD}"], "proven"),
        ([f"{OURS}.evil.example; {GOOD}"], None),
        ([f"mx.evil.example; {OURS}; {GOOD}"], None),
        ([GOOD], None),
        ([""], None),
        ([], None),
    ],
)
def test_only_the_topmost_of_our_own_counts(
    headers: list[str], level: str | None
) -> None:
    results = results_of(headers, OURS)
    assert level == (None if results is None else str(origin_of(results, SENDER).level))


def test_the_words_of_each_method_are_kept() -> None:
    text = (
        f"{OURS}; spf=softfail; dkim=fail header.d=evil.example; "
        "dkim=pass header.d=home.example; dmarc=pass header.from=home.example"
    )
    origin = origin_of(results_of([text], OURS) or (), SENDER)
    assert (origin.spf, origin.dkim, origin.dmarc) == ("softfail", "pass", "pass")


@pytest.mark.parametrize(
    ("domain", "sender", "aligned"),
    [
        ("home.example", "home.example", True),
        ("home.example", "mail.home.example", True),
        ("mail.home.example", "home.example", True),
        ("ahome.example", "home.example", False),
        ("example", "home.example", False),
        ("", "home.example", False),
        ("home.example", "", False),
    ],
)
def test_alignment(domain: str, sender: str, aligned: bool) -> None:
    assert is_aligned(domain, sender) is aligned


@pytest.mark.parametrize(
    "hostile", ["(" * 50_000, '"' * 49_999, "a=" * 30_000, f"{OURS};" + ";" * 50_000]
)
def test_any_header_is_read(hostile: str) -> None:
    assert not results_of([hostile], OURS)
