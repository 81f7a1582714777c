"""What the ticks on a safety list say about its questions."""

import pytest

from assessments.rules.safety import Said
from assessments.rules.safety_content import safety_content
from assessments.rules.ticks import as_before, said_by_ticks


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ((None, None), Said.NO),
        ((Said.NO, Said.UNSURE), Said.UNSURE),
        ((Said.YES, Said.UNSURE), Said.YES),
        ((Said.UNSURE, Said.YES), Said.YES),
    ],
)
def test_of_several_ticks_for_one_question_the_strictest_counts(
    answers: tuple[Said | None, Said | None], counts: Said
) -> None:
    list_key, question, ticks = next(
        (key, question, ticks)
        for key, safety_list in safety_content().lists.items()
        for question in safety_list.questions
        if len(ticks := [t for t in safety_content().ticks_of(key) if t.question == question]) > 1
    )
    ticked = {tick.key: said for tick, said in zip(ticks, answers, strict=False) if said}

    said = said_by_ticks(safety_content().lists[list_key], safety_content().ticks_of(list_key), ticked)

    assert {key: one for key, one in said.items() if one is not Said.NO} == (
        {} if counts is Said.NO else {question: counts}
    )


def test_only_an_answer_that_applies_can_be_as_it_was() -> None:
    said = {"RF6": Said.YES, "RF7": Said.NO, "RF8": Said.UNSURE}

    assert as_before(said, {"RF6", "RF7"}) == {**said, "RF6": Said.AS_BEFORE}
