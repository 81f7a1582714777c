"""A grade stands behind the claim's own words, on every page: never behind a sentence that denies it."""

import re
from collections.abc import Iterator

from anatomy.blocks import blocks_in
from anatomy.catalogue import catalogue
from anatomy.entries import Passage
from exercises.rules.catalogue import catalogue as exercise_catalogue
from tests.visitor import public_page

DENIES = re.compile(r"\b(?:no|not|nor|never|neither|nothing|nobody|none|cannot)\b|n[’']t\b", re.IGNORECASE)


def graded_passages() -> Iterator[tuple[str, Passage]]:
    """Every passage that a claim grades, with the name of its page."""
    known = catalogue()
    tables = (known.topics, known.questions, known.muscles, known.structures, known.arches)
    for page in (page for table in (*tables, exercise_catalogue().exercises) for page in table.values()):
        for block in blocks_in(page):
            if isinstance(block, Passage) and block.claim:
                yield page.key, block


def last_sentence(passage: Passage) -> str:
    return re.split(r"(?<=[.!?:])\s+", passage.paragraphs[-1])[-1]


def test_no_grade_stands_behind_a_denial() -> None:
    claims = catalogue().claims
    behind_a_denial = [
        (page, last_sentence(passage))
        for page, passage in graded_passages()
        if not claims[str(passage.claim)].said_by_others
        and DENIES.search(last_sentence(passage))
        and not DENIES.search(claims[str(passage.claim)].title)
    ]

    assert behind_a_denial == []


def test_a_claim_of_others_is_graded_in_its_own_words() -> None:
    text = " ".join(re.sub(r"<[^>]+>", " ", public_page("/learn/corrections/")).split())

    assert "A look in the mirror measures no strength. The claim “An arch that rises at the mirror" in text
    assert "The claim “Weak hips cause flat feet”. How sure: very low" in text


def test_what_is_much_contested_is_marked_as_said_by_others() -> None:
    said = {claim.key for claim in catalogue().claims.values() if claim.said_by_others}

    assert {"weak_hips_cause_flat_feet", "rising_arch_shows_weak_hips", "hip_strength_controls_knee"} <= said
