"""What a letter on paper seems to ask, and who seems to have sent it."""

import pytest

from dsr.intake.post.addresses import OwnAddress
from dsr.intake.post.proposal import LetterProposal, propose
from dsr.reference import make_reference

OWN = OwnAddress("Inter Partner Assistance", "Avenue Louise 166 bte 1", "1050")
FRENCH = """\
Marie Lambert
Rue de la Station 12 bte 3
B-4000 Liège

                              Inter Partner Assistance
                              Délégué à la protection des données
                              Avenue Louise, 166
                              1050 Bruxelles

Liège, le 3 novembre 2026

N/Réf. : ML/2026/77

Madame, Monsieur,

Je souhaite recevoir une copie de toutes les données à caractère per-
sonnel que vous détenez à mon sujet. Je vous demande aussi d'effacer
les données de mon ancien contrat (police n° 4711-22).

Marie Lambert
"""
GERMAN = """\
Herrn
Karl Müller
Marktplatz 5
4700 Eupen

Ich widerspreche der Verwendung meiner Daten für Werbung.
"""
DUTCH_AT_THE_END = """\
Geachte heer, mevrouw,

Graag ontvang ik een kopie van al mijn persoonsgegevens.

Met vriendelijke groet,
Jan Peeters
Prinsengracht 263
1016 GV Amsterdam
"""


SIDE_BY_SIDE = """\
Jan Peeters      Inter Partner Assistance
Kerkstraat 1     Louizalaan 166 bus 1
2000 Antwerpen   1050 Brussel
"""
TWO = """\
Me Luc Dupont
Rue Haute 1
1000 Bruxelles

pour

Anne Petit
Rue Basse 2
4000 Liège
"""


def read(text: str) -> LetterProposal:
    return propose(text, own=OWN)


def test_a_letter_is_read_like_a_mail_with_the_words_it_rests_on() -> None:
    proposal = read(FRENCH)
    assert proposal.found.kind == "new_request"
    assert proposal.found.rights == ("access", "erasure")
    assert proposal.found.language == "fr"
    quotes = [one.quote for one in proposal.found.evidence]
    assert "caractère personnel que vous détenez" in quotes[0]
    assert proposal.own_reference == "ML/2026/77"
    assert proposal.numbers == {"policy_number": "4711-22"}


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        (FRENCH, "Marie Lambert", "Rue de la Station 12 bte 3\nB-4000 Liège"),
        (GERMAN, "Karl Müller", "Marktplatz 5\n4700 Eupen"),
        (DUTCH_AT_THE_END, "Jan Peeters", "Prinsengracht 263\n1016 GV Amsterdam"),
        (
            "Exp. : Luc Dubois\nRue Haute 3, 1050 Ixelles\n\nBonjour",
            "",
            "Rue Haute 3\n1050 Ixelles",
        ),
        (
            SIDE_BY_SIDE,
            "Jan Peeters",
            "Kerkstraat 1\n2000 Antwerpen",
        ),
    ],
)
def test_the_sender_stands_above_or_below_the_letter(
    text: str, name: str, address: str
) -> None:
    proposal = read(text)
    assert (proposal.name, proposal.postal_address) == (name, address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Inter Partner Assistance\nAvenue Louise 166\n1050 Bruxelles\n",
        # a person and their lawyer: which of the two, an officer says
        TWO,
        "J'ai appelé le 4 mars 2026\nà 1200 heures\n",
    ],
)
def test_an_address_that_cannot_be_told_is_left_to_the_officer(text: str) -> None:
    assert read(text).postal_address == ""


def test_a_letter_names_the_case_it_belongs_to() -> None:
    ours = make_reference(2026, 123)
    proposal = read(f"Betreft: uw dossier {ours}\n\nHierbij mijn volmacht.")
    assert proposal.found.kind == "follow_up"
    assert proposal.references == (ours,)


def test_a_sentence_that_the_scan_tore_apart_is_mended() -> None:
    text = "Bonjour,\n\nJe vous demande d'effa-\ncer\n\ntoutes mes données.\n"
    assert read(text).found.rights == ("erasure",)


def test_an_authority_is_urgent() -> None:
    text = (
        "Autorité de protection des données\nRue de la Presse 35\n1000 Bruxelles\n\n"
        "Nous avons reçu une plainte contre votre société et ouvrons une enquête.\n"
        "Veuillez répondre dans les quinze jours.\n"
        "Autorité de protection des données, Service de première ligne"
    )
    assert read(text).found.urgent
