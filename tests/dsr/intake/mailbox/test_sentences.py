"""Of a form, only what was ticked is said."""

from dsr.intake.mailbox.sentences import sentences

FORM = """Our member wants
[x] all data about him removed
[ ] a copy of his data
☑ no more advertising
☐ a correction
( ) an export
(x) an answer by mail"""


def test_only_what_is_ticked_is_said() -> None:
    assert [one.written for one in sentences(FORM)] == [
        "Our member wants",
        "all data about him removed",
        "no more advertising",
        "an answer by mail",
    ]


def test_brackets_in_a_sentence_are_no_form() -> None:
    [one] = sentences("Send me (all of) it, and the file [2024] too.")

    assert one.written == "Send me (all of) it, and the file [2024] too."
