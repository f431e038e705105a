"""Values on the disk are the values in memory: no more, no fewer, in their order."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from subjects.systems.known import Known, Pile

TEXTS = st.lists(st.text(max_size=3), max_size=30)


@given(TEXTS)
def test_a_set_that_is_spilled_is_still_a_set(texts: list[str]) -> None:
    spilled, kept = Known(in_memory=3), Known()

    for turn, text in enumerate(texts):
        assert (text in spilled) == (text in kept)
        assert spilled.met(text, turn) == kept.met(text, turn)
    assert not any(spilled.add(text) or kept.add(text) for text in texts)
    spilled.close()


@given(st.lists(st.one_of(st.integers(), st.text(), st.dates()), max_size=20))
def test_a_pile_that_is_spilled_keeps_its_order(values: list[Any]) -> None:
    pile = Pile(in_memory=4)
    for value in values:
        pile.add(value)

    assert len(pile) == len(values)
    assert list(pile.take()) == values
    assert len(pile) == 0
