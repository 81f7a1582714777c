"""Exercises, ladders and equipment; bad content stops the start."""

import re
import shutil
from pathlib import Path

import pytest

from anatomy.blocks import ContentError
from anatomy.catalogue import catalogue as anatomy_catalogue
from exercises.rules.catalogue import CONTENT, TEMPLATES, UnknownKey, catalogue, load_catalogue
from exercises.rules.idiom import things_in_words
from exercises.rules.numbers import load_rule_numbers
from exercises.rules.owned import barbell_loads
from exercises.rules.wording import because, load_in_words, load_templates, templates, words
from tests.exercises.builders import owns

EVERY_RUNG = [(e.key, r.key) for e in catalogue().exercises.values() for r in e.rungs]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(CONTENT, tmp_path / "content")


def load(folder: Path) -> None:
    reference = anatomy_catalogue()
    load_catalogue(
        folder,
        muscles=reference.muscles,
        claims=reference.claims,
        sources=reference.sources,
        templates=TEMPLATES,
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("exercises/bridge.toml", "gluteus_maximus = ", "gluteus_gigas = ", "gluteus_gigas"),
        ("exercises/bridge.toml", 'claim = "hip_exercise', 'claim = "no_hip_exercise', "no_hip_exercise"),
        ("exercises/bridge.toml", '"kang_2016"', '"king_2016"', "king_2016"),
        ("exercises/bridge.toml", '[["bench"]', '[["sofa"]', "sofa"),
        ("exercises/bridge.toml", 'key = "two_legs"\n', 'key = "small_lift"\n', "stand twice"),
        ("exercises/bridge.toml", "number = 3", "number = 9", "must follow each other"),
        ("exercises/bridge.toml", "reps_from = 6", "reps_from = 11", "reps_from is above reps_to"),
        ("exercises/bridge.toml", "load_max_grams = 20000\n", "", "load_step needs load_max_grams"),
        ("exercises/bridge.toml", 'load = "weight"', 'load = "band"', "needs a load in grams"),
        ("exercises/deadlift.toml", "load_goal_grams = 6000", "load_goal_grams = 60000", "above load_max"),
        ("exercises/bridge.toml", "adductor_longus = [0, 1]", "adductor_longus = [0, 4]", "loads"),
        ("exercises/bridge.toml", 'key = "bridge"', 'key = "bridges"', "is named 'bridge'"),
        ("exercises/bridge.toml", 'pictured_as = "two_legs"', 'pictured_as = "no_legs"', "not drawn"),
        ("exercises/bridge.toml", 'lit = "gluteus_maximus"', 'lit = "psoas_major"', "not drawn"),
        ("exercises/bridge.toml", 'pictured = "back_arches"', 'pictured = "back_sings"', "not drawn"),
        ("exercises/bridge.toml", 'pictured_side = "right"\n', "", "pictured_side is missing"),
        ("equipment.toml", 'key = "bench"', 'key = "step"', "twice"),
    ],
)
def test_bad_content_stops_the_start(content: Path, file: str, old: str, new: str, said: str) -> None:
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError, match=said):
        load(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('lines = ["short_foot"', 'lines = ["long_foot"'),
        ('same_as = "M2"', 'same_as = "M99"'),
        ('same_as = "M2"', 'same_as = "X5"'),
        (
            "start_number = 1\n",
            "",
        ),
        ('fill_from = ["short_foot"', 'fill_from = ["long_foot"'),
    ],
)
def test_bad_planning_rules_stop_the_start(content: Path, old: str, new: str) -> None:
    path = content / "planning.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError):
        load_rule_numbers(path, catalogue().exercises)


def test_a_reason_with_a_place_that_cannot_be_filled_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "wording.toml"
    path.write_text('basis = "design_choice"\n[reasons.a]\ntext = "Because of {0}."\n', encoding="utf-8")

    with pytest.raises(ContentError, match=r"reasons\.a"):
        load_templates(path)


def test_unknown_keys_are_a_named_error() -> None:
    with pytest.raises(UnknownKey):
        catalogue().exercise("jumping")
    with pytest.raises(UnknownKey):
        catalogue().rung("bridge", "jumping")
    with pytest.raises(UnknownKey):
        catalogue().by_slug("jumping")


def test_every_rung_names_equipment_that_is_known_and_words_that_fit() -> None:
    for exercise, key in EVERY_RUNG:
        rung = catalogue().rung(exercise, key)
        assert "_" not in things_in_words(rung.needs)


def test_ladders_hold_every_rung() -> None:
    counts = {exercise.key: len(exercise.rungs) for exercise in catalogue().exercises.values()}

    assert counts == {
        "side_lying_abduction": 7,
        "banded_walk": 7,
        "bridge": 8,
        "deadlift": 6,
        "hip_circle": 6,
        "short_foot": 3,
        "heel_raise": 3,
        "march": 3,
        "small_squat": 4,
    }


def test_one_of_each_group_is_enough() -> None:
    thrust = catalogue().rung("bridge", "hip_thrust")

    assert owns("bench", "bag_or_bottles").has(thrust)
    assert owns("bench").missing_for(thrust) == [("kettlebell_or_dumbbell", "barbell", "bag_or_bottles")]


def test_a_loaded_rung_is_owned_only_with_a_load_below_its_limit() -> None:
    thrust = catalogue().rung("bridge", "hip_thrust")

    assert not owns("bench", kettlebell_or_dumbbell=(24_000,)).has(thrust)
    assert owns("bench", kettlebell_or_dumbbell=(24_000, 8_000)).loads_for(thrust) == [8_000]


def test_the_band_is_the_first_owned_in_the_rungs_order() -> None:
    rung = catalogue().rung("banded_walk", "band_at_ankles")

    assert owns("band_light", "band_medium").band_for(rung) == "band_medium"
    assert owns("band_light").band_for(rung) == "band_light"


def test_a_barbell_makes_every_load_its_pairs_allow() -> None:
    assert barbell_loads(10_000, [1_250, 2_500]) == (10_000, 12_500, 15_000, 17_500)


def test_exercises_of_a_muscle_stand_hardest_first() -> None:
    rows = catalogue().loading("gluteus_medius")

    assert rows[0][0].key == "side_lying_abduction"
    assert load_in_words((1, 2)) == "A little to medium"
    assert ("hip_circle", "standing") in [(exercise.key, leg) for exercise, _, leg in rows]


def test_an_old_reason_without_words_says_so() -> None:
    assert words(because("long_gone")) == "The rule behind this is no longer in use."


def test_every_reason_the_rules_give_has_words() -> None:
    """Reads the keys out of the code; those made from parts are the pain reasons with what became lower."""
    code = "".join(path.read_text(encoding="utf-8") for path in CONTENT.parent.rglob("*.py"))
    given = set(re.findall(r'(?:because|Refused)\(\s*"([a-z0-9_]+)"', code))
    lowered = {
        f"{why}_{what}"
        for why in ("stop", "stopped", "pain", "bad_mornings", "short_twice")
        for what in ("rung_down", "set_fewer", "from_the_start")
    }

    assert (given | lowered) - {"short_twice"} <= set(templates())


def test_no_cue_asks_for_other_feet_than_one_has() -> None:
    """As remark T2 of the mirror check says: keep the foot angle you have."""
    straight = re.compile(r"straight ahead|parallel|(?:toes|feet)\W+(?:\w+\W+){0,2}straight", re.IGNORECASE)
    for exercise in catalogue().exercises.values():
        faults = [fault.instead for fault in exercise.faults]
        blocks = [exercise.set_up, exercise.cues, *faults, *(rung.how for rung in exercise.rungs)]
        assert not [block.text for block in blocks if straight.search(block.text)], exercise.key
    for key in ("banded_walk", "heel_raise", "short_foot"):
        assert "your own foot angle" in catalogue().exercise(key).set_up.text


# Words of an exercise for muscles, and the row of its table that they ask for.
MUSCLES_IN_WORDS = {
    r"\bcalf\b": {"gastrocnemius", "soleus"},
    r"\bmuscles along the spine\b|\bback muscles\b": {"Muscles along the spine"},
    r"\bquadriceps\b|\bfront of the thighs?\b": {"rectus_femoris"},
    r"\bback of the thighs\b|\bhamstrings\b": {"hamstrings"},
}


def test_every_muscle_that_the_text_of_an_exercise_says_it_trains_stands_in_its_table() -> None:
    names = {rf"\b{re.escape(m.name)}\b": {m.key} for m in anatomy_catalogue().muscles.values()}
    missing = []
    for exercise in catalogue().exercises.values():
        rows = {
            *exercise.loads,
            *exercise.loads_standing_leg,
            *(row.muscles for row in exercise.loads_besides),
        }
        text = " ".join(block.text for block in (exercise.summary, *exercise.purpose))
        for words_of_it, keys in {**names, **MUSCLES_IN_WORDS}.items():
            if re.search(words_of_it, text, re.IGNORECASE) and not keys <= rows:
                missing.append((exercise.key, words_of_it))

    assert missing == []


def test_what_works_hardest_in_an_exercise_stands_first_in_its_table() -> None:
    assert list(catalogue().exercise("heel_raise").loads)[:2] == ["gastrocnemius", "soleus"]
    besides = {row.muscles: row.load for row in catalogue().exercise("deadlift").loads_besides}
    assert besides["Muscles along the spine"] > catalogue().exercise("deadlift").loads["gluteus_maximus"]
