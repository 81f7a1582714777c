"""Claims and topics say what was studied, in whom, and how far it reaches."""

from datetime import date

import pytest

from anatomy.blocks import Block, blocks_in, has_figure
from anatomy.catalogue import catalogue
from anatomy.entries import Claim, Finding

LAST_CHECKED = date(2026, 11, 24)

# How many people took part, in words and numbers of facts D.
STUDY_SIZES = [
    ("foot_tilt_turns_leg", "khamis_2007", 35),
    ("foot_tilt_turns_leg", "hornestam_2021", 20),
    ("turning_leg_out_lifts_arch", "fischer_2018", 8),
    ("flat_feet_go_with_weaker_hips", "hollman_2006", 33),
    ("flat_feet_go_with_weaker_hips", "kulig_2011", 34),
    ("flat_feet_go_with_weaker_hips", "golightly_2015", 1037),
    ("weak_hips_predict_lower_leg_injury", "powers_2017", 210),
    ("weak_hips_predict_lower_leg_injury", "kawaguchi_2021", 145),
    ("hip_exercise_changes_leg_motion", "snyder_2009", 15),
    ("hip_exercise_changes_leg_motion", "willy_2011", 20),
    ("hip_exercise_changes_leg_motion", "cruz_2019", 53),
    ("hip_work_adds_to_foot_work", "engkananuwat_2023", 52),
    ("hip_work_adds_to_foot_work", "goo_2016", 18),
    ("hip_work_adds_to_foot_work", "raghav_2024", 54),
    ("combined_programme_improves_arch", "brijwasi_2023", 52),
    ("combined_programme_improves_arch", "engkananuwat_2025", 38),
    ("short_foot_lowers_navicular_drop", "huang_2022", 201),
    ("exercise_with_insole_eases_pain", "elsayed_2023", 40),
    ("insoles_help_painful_flat_feet", "oerlemans_2023", 268),
    ("hip_core_training_runners", "leppanen_2024", 325),
    ("foot_core_training_runners", "taddei_2020", 118),
    ("hip_flexor_strength_later_mobility", "ikezoe_2021", 433),
    ("strength_training_matches_stretching", "afonso_2021", 452),
    ("rolled_in_feet_and_injury", "nielsen_2014", 927),
]

TOPICS = {
    "flat_feet",
    "hip",
    "hip_foot_connection",
    "pronation",
    "gluteus_medius_and_the_foot",
    "runners",
    "hip_flexors_and_ageing",
    "tight_or_weak",
    "what_helps_adults",
    "when_to_see_someone",
    "measuring_an_arch",
    "corrections",
}

# Anatomy alone: nothing on this page is a graded claim.
TOPICS_WITHOUT_CLAIM = {"hip"}

# The corrections of facts, section 0, that are for readers, each with words its passage cannot do without.
CORRECTIONS = {
    "C1 four groups": ["four follow"],
    "C2 nineteen names": ["19 named muscles in this guide", "adductor minimus"],
    "C3 psoas and iliacus": ["Iliacus comes from the pelvis"],
    "C4 deep rotators": ["obturator externus"],
    "C5 other hip flexors": ["sartorius, tensor fasciae latae"],
    "C6 the hinge": ["in a hinge the muscles at the back"],
    "C7 no flexor exercise among the five": ["five exercises hardly train the hip benders"],
    "C8 who has flat feet": ["women over 40", "more than 800,000"],
    "C9 weak hips": ["nobody has shown that"],
    "C10 gluteus medius": ["tibialis posterior"],
    "C11 the mirror": ["that does not follow"],
    "C12 children": ["about 5 or 6"],
    "C13 ankle sprains": ["Sprains were not counted on their own"],
    "C14 landing": ["land on the outer edge"],
    "C15 stretching": ["452 people"],
    "C16 hip flexors and ageing": ["433 older adults"],
    "C17 runners": ["38 women"],
    "C18 the study named for it": ["did not look at feet"],
    "C19 deadlift": ["the bar starts on the floor"],
    "C20 side-lying lift": ["45 degrees"],
    "C22 doses": ["without sets or load"],
    "C24 references": ["consumer survey"],
    "C25 the health service": ["do not hurt need no treatment"],
}


def findings(claim: Claim) -> list[Finding]:
    return [*claim.supports, *claim.against]


def text_of(key: str) -> str:
    return " ".join(
        paragraph for block in blocks_in(catalogue().topics[key]) for paragraph in block.paragraphs
    )


def test_each_claim_says_how_far_it_reaches_and_when_it_was_checked() -> None:
    for claim in catalogue().claims.values():
        assert len(claim.limits.text.split()) >= 10, claim.key
        assert claim.checked >= LAST_CHECKED, claim.key


def test_each_finding_names_a_source_that_says_whom_it_studied() -> None:
    known = catalogue()
    nameless = {
        finding.source
        for claim in known.claims.values()
        for finding in findings(claim)
        if finding.people and not known.sources[finding.source].people
    }

    assert nameless == set()


def test_how_much_is_one_sentence_with_a_figure_and_its_source() -> None:
    sizes = {claim.key: claim.effect for claim in catalogue().claims.values() if claim.effect}

    assert len(sizes) >= 20
    for key, effect in sizes.items():
        assert has_figure(effect.text), key
        assert effect.sources, key
        assert effect.text.count(". ") == 0, key


def test_each_claim_has_a_finding() -> None:
    assert [claim.key for claim in catalogue().claims.values() if not findings(claim)] == []


@pytest.mark.parametrize(("claim", "source", "people"), STUDY_SIZES)
def test_study_sizes_are_those_of_the_fact_sheet(claim: str, source: str, people: int) -> None:
    sizes = {finding.people for finding in findings(catalogue().claims[claim]) if finding.source == source}

    assert sizes == {people}


def test_one_study_has_one_size_wherever_it_is_named() -> None:
    sizes: dict[str, set[int]] = {}
    for claim in catalogue().claims.values():
        for finding in findings(claim):
            if finding.people:
                sizes.setdefault(finding.source, set()).add(finding.people)

    assert {source: found for source, found in sizes.items() if len(found) > 1} == {}


def test_the_size_of_a_study_is_the_one_its_source_gives() -> None:
    """A count in a finding stands in the description of its source, or is the sum of two that do."""
    known = catalogue()
    for claim in known.claims.values():
        for finding in findings(claim):
            if not finding.people:
                continue
            words = (known.sources[finding.source].people or "").replace(",", "").split()
            counts = [int(word.strip("();.")) for word in words if word.strip("();.").isdigit()]
            sums = {a + b for i, a in enumerate(counts) for b in counts[i + 1 :]}
            assert finding.people in {*counts, *sums}, (claim.key, finding.source)


def test_every_topic_is_there() -> None:
    assert set(catalogue().topics) == TOPICS


def test_each_topic_leans_on_a_graded_claim() -> None:
    without = {key for key, topic in catalogue().topics.items() if not topic.claims}

    assert without == TOPICS_WITHOUT_CLAIM


def test_a_section_cites_a_claim_or_shows_its_card_but_not_both() -> None:
    twice = [
        (topic.key, section.heading, claim)
        for topic in catalogue().topics.values()
        for section in topic.sections
        for claim in section.claims
        if claim in {passage.claim for passage in section.passages}
    ]

    assert twice == []


def test_a_topic_shows_no_card_twice() -> None:
    for topic in catalogue().topics.values():
        shown = [claim for section in topic.sections for claim in section.claims]
        assert len(shown) == len(set(shown)), topic.key


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_the_corrections_for_readers_are_there(correction: str) -> None:
    text = text_of("corrections")

    assert [words for words in CORRECTIONS[correction] if words not in text] == []


def test_what_is_not_for_readers_stays_out_of_the_corrections() -> None:
    assert "spacer" not in text_of("corrections")


def test_nothing_of_ours_is_called_the_posture_index() -> None:
    blocks: list[Block] = [
        block
        for topic in catalogue().topics.values()
        if topic.key != "measuring_an_arch"
        for block in blocks_in(topic)
    ]

    assert [block.text for block in blocks if "FPI" in block.text or "Posture Index" in block.text] == []
    assert "FPI" not in text_of("measuring_an_arch")
    assert "The mirror check is not this score." in text_of("measuring_an_arch")
