"""The committed pictures: current, well-formed, and painted by the stylesheet only."""

import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

from exercises.rules.catalogue import catalogue
from figures import all_pictures
from figures.__main__ import FOLDER, main, stale, write
from tests.every import for_every

PICTURES = all_pictures()
ARROW = re.compile(r'class="arrow[^"]*" d="[^"]*[QA]')
PAINTS = {
    *("o", "skin", "cloth", "hair", "bag", "mat", "rug", "eye", "pupil", "band", "band-o", "thick"),
    *("line", "thin", "chair", "path", "arrow", "bad"),
}
NEUTRAL = ("toes-", "knee-", "arch-", "tiptoe-", "sit-", "legs-")
ANSWERS = {
    "toes": ("in", "straight", "out"),
    "knee": ("in", "forward", "out"),
    "arch": ("flat", "low", "normal", "high"),
    "tiptoe": ("present", "absent"),
    "sit": ("present", "absent"),
}


def wanted_names() -> set[str]:
    looks = ("in", "forward", "out", "unsure")
    sides = [f"{asked}-{side}" for asked in ANSWERS for side in ("left", "right")]
    return {
        *(Path(picture).stem for picture in exercise_pictures()),
        *(f"{side}-{answer}" for side in sides for answer in ANSWERS[side.split("-")[0]]),
        *(f"legs-{left}-{right}" for left, right in product(looks, repeat=2)),
        *(f"do-{page}" for page in ("notice", "set-up", "turn-out", "tiptoe", "sit", "stance", "heel-raise")),
        *("home-before", "home-after"),
    }


def exercise_pictures() -> set[str]:
    """Template names of everything the pages about exercises show."""
    exercises = catalogue().exercises.values()
    steps = [
        picture for e in exercises for rung in e.rungs for picture in catalogue().pictures_of(e.key, rung.key)
    ]
    return {*steps, *(picture for e in exercises for _, picture in e.pictured_faults if picture)}


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)  # noqa: S314 - our own drawing


def classes(markup: str) -> set[str]:
    return {name for names in re.findall(r'class="([^"]*)"', markup) for name in names.split()}


def test_every_picture_the_pages_name_is_drawn() -> None:
    assert set(PICTURES) == wanted_names()


def test_committed_pictures_are_current() -> None:
    assert stale(FOLDER) == []


def test_check_names_a_picture_that_was_changed_by_hand(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "do-sit.svg").write_text("<svg/>")

    complaint = main(["--check"], tmp_path)

    assert complaint is not None
    assert complaint.endswith(": do-sit")


def test_check_accepts_what_was_just_written(tmp_path: Path) -> None:
    main([], tmp_path)

    assert main(["--check"], tmp_path) is None


@for_every(sorted(PICTURES))
def test_picture_can_stand_inline_in_any_page(name: str) -> None:
    markup = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    root = parsed(markup)
    attributes = {attribute for element in root.iter() for attribute in element.attrib}

    assert root.tag == "svg"
    assert len(root.attrib["viewBox"].split()) == 4
    assert (root.attrib["aria-hidden"], root.attrib["focusable"]) == ("true", "false")
    assert root.attrib["class"].split()[0] == "fig"
    assert not attributes & {"id", "style", "fill", "stroke", "color", "opacity"}
    assert "#" not in markup
    assert classes(markup) <= PAINTS | {"fig", "b", "c", "moving", "round"}
    assert len(markup.encode()) < (24 if name.endswith("-motion") else 8) * 1024


@for_every(sorted(name for name in PICTURES if name.startswith(NEUTRAL)))
def test_answer_and_result_pictures_carry_no_arrow(name: str) -> None:
    assert "arrow" not in classes(PICTURES[name])


@for_every(sorted(PICTURES))
def test_picture_has_at_most_two_arrows(name: str) -> None:
    frames = max(PICTURES[name].count("translate("), 1)

    assert len(ARROW.findall(PICTURES[name])) <= 2 * frames


@for_every(sorted(PICTURES))
def test_a_fault_and_nothing_else_is_crossed_out_so_that_red_is_not_all_that_says_so(name: str) -> None:
    crosses = re.findall(r'class="arrow bad" d="[^QA"]+"', PICTURES[name])

    assert len(crosses) == name.endswith("-fault")


def test_answers_to_one_question_all_look_different() -> None:
    drawn = [PICTURES[name] for name in PICTURES if name.startswith(NEUTRAL)]

    assert len(set(drawn)) == len(drawn)


def test_end_of_a_movement_differs_from_its_start_in_the_same_view_and_person() -> None:
    for name in (name for name in PICTURES if name.endswith("-start")):
        start, end = parsed(PICTURES[name]), parsed(PICTURES[name.removesuffix("start") + "end"])

        assert start.attrib == end.attrib, name
        assert ElementTree.tostring(start) != ElementTree.tostring(end), name


def test_movement_goes_from_its_start_to_its_end_in_frames_that_all_differ() -> None:
    for name in (name for name in PICTURES if name.endswith("-motion")):
        frames = [ElementTree.tostring(frame) for frame in parsed(PICTURES[name])[0]]
        moves = [re.sub(rb' transform="translate[^"]*"', b"", frame) for frame in frames]

        assert len(set(moves)) == 5, name


def test_fault_is_marked_in_red_and_a_movement_never() -> None:
    for name, markup in PICTURES.items():
        assert ("bad" in classes(markup)) == name.endswith("-fault"), name


def test_left_kneecap_that_looks_in_looks_to_the_right_of_the_mirror() -> None:
    eye = re.search(r'class="eye" cx="([\d.]+)"', PICTURES["knee-left-in"])
    pupil = re.search(r'class="pupil" cx="([\d.]+)"', PICTURES["knee-left-in"])

    assert eye is not None
    assert pupil is not None
    assert float(pupil[1]) > float(eye[1])


def test_unsure_kneecap_has_no_pupil() -> None:
    assert PICTURES["legs-unsure-unsure"].count('class="eye"') == 2
    assert 'class="pupil"' not in PICTURES["legs-unsure-unsure"]
    assert PICTURES["legs-in-unsure"].count('class="pupil"') == 1
