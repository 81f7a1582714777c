"""The committed anatomy plates: current, complete, and painted by the stylesheet only."""

import gzip
import itertools
import json
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from anatomy.catalogue import catalogue
from figures import FOLDER, plates
from figures.plates.kit import COLUMN, EDGE, SMALL_CHARACTER, WIDTH, Drawn, DrawnPlate, crossing
from figures.plates.parts import COLOURS, group, part
from figures.plates.shapes import path_data, strand
from figures.plates.views import View
from tests.every import for_every

GROUPS = {
    "groups-front": {"iliopsoas", "gluteal", "deep", "adductors"},
    "groups-back": {"gluteal", "deep", "adductors"},
    "groups-side": {"iliopsoas", "gluteal", "deep", "adductors"},
}
PAINTS = {
    *("fig", "leader", "dot", "marker", "small"),
    *("bone", "far", "hole", "plain", "rim", "crease", "dashed", "edge"),
    *("muscle", "pale", "hidden", "fibre", "tendon", "ligament", *COLOURS),
    *("skin-shape", "ground", "turn", "load"),
    *(f"{end}-{arch}" for end in ("line", "end") for arch in ("in", "out", "across")),
}
every_plate = for_every(plates.all_plates, lambda plate: plate.name)


@cache
def drawn() -> dict[str, Drawn]:
    return {plate.name: plate for plate in plates.all_plates()}


def parsed(plate: Drawn) -> ElementTree.Element:
    return ElementTree.fromstring(plate.markup)  # noqa: S314 - our own drawing


def height(plate: Drawn) -> float:
    return float(parsed(plate).attrib["viewBox"].split()[3])


def leaders(plate: Drawn) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    found = re.findall(r'class="leader" d="M([\d.-]+) ([\d.-]+)L([\d.-]+) ([\d.-]+)"', plate.markup)
    return [((float(a), float(b)), (float(c), float(d))) for a, b, c, d in found]


def test_committed_plates_are_current() -> None:
    committed = {
        path.name: path.read_text(encoding="utf-8")
        for path in (FOLDER / "plates").iterdir()
        if path.suffix in {".svg", ".json"}
    }

    assert [name for name, text in plates.files().items() if committed.get(name) != text] == []
    assert set(committed) == set(plates.files())


def test_index_lists_every_plate_in_the_order_of_drawing() -> None:
    index = json.loads(plates.files()["index.json"])

    assert [plate["name"] for plate in index] == list(drawn())
    assert all(plate["entries"] for plate in index)


def test_every_muscle_is_named_on_a_plate() -> None:
    named = {entry.key for plate in drawn().values() for entry in plate.entries}

    assert set(catalogue().muscles) - named == set()


@pytest.mark.parametrize("key", [key for key in COLOURS if key not in {"thigh", "calf", "helpers"}])
def test_every_muscle_of_a_hip_group_is_named_on_an_overview(key: str) -> None:
    named = {entry.key for name in GROUPS for entry in drawn()[name].entries}
    muscles = catalogue().muscles.values()

    assert {muscle.key for muscle in muscles if muscle.group == group_key(key)} <= named


def group_key(colour: str) -> str:
    return next(key for key, found in catalogue().groups.items() if found.name == group(colour).name)


@pytest.mark.parametrize("name", GROUPS)
def test_overview_explains_its_colours_and_describes_every_group(name: str) -> None:
    plate = drawn()[name]

    assert set(plate.groups) == GROUPS[name]
    for word in ("iliopsoas group", "superficial gluteal group", "deep gluteal group", "adductor group"):
        assert word in plate.description.lower()


@pytest.mark.parametrize("name", GROUPS)
def test_overview_links_every_muscle_that_it_shows(name: str) -> None:
    unlinked = re.sub(r"<a .*?</a>", "", drawn()[name].markup)

    assert 'class="muscle' in drawn()[name].markup
    assert 'class="muscle' not in unlinked


def test_plate_with_one_colour_needs_no_key() -> None:
    assert drawn()["deep-back"].groups == ()


@every_plate
def test_links_lead_to_pages_that_exist(plate: Drawn) -> None:
    pages = {
        "muscles": catalogue().muscles.keys(),
        "arches": catalogue().arches.keys(),
        "bones-and-joints": catalogue().structures.keys(),
    }

    for entry in plate.entries:
        if entry.key:
            _, _, section, slug, _ = entry.href.split("/")
            assert slug == entry.key.replace("_", "-")
            assert entry.key in pages[section], f"{entry.key} has no page"


@every_plate
def test_every_named_part_is_a_link_for_the_keyboard_and_a_line_of_the_list(plate: Drawn) -> None:
    links = re.findall(r'<a data-part="(\w+)" href="([^"]+)" aria-label="([^"]+)">', plate.markup)

    assert links == [
        (entry.key, entry.href, part(entry.key).full_name) for entry in plate.entries if entry.key
    ]


@every_plate
def test_shapes_are_links_for_the_pointer_only(plate: Drawn) -> None:
    for link in re.findall(r"<a [^>]+>(?=<path class=\"(?:bone|muscle|tendon|ligament))", plate.markup):
        assert 'tabindex="-1" aria-hidden="true"' in link


@every_plate
def test_plate_is_a_group_with_a_name_and_a_description(plate: Drawn) -> None:
    root = parsed(plate)
    title, description = root[0], root[1]

    assert (root.attrib["role"], root.attrib["class"]) == ("group", "fig")
    assert root.attrib["aria-labelledby"] == title.attrib["id"]
    assert root.attrib["aria-describedby"] == description.attrib["id"]
    assert title.text == plate.title
    assert description.text == plate.description
    assert plate.description.endswith(".")


def test_titles_and_descriptions_and_ids_are_all_different() -> None:
    ids = re.findall(r' id="([^"]+)"', "".join(plate.markup for plate in drawn().values()))

    assert len({plate.title for plate in drawn().values()}) == len(drawn())
    assert len({plate.description for plate in drawn().values()}) == len(drawn())
    assert len(set(ids)) == len(ids) == 2 * len(drawn())


@every_plate
def test_paint_is_left_to_the_stylesheet(plate: Drawn) -> None:
    root = parsed(plate)
    attributes = {attribute for element in root.iter() for attribute in element.attrib}
    classes = {name for element in root.iter() for name in element.attrib.get("class", "").split()}

    assert not attributes & {"style", "fill", "stroke", "color", "opacity", "font-size"}
    assert not {element.tag.rpartition("}")[2] for element in root.iter()} & {
        "style",
        "script",
        "image",
        "use",
    }
    assert "#" not in plate.markup
    assert classes <= PAINTS


@every_plate
def test_plate_is_small(plate: Drawn) -> None:
    assert len(gzip.compress(plate.markup.encode())) < 30 * 1024


@every_plate
def test_leaders_do_not_cross(plate: Drawn) -> None:
    crossed = [
        (one, other)
        for one, other in itertools.combinations(leaders(plate), 2)
        if crossing(one[0], one[1], other[0], other[1])
    ]

    assert leaders(plate)
    assert crossed == []


@every_plate
def test_labels_stay_inside_the_plate(plate: Drawn) -> None:
    for text in parsed(plate).iter():
        if text.tag != "text" or "text-anchor" not in text.attrib:
            continue
        for line in text:
            words, x, y = line.text or "", float(line.attrib["x"]), float(line.attrib["y"])
            length = SMALL_CHARACTER * len(words)  # what its glyphs take at the least
            left = {"end": x - length, "middle": x - length / 2, "start": x}[text.attrib["text-anchor"]]
            assert left >= 0, words
            assert left + length <= WIDTH, words
            assert 10 <= y <= height(plate), words


@every_plate
def test_labels_do_not_overlap(plate: Drawn) -> None:
    rows: dict[tuple[str, float], list[float]] = {}
    for text in parsed(plate).iter("text"):
        for line in text:
            rows.setdefault((text.attrib["text-anchor"], float(line.attrib["x"])), []).append(
                float(line.attrib["y"])
            )

    if plate.layout == "columns":
        for ys in rows.values():
            assert all(low - high >= 14 for high, low in itertools.pairwise(sorted(ys)))


@every_plate
def test_hip_drawing_leaves_the_columns_of_labels_free(plate: Drawn) -> None:
    if plate.name.startswith(("foot", "arch", "helpers", "chain")):
        return
    for outline in re.findall(r'<path class="(?:bone|muscle|tendon)[^"]*" d="([^"]+)"', plate.markup):
        for run in outline.split("M")[1:]:
            start, _, steps = run.partition("l")
            x = float(numbers(start)[0])
            for step in numbers(steps)[::2]:
                x += step
                assert COLUMN + EDGE - 1 <= x <= WIDTH - COLUMN - EDGE + 1


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", path)]


def test_part_without_a_page_cannot_be_named() -> None:
    with pytest.raises(KeyError):
        DrawnPlate("p", "Title", "Words.", 100).name_part("spleen", "left", (200, 50))


def test_left_half_is_the_mirror_image_of_the_right() -> None:
    view = View("front", 1, (0, 0), (280, 300))

    assert view.spot((50, 10)) == (230, 290)
    assert view.spot((50, 10), left=True) == (330, 290)
    assert View("back", 1, (0, 0), (280, 300)).spot((50, 10)) == (330, 290)


def test_path_data_keeps_a_tenth_of_a_unit_over_many_steps() -> None:
    points = path_data(strand([(0.0, 0.0), (40.0, 3.3), (80.0, 0.0)], [10, 12, 10]))
    start, _, steps = points.removesuffix("z").removeprefix("M").partition("l")
    x = numbers(start)[0] + sum(numbers(steps)[::2])

    assert points.startswith("M")
    assert abs(x - numbers(start)[0]) < 6  # the last step of a closed run is left to "z"
    assert all(round(10 * number, 6).is_integer() for number in numbers(points))


def test_folder_holds_no_plate_that_is_not_drawn(tmp_path: Path) -> None:
    assert {path.stem for path in (FOLDER / "plates").glob("*.svg")} == set(drawn())
