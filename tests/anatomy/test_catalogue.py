"""The reference as data: what must be there, and that everything leads both ways."""

from anatomy.blocks import Basis, blocks_in
from anatomy.catalogue import catalogue
from anatomy.entries import Grade

NAMED_MUSCLES = {
    "iliopsoas": ["iliacus", "psoas_major", "psoas_minor"],
    "gluteal_superficial": ["gluteus_maximus", "gluteus_medius", "gluteus_minimus", "tfl"],
    "gluteal_deep": [
        "piriformis",
        "gemellus_superior",
        "obturator_internus",
        "gemellus_inferior",
        "obturator_externus",
        "quadratus_femoris",
    ],
    "adductors": [
        "gracilis",
        "pectineus",
        "adductor_longus",
        "adductor_brevis",
        "adductor_magnus",
        "adductor_minimus",
    ],
}


def test_the_four_groups_hold_the_nineteen_named_muscles() -> None:
    known = catalogue()

    named = {
        key: [muscle.key for muscle in known.muscles_of(key)]
        for key, group in known.groups.items()
        if group.in_the_guides_count
    }

    assert named == NAMED_MUSCLES
    assert sum(len(members) for members in named.values()) == 19


def test_the_neighbours_and_arch_helpers_are_there() -> None:
    assert {
        "rectus_femoris",
        "sartorius",
        "hamstrings",
        "tibialis_posterior",
        "flexor_hallucis_longus",
        "peroneus_longus",
        "abductor_hallucis",
    } <= set(catalogue().muscles)


def test_there_are_three_arches() -> None:
    assert list(catalogue().arches) == [
        "medial_longitudinal_arch",
        "lateral_longitudinal_arch",
        "transverse_arch",
    ]


def test_attachments_nerve_and_actions_were_checked_on_a_page() -> None:
    for muscle in catalogue().muscles.values():
        for block in (muscle.origin, muscle.insertion, muscle.nerve, muscle.actions):
            assert block.basis is Basis.TEXTBOOK, muscle.key
            assert block.checked_at, muscle.key


def test_grades_are_those_of_the_fact_sheet() -> None:
    graded = {key: claim.grade for key, claim in catalogue().claims.items()}

    assert graded == {
        "foot_tilt_turns_leg": Grade.MODERATE,
        "turning_leg_out_lifts_arch": Grade.MODERATE,
        "rising_arch_shows_weak_hips": Grade.VERY_LOW,
        "flat_feet_go_with_weaker_hips": Grade.VERY_LOW,
        "weak_hips_cause_flat_feet": Grade.VERY_LOW,
        "weak_hips_predict_lower_leg_injury": Grade.VERY_LOW,
        "hip_strength_controls_knee": Grade.LOW,
        "hip_exercise_changes_leg_motion": Grade.LOW,
        "hip_exercise_makes_hips_stronger": Grade.MODERATE,
        "hip_work_adds_to_foot_work": Grade.LOW,
        "combined_programme_improves_arch": Grade.LOW,
        "short_foot_lowers_navicular_drop": Grade.LOW,
        "exercise_with_insole_eases_pain": Grade.LOW,
        "insoles_help_painful_flat_feet": Grade.LOW,
        "foot_shape_stays": Grade.LOW,
        "hip_core_training_runners": Grade.MODERATE,
        "foot_core_training_runners": Grade.LOW,
        "hip_flexor_strength_later_mobility": Grade.LOW,
        "strength_training_matches_stretching": Grade.MODERATE,
        "rolled_in_feet_and_injury": Grade.LOW,
        "weak_heel_raise_and_low_arch": Grade.MODERATE,
        "tight_calf_goes_with_flat_feet": Grade.LOW,
        "shoes_matched_to_arch": Grade.MODERATE,
        "support_shoes_for_rolled_in_feet": Grade.LOW,
        "minimal_shoes_train_feet": Grade.MODERATE,
        "running_in_minimal_shoes": Grade.MODERATE,
        "tired_foot_muscles_lower_arch": Grade.LOW,
        "weak_hips_spoil_push_off": Grade.VERY_LOW,
        "bought_insoles_match_made": Grade.MODERATE,
        "insoles_ease_heel_pain_little": Grade.MODERATE,
        "flat_feet_and_heel_pain": Grade.VERY_LOW,
        "sole_stretch_for_heel_pain": Grade.LOW,
        "heel_pain_settles_slowly": Grade.LOW,
        "foot_pain_often_improves": Grade.MODERATE,
        "failing_tendon_without_surgery": Grade.LOW,
        "weight_and_foot_pain": Grade.MODERATE,
        "losing_weight_eases_foot_pain": Grade.LOW,
        "standing_and_sore_feet": Grade.LOW,
        "softer_ground_for_standing": Grade.LOW,
        "insoles_and_growing_arch": Grade.LOW,
        "insoles_for_painless_children": Grade.LOW,
        "pregnancy_lowers_arch": Grade.LOW,
        "outer_hip_advice_and_exercise": Grade.MODERATE,
        "weak_hips_and_kneecap_pain": Grade.MODERATE,
        "hip_exercise_for_kneecap_pain": Grade.LOW,
        "hips_and_back_pain": Grade.VERY_LOW,
        "hip_exercise_for_back_pain": Grade.VERY_LOW,
        "calf_stretching_adds_movement": Grade.MODERATE,
        "stretching_and_soreness": Grade.MODERATE,
        "gels_ease_fresh_strains": Grade.MODERATE,
    }


def test_a_claim_graded_higher_than_very_low_has_something_for_it() -> None:
    for claim in catalogue().claims.values():
        assert claim.supports or claim.grade is Grade.VERY_LOW, claim.key


def test_every_claim_and_muscle_group_leads_on() -> None:
    known = catalogue()

    assert [
        key for key in known.claims if not (known.topics_about(claim=key) or known.questions_about(claim=key))
    ] == []
    assert [key for key in known.arches if not known.arches[key].muscles] == []
    assert [key for key in known.groups if not known.muscles_of(key)] == []


def test_uses_of_a_source_are_the_pages_that_name_it() -> None:
    uses = {(use.kind, use.slug) for use in catalogue().uses["khamis_2007"]}

    assert ("claim", "foot-tilt-turns-leg") in uses
    assert ("topic", "hip-foot-connection") in uses
    assert ("muscle", "iliacus") not in uses


def test_findings_count_as_uses_of_a_source() -> None:
    assert ("claim", "foot-tilt-turns-leg") in {(use.kind, use.slug) for use in catalogue().uses["yoo_2022"]}


def test_grades_speak_plainly() -> None:
    assert Grade.VERY_LOW.label == "Very low certainty"
    assert Grade.VERY_LOW.css_class == "very-low"
    assert len({grade.meaning for grade in Grade}) == len(Grade)


def test_every_block_rests_on_something() -> None:
    blocks = list(blocks_in(catalogue().topics))

    assert len(blocks) > 50
    assert all(block.sources or block.basis for block in blocks)
