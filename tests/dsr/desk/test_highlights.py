"""The evidence is marked in the letter, and nothing of the letter is lost by it."""

from hypothesis import given
from hypothesis import strategies as st

from dsr.desk.highlights import RightMark, highlight

LETTER = "Hello,\nplease send me\n  a copy, and erase it.\nBye"
ACCESS = {"right": "access", "quote": "please send me a copy, and erase it."}
ERASURE = {"right": "erasure", "quote": "erase it."}


def test_a_quote_is_found_over_wrapped_lines_and_two_rights_share_words() -> None:
    cut = highlight(LETTER, [ACCESS, ERASURE])
    assert [(one.text, [mark.number for mark in one.marks]) for one in cut] == [
        ("Hello,\n", []),
        ("please send me\n  a copy, and ", [1]),
        ("erase it.", [1, 4]),
        ("\nBye", []),
    ]
    assert cut[2].marks[1] == RightMark(4, "Erasure")


def test_what_does_not_stand_in_the_letter_marks_nothing() -> None:
    strange = [{"right": "a_tenth", "quote": "Bye"}, {"right": "access", "quote": " "}]
    assert highlight(LETTER, [*strange, {"right": "access"}])[0].text == LETTER


@given(st.text(), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30))))
def test_joined_it_is_the_letter_again(
    text: str, places: list[tuple[int, int]]
) -> None:
    quotes = [{"right": "access", "quote": text[a : a + b]} for a, b in places]
    assert "".join(one.text for one in highlight(text, quotes)) == text
