"""Where the sender's own words end."""

import pytest

from dsr.intake.mailbox.html_text import html_to_text
from dsr.intake.mailbox.quotes import layers

QUOTED = "You may ask for erasure."

HISTORIES = [
    ("Gmail, English", "On Mon, 4 May 2026 at 09:12, DPO <dpo@x.example> wrote:\n> {}"),
    (
        "Gmail, French",
        "Le lun. 4 mai 2026 à 09:12, DPO <dpo@x.example> a écrit :\n> {}",
    ),
    ("Gmail, Dutch", "Op ma 4 mei 2026 om 09:12 schreef DPO <dpo@x.example>:\n> {}"),
    ("Gmail, German", "Am Mo., 4. Mai 2026 um 09:12 Uhr schrieb DPO:\n> {}"),
    (
        "wrapped",
        "On Mon, 4 May 2026 at 09:12, A Very Long Name\n<d@x.example> wrote:\n{}",
    ),
    ("Outlook, English", "From: DPO\nSent: Monday\nTo: Jeanne\nSubject: Re\n\n{}"),
    ("Outlook, French", "De : DPO\nEnvoyé : lundi\nÀ : Jeanne\nObjet : Re\n\n{}"),
    (
        "Outlook, Dutch",
        "Van: DPO\nVerzonden: maandag\nAan: Jeanne\nOnderwerp: Re\n\n{}",
    ),
    ("Outlook, German", "Von: DPO\nGesendet: Montag\nAn: Jeanne\nBetreff: Re\n\n{}"),
    ("ruled", "________________________________\nFrom: DPO <dpo@x.example>\n\n{}"),
    ("old Outlook", "-----Original Message-----\nFrom: DPO\n{}"),
    ("old Outlook, French", "-----Message d'origine-----\nDe : DPO\n{}"),
    ("old Outlook, Dutch", "-----Oorspronkelijk bericht-----\nVan: DPO\n{}"),
    ("old Outlook, German", "-----Ursprüngliche Nachricht-----\nVon: DPO\n{}"),
]


@pytest.mark.parametrize(
    "history", [row[1] for row in HISTORIES], ids=[row[0] for row in HISTORIES]
)
def test_a_mail_program_s_quote_is_history(history: str) -> None:
    words = layers(f"My own words.\n\n{history.format(QUOTED)}", "Re: x")

    assert "\n".join(words.own).strip() == "My own words."
    assert QUOTED in "\n".join(words.quoted)


def test_words_between_quotes_are_own() -> None:
    words = layers("On 4 May 2026 DPO wrote:\n> One?\nYes.\n> Two?\nNo.", "Re: x")

    assert words.own == ["Yes.", "No."]
    assert words.quoted == ["One?", "Two?"]


def test_a_date_in_a_sentence_is_no_attribution() -> None:
    text = "Op 20 oktober heeft uw systeem geweigerd:\n- ik wil een kopie"

    assert layers(text, "").own == text.split("\n")


@pytest.mark.parametrize(
    "footer",
    [
        "This e-mail is confidential. If you are not the addressee, delete it.",
        "Ce message est confidentiel et destiné à son destinataire, effacez-le.",
        "Dit bericht is vertrouwelijk. Indien u niet de geadresseerde bent, wis het.",
        "Diese E-Mail ist vertraulich. Bitte löschen Sie sie, wenn sie irrte.",
    ],
)
def test_a_disclaimer_is_no_wish(footer: str) -> None:
    words = layers(f"Hello\n\n{footer}", "")

    assert "".join(words.own) == "Hello"
    assert words.footer == [footer]


def test_a_forward_keeps_whose_words_it_holds() -> None:
    text = (
        "FYI\n\n---------- Forwarded message ---------\nFrom: Luc <luc@x.example>\n"
        "Date: Monday\nSubject: my data\n\nDelete my data."
    )

    words = layers(text, "Fwd: my data")

    assert words.forwarded_from == "Luc <luc@x.example>"
    assert "".join(words.forwarded).strip() == "Delete my data."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"),
        ("<blockquote>Q</blockquote>own", "> Q\n\nown"),
        ("a<script>b</script>c<style>d</style>", "ac"),
        ('<p style="display:none">hidden<p>x</p></p>shown', "shown"),
        ('<p style="overflow: hidden">shown</p>', "shown"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"),
        ("1 < 2 &amp; 3 &gt; 2", "1 < 2 & 3 > 2"),
        ("<!-- gone --><![if x]>kept<![endif]>", "kept"),
        ("open <b", "open"),
    ],
)
def test_html_becomes_what_is_seen(html: str, text: str) -> None:
    assert html_to_text(html) == text
