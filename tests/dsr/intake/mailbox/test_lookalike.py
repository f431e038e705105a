"""Domains that the eye takes for another."""

import pytest

from dsr.intake.mailbox.lookalike import looks_like

KNOWN = "gruenwald-home.example"


@pytest.mark.parametrize(
    "domain",
    [
        "gruenwald-horne.example",
        "gruenwa1d-home.example",
        "gruenwald-h0me.example",
        "gruenwaldhome.example",
        "grünwald-home.example",
        "xn--grnwald-home-elb.example",
        "gruеnwald-home.example",
        "gruenvvald-home.example",
        "gruenwlad-home.example",
        "gruenwald-homes.example",
        "gruenwald-home.test",
        "gruenwald-hom.example",
    ],
)
def test_a_domain_that_looks_like_the_known_one(domain: str) -> None:
    assert looks_like(domain, KNOWN)


@pytest.mark.parametrize(
    "domain",
    [
        KNOWN,
        KNOWN.upper(),
        f"mail.{KNOWN}",
        "elsewhere.example",
        "example",
        "",
        "xn--\ud800.example",
        "xn--99999999999.example",
    ],
)
def test_a_domain_that_is_the_same_or_quite_another(domain: str) -> None:
    assert not looks_like(domain, KNOWN)


def test_short_names_differ_by_one_sign_without_meaning_anything() -> None:
    assert not looks_like("abc.example", "abd.test")
    assert not looks_like("home.example", "")
