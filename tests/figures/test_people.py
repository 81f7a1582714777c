"""The committed pictures of people: all there, current, painted by the stylesheet only, small enough."""

import gzip
import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assessments.rules.counting import counting
from assessments.rules.questionnaire import questionnaire
from exercises.rules.catalogue import catalogue
from figures import FOLDER
from figures.people import stamps
from figures.people.joints import PoseError, require_movements, require_range, require_sides
from tests.design.colours import CSS, schemes

DRAWN = stamps.drawn()
MARKUP = {name: (FOLDER / f"{name}.svg").read_text(encoding="utf-8") for name in DRAWN}
NEUTRAL = ("knee-", "toes-", "arch-", "tiptoe-", "sit-", "legs-", "home-")
ANSWERS = {
    "knee": ("in", "forward", "out"),
    "toes": ("in", "straight", "out"),
    "arch": ("flat", "low", "normal", "high"),
    "tiptoe": ("present", "absent"),
    "sit": ("present", "absent"),
}
SKINS = (":root", ".b", ".c", ".d", ".e")
RIM = "#2a0e00"
FULL, SMALL = 5 * 1024, 1536


def wanted_names() -> set[str]:
    """Every picture that a page includes."""
    looks = ("in", "forward", "out", "unsure")
    exercises = catalogue().exercises.values()
    of_steps = [
        file for e in exercises for rung in e.rungs for file in catalogue().pictures_of(e.key, rung.key).files
    ]
    of_faults = [file for e in exercises for _, pictures in e.pictured_faults for file in pictures or ()]
    return {
        *(Path(file).stem for file in [*of_steps, *of_faults]),
        *(f"{asked}-{side}-{a}" for asked in ANSWERS for side in ("left", "right") for a in ANSWERS[asked]),
        *(f"legs-{left}-{right}" for left, right in product(looks, repeat=2)),
        *(f"arch-front-{arch}" for arch in ANSWERS["arch"]),
        *(Path(figure).stem for do in questionnaire().do_pages.values() for figure in do.figures),
        *(check.picture for check in counting().checks.values()),
        *(f"{e.key}-{e.lit}" for e in exercises if e.lit),
        *("home-before", "home-after"),
    }


def packed(name: str) -> int:
    return len(gzip.compress(MARKUP[name].encode(), 9))


def classes(markup: str) -> set[str]:
    return {name for names in re.findall(r'class="([^"]*)"', markup) for name in names.split()}


def middle(name: str, paint: str) -> float:
    """How far to the right the first shape of this class stands, as a share of the whole leg's width."""

    def across(wanted: str) -> list[float]:
        data = re.search(rf'class="{wanted}[^"]*" d="M([^"]*?)z', MARKUP[name])
        assert data is not None, (name, wanted)
        start, *steps = data[1].split("c")
        found = [float(start.split()[0])]
        for step in steps:
            found.append(found[-1] + float(re.findall(r"-?(?:\d+\.?\d*|\.\d+)", step)[4]))
        return found

    knee, leg = across(paint), across("skin")
    return ((min(knee) + max(knee)) / 2 - min(leg)) / (max(leg) - min(leg))


def test_every_picture_the_pages_name_is_drawn() -> None:
    assert wanted_names() - set(DRAWN) == set()


def test_muscle_that_a_picture_colours_in_is_the_one_the_exercise_loads_most() -> None:
    for exercise in catalogue().exercises.values():
        if exercise.lit:
            assert exercise.loads[exercise.lit] == max(exercise.loads.values(), key=lambda load: load[::-1])
            assert 'class="band"' in MARKUP[f"{exercise.key}-{exercise.lit}"], exercise.key


def test_small_pictures_of_legs_alone_are_cut_closer_than_the_large_ones() -> None:
    for step in ("two_legs", "one_leg", "up_two_down_one"):
        assert "hair" in classes(MARKUP[f"heel_raise-{step}-end"])
        assert "hair" not in classes(MARKUP[f"heel_raise-{step}-small"])


def test_way_round_lies_behind_the_foot_that_goes_it() -> None:
    for name in ("hip_circle-one_hand-end", "hip_circle-lying_or_sitting-end"):
        assert MARKUP[name].index('class="arrow"') < MARKUP[name].index('class="skin"'), name


def test_folder_holds_no_picture_that_is_not_drawn() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} - set(DRAWN) == {"mark"} & {
        path.stem for path in FOLDER.glob("*.svg")
    }


def test_committed_pictures_are_current() -> None:
    assert stamps.complaints(FOLDER) == []


def test_check_names_a_picture_that_was_changed_by_hand(tmp_path: Path) -> None:
    for name, markup in MARKUP.items():
        (tmp_path / f"{name}.svg").write_text(markup, encoding="utf-8")
    (tmp_path / "do-sit.svg").write_text("<svg/>", encoding="utf-8")

    assert stamps.complaints(tmp_path) == ["do-sit: not as drawn"]


def test_picture_drawn_from_older_code_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "of_module", lambda module: f"newer {module}")

    assert "do-sit: drawn from older code" in stamps.complaints(FOLDER)


def test_picture_can_stand_inline_in_any_page() -> None:
    for name, markup in MARKUP.items():
        root = ElementTree.fromstring(markup)  # noqa: S314 - our own drawing
        attributes = {attribute for element in root.iter() for attribute in element.attrib}

        assert (root.tag, root.attrib["class"].split()[0]) == ("svg", "fig"), name
        assert (root.attrib["aria-hidden"], root.attrib["focusable"]) == ("true", "false"), name
        assert attributes <= {"class", "d", "transform", *root.attrib}, name
        assert "#" not in markup, name


def test_stylesheet_paints_every_class_of_every_picture() -> None:
    for name, markup in MARKUP.items():
        stamps.require_painted(name, markup)


def test_class_that_the_stylesheet_does_not_paint_stops_the_build_with_picture_and_class() -> None:
    with pytest.raises(ValueError, match=r"bridge-end: the stylesheet does not paint cape"):
        stamps.require_painted("bridge-end", '<svg class="fig"><path class="cape" d=""/></svg>')


@pytest.mark.parametrize(
    ("degrees", "complaint"),
    [
        ({"knee_flexoin": 20}, "unknown movement knee_flexoin"),
        ({"elbow_flexion": 20}, "unknown movement elbow_flexion"),
        ({"knee_flexion": -30}, "knee_flexion of -30 degrees is impossible"),
        ({"knee_flexion": 170}, "knee_flexion of 170 degrees is impossible"),
    ],
)
def test_impossible_joint_is_refused_by_name(degrees: dict[str, float], complaint: str) -> None:
    with pytest.raises(PoseError, match=complaint):
        require_movements(("hip_flexion", "knee_flexion"), degrees)


def test_refusal_of_an_angle_names_the_side() -> None:
    with pytest.raises(PoseError, match="knee_flexion left of 160 degrees"):
        require_range("knee_flexion", 160, "left")


def test_unknown_side_is_refused() -> None:
    with pytest.raises(PoseError, match="unknown side 'left'"):
        require_sides("left")


def test_pictures_are_small() -> None:
    small = {
        name
        for name in DRAWN
        if name.endswith(("-small", "-fault", "-right")) or name.startswith(NEUTRAL[:5])
    }
    moving = {name for name in DRAWN if name.endswith("-motion")}
    full = set(DRAWN) - small - moving

    assert {name: packed(name) for name in small if packed(name) > SMALL} == {}
    assert {name: packed(name) for name in full if packed(name) > FULL} == {}
    assert {name: packed(name) for name in moving if packed(name) > 2 * FULL} == {}


def test_answer_and_result_pictures_carry_no_arrow() -> None:
    assert [name for name in DRAWN if name.startswith(NEUTRAL) and "arrow" in classes(MARKUP[name])] == []


def test_picture_has_at_most_two_arrows() -> None:
    for name, markup in MARKUP.items():
        assert len(re.findall(r'class="arrow(?: bad)?"', markup)) <= 2, name


def test_a_fault_and_nothing_else_is_crossed_out_in_red() -> None:
    for name, markup in MARKUP.items():
        assert markup.count('class="arrow bad"') == (2 if name.endswith("-fault") else 0), name


def test_answers_to_one_question_all_look_different() -> None:
    drawn = [MARKUP[name] for name in DRAWN if name.startswith(NEUTRAL)]

    assert len(set(drawn)) == len(drawn)


def test_start_and_end_differ_in_the_same_frame_and_person() -> None:
    for name in (name for name in DRAWN if name.endswith("-start")):
        start, end = MARKUP[name], MARKUP[name.removesuffix("start") + "end"]

        assert start.partition(">")[0] == end.partition(">")[0], name
        assert start != end, name


def test_movement_has_five_frames_that_differ() -> None:
    for name in (name for name in DRAWN if name.endswith("-motion")):
        strip = ElementTree.fromstring(MARKUP[name])[0]  # noqa: S314 - our own drawing
        frames = {
            re.sub(r' transform="[^"]*"', "", ElementTree.tostring(frame, encoding="unicode"))
            for frame in strip
        }

        assert len(frames) >= (4 if "round" in classes(MARKUP[name]) else 5), name


def test_kneecap_of_the_left_leg_looks_in_to_the_right_of_the_mirror_and_out_to_its_left() -> None:
    assert middle("knee-left-in", "cap") > middle("knee-left-forward", "cap") + 0.1
    assert middle("knee-left-out", "cap") < middle("knee-left-forward", "cap") - 0.1
    assert middle("knee-right-in", "cap") < middle("knee-right-forward", "cap") - 0.1


def test_kneecap_that_was_not_answered_is_not_drawn() -> None:
    assert MARKUP["legs-unsure-unsure"].count('class="cap"') == 0
    assert MARKUP["legs-in-unsure"].count('class="cap"') == 1
    assert MARKUP["legs-in-forward"].count('class="cap"') == 2


@pytest.mark.parametrize(("scheme", "tone"), list(product(("light", "dark"), SKINS)))
def test_kneecap_is_lighter_than_the_skin_and_its_rim_darker_in_every_scheme(scheme: str, tone: str) -> None:
    skin = schemes()[scheme][tone]["skin"]

    assert brightness(mixed(skin, "cap")) > brightness(skin)
    assert brightness(RIM) < 0.5 * brightness(skin)


def mixed(skin: str, name: str) -> str:
    found = re.search(rf"--{name}: color-mix\(in srgb, var\(--skin\) (\d+)%, (#[0-9a-f]+)\)", CSS)
    assert found is not None
    share, other = int(found[1]) / 100, found[2]
    other = "#" + "".join(2 * c for c in other[1:]) if len(other) == 4 else other
    parts = (round(share * a + (1 - share) * b) for a, b in zip(channels(skin), channels(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def brightness(colour: str) -> float:
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_rim_of_a_kneecap_is_drawn_in_the_dark_colour_of_lines() -> None:
    assert f".fig :is(.line, .seam) {{ stroke: {RIM};" in CSS


def test_pictures_keep_their_own_colours_in_forced_colours_and_on_paper() -> None:
    whole = stamps.STYLESHEET.read_text(encoding="utf-8")
    modes = whole[whole.index("@layer modes {") :]
    forced = modes[modes.index("@media (forced-colors: active)") : modes.index("@media print")]
    paper = modes[modes.index("@media print") :]

    assert re.search(r"[,\s]\.fig\b[^{}]*\{ forced-color-adjust: none; \}", forced)
    assert re.search(r"[,\s]\.fig\b[^{}]*\{ print-color-adjust: exact;", paper)
    assert "--skin" not in forced + paper
