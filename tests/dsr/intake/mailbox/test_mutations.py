"""Every mail ends as something, with its reason; 300 here, 10,000 by hand."""

import pytest

from tests.dsr.intake.mailbox.mutations import end_of, main, mutated, samples
from tests.dsr.intake.mailbox.mutations_received import end_of_received


def test_mutated_mails_end_as_opened_waiting_or_ignored() -> None:
    assert main(count=300) == 0


@pytest.mark.usefixtures("house")
def test_mutated_mails_are_taken_in_with_their_reason() -> None:
    assert main(60, 2, end_of_received) == 0


def test_a_mutation_is_the_same_each_time() -> None:
    kept = samples()[:3]

    assert mutated(7, 1, kept) == mutated(7, 1, kept) != mutated(7, 2, kept)


def test_samples_with_files_end_as_they_should() -> None:
    ends = [end_of(raw) for raw in samples()[-7:]]

    assert [end.kind for end in ends].count("new_request") == 6
    assert [end for end in ends if end.kind == "review"] == [("review", "")]
