"""How strongly a muscle worked, as published: what may stand on a muscle's page and what must stand beside it."""

import re

import pytest

from anatomy.catalogue import catalogue, sources_used
from anatomy.entries import Measurement, Muscle
from tests.every import for_every

# Shares of the hardest push (MVIC) and their spreads, facts B3: by muscle and by the source that prints them.
PUBLISHED_SHARES = {
    ("gluteus_medius", "ijspt_2014_emg_table"): {"42", "81", "38", "67", "28", "47", "55", "33"},
    ("gluteus_medius", "macaskill_2014"): {"99.9", "17"},
    ("gluteus_maximus", "ijspt_2014_emg_table"): {"39", "51", "25", "40", "54"},
    ("gluteus_maximus", "contreras_2015"): {"69.5", "29.4"},
}
# Recalled from Distefano 2009 and never confirmed (facts B3, last row): banded walk, squat and deadlift on one leg.
RECALLED_SHARES = {"58", "59", "61", "64"}
JUDGING_WORDS = re.compile(
    r"\b(?:weak\w*|poor\w*|bad\w*|lazy|wrong\w*|fail\w*|faulty|abnormal\w*|dysfunction\w*|imbalance\w*|should|must)\b",
    re.IGNORECASE,
)

MEASURED = [muscle for muscle in catalogue().muscles.values() if muscle.measured]
ROWS = [(muscle, row) for muscle in MEASURED if muscle.measured for row in muscle.measured.rows]


def row_name(value: Muscle | Measurement) -> str:
    return value.key if isinstance(value, Muscle) else value.exercise


def both_names(measured: tuple[Muscle, Measurement]) -> str:
    return f"{row_name(measured[0])}, {row_name(measured[1])}"


def shares(text: str) -> set[str]:
    """The numbers of each clause of a text that speaks of per cent."""
    clauses = re.split(r"[,;(]|\.\s", text)
    return {number for clause in clauses if "%" in clause for number in re.findall(r"\d+(?:\.\d+)?", clause)}


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.:])\s+", " ".join(text.split()))


@pytest.mark.parametrize("key", ["gluteus_medius", "gluteus_maximus", "tfl"])
def test_buttock_muscles_have_measurements(key: str) -> None:
    assert key in {muscle.key for muscle in MEASURED}


@for_every(MEASURED, row_name)
def test_table_is_short(muscle: Muscle) -> None:
    assert muscle.measured
    assert len(muscle.measured.rows) <= 8


@for_every(MEASURED, row_name)
def test_no_exercise_and_source_stand_in_two_rows(muscle: Muscle) -> None:
    assert muscle.measured
    rows = [(row.exercise, row.source) for row in muscle.measured.rows]

    assert len(rows) == len(set(rows))


@for_every(MEASURED, row_name)
def test_limits_say_that_activity_is_not_strength(muscle: Muscle) -> None:
    assert muscle.measured

    assert any(
        re.search(r"\bactivity\b.*\bnot strength\b", sentence, re.IGNORECASE)
        for sentence in sentences(muscle.measured.limits.text)
    )


@pytest.mark.parametrize(
    "named",
    [
        r"\bhealthy\b",
        r"\bskin\b",
        r"\bMVIC\b",
        r"\bspread\b|\bdiffer\b",
        r"\bside by side\b|\bcompare shares\b",
    ],
    ids=["people", "sensors", "share", "spread", "comparison"],
)
@for_every(MEASURED, row_name)
def test_limits_name_how_far_the_studies_reach(muscle: Muscle, named: str) -> None:
    assert muscle.measured

    assert re.search(named, muscle.measured.limits.text)


@for_every(ROWS, both_names)
def test_source_of_a_row_is_in_the_bibliography_and_counts_as_used(
    measured: tuple[Muscle, Measurement],
) -> None:
    muscle, row = measured

    assert row.source in catalogue().sources
    assert row.source in sources_used([muscle])
    assert muscle.slug in {use.slug for use in catalogue().uses[row.source] if use.kind == "muscle"}


@for_every(ROWS, both_names)
def test_number_of_people_is_that_of_the_source(measured: tuple[Muscle, Measurement]) -> None:
    _, row = measured
    studied = catalogue().sources[row.source].people or ""

    assert row.people is None or re.search(rf"\b{row.people}\b", studied)


@for_every(ROWS, both_names)
def test_shares_are_those_published(measured: tuple[Muscle, Measurement]) -> None:
    muscle, row = measured

    assert shares(row.activity) <= PUBLISHED_SHARES.get((muscle.key, row.source), set())


@for_every(MEASURED, row_name)
def test_no_recalled_share_is_shown(muscle: Muscle) -> None:
    assert muscle.measured
    texts = [muscle.measured.limits.text, *(row.activity for row in muscle.measured.rows)]

    assert [text for text in texts if shares(text) & RECALLED_SHARES] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("61 % of its hardest push", {"61"}),
        ("58 to 64 % on one leg", {"58", "64"}),
        ("115, 64 and 59 on an index", set()),
        ("25 % on two legs, 59 % on one", {"25", "59"}),
    ],
)
def test_shares_are_the_numbers_beside_per_cent(text: str, found: set[str]) -> None:
    assert shares(text) == found


@for_every(ROWS, both_names)
def test_row_judges_nobody(measured: tuple[Muscle, Measurement]) -> None:
    _, row = measured

    assert not JUDGING_WORDS.search(f"{row.exercise} {row.activity}")
