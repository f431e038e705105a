"""Articles named by number are read as the rights they stand for."""

import pytest

from dsr.intake.mailbox.articles import named

RUNS = [
    ("nach art. 21 abs. 1 dsgvo", "nach art artobjection dsgvo"),
    ("gilt art. 18 abs. 1 lit. d dsgvo", "gilt art artrestriction dsgvo"),
    ("articles 15 et 20 du rgpd", "art artaccess artportability du rgpd"),
    ("arts 21(1), 18(1)(d)", "art artobjection artrestriction )"),
    ("article 21, paragraphe 1, du", "art artobjection , du"),
    ("artikelen 17 en 21 lid 2", "art arterasure artadverts"),
    ("art. 22 lid 3 avg", "art artreview avg"),
    ("art. 7 abs. 3", "art artconsent"),
]
NO_RIGHT = [
    "articles 15 a 22 du rgpd",
    "article 12(3) gdpr",
    "article 3 of the contract of 17 may 2022",
]


@pytest.mark.parametrize(("written", "read"), RUNS)
def test_each_number_becomes_its_right(written: str, read: str) -> None:
    assert " ".join(named(written).split()) == read


@pytest.mark.parametrize("written", NO_RIGHT)
def test_the_law_as_a_whole_and_other_articles_are_no_right(written: str) -> None:
    for right in ("access", "review", "consent", "erasure"):
        assert f"art{right}" not in named(written)


def test_what_is_no_article_stays() -> None:
    assert named("in 15 days, on 17 may") == "in 15 days, on 17 may"
