"""Plates on a page: one part lit, and everything a plate names as a list."""

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.html import escape

from anatomy.catalogue import catalogue
from anatomy.plates import drawing, plates, plates_showing
from tests.every import for_every


def rendered(tag: str) -> str:
    return Template("{% load plates %}" + tag).render(Context())


def lit(markup: str) -> set[str]:
    """The parts of a drawing that are marked as the page's own."""
    links = [link for link in ElementTree.fromstring(markup).iter("a") if link.get("class") == "lit"]  # noqa: S314 - our own drawing
    assert all(link.get("aria-current") == "true" for link in links)
    return {link.attrib["data-part"] for link in links}


@pytest.mark.parametrize("key", ["gluteus_medius", "gluteus_maximus", "tfl"])
def test_drawing_marks_the_lit_part_and_no_other(key: str) -> None:
    assert lit(drawing("gluteal-side", lit=key)) == {key}


def test_drawing_marks_both_the_shape_and_the_name_of_the_lit_part() -> None:
    assert drawing("gluteal-side", lit="gluteus_medius").count('class="lit"') == 2


@for_every(
    [
        *(key for key, muscle in catalogue().muscles.items() if muscle.group != "foot_side"),
        *(
            "pelvis",
            "sacrum",
            "hip_joint",
            "femur",
            "greater_trochanter",
            "patella",
            "knee",
            "tibia",
            "fibula",
        ),
    ],
)
def test_best_plate_of_a_part_of_the_hip_lights_a_shape_and_a_name(key: str) -> None:
    links = [
        link
        for link in ElementTree.fromstring(drawing(plates_showing(key)[0], lit=key)).iter("a")  # noqa: S314 - our own drawing
        if link.get("class") == "lit"
    ]

    assert {link.get("aria-hidden") for link in links} == {"true", None}
    assert all(link.find("path") is not None for link in links)


@pytest.mark.parametrize("key", ["", "psoas_major"])
def test_drawing_without_the_lit_part_is_the_plain_one(key: str) -> None:
    assert lit(drawing("gluteal-side", lit=key)) == set()
    assert drawing("gluteal-side", lit=key) == drawing("gluteal-side")


def test_part_whose_key_begins_another_is_not_mistaken_for_it() -> None:
    assert lit(drawing("gluteal-side", lit="gluteus")) == set()


@pytest.mark.parametrize(
    ("key", "best"),
    [
        ("gluteus_medius", "gluteal-side"),
        ("gluteus_minimus", "gluteal-side-deep"),
        ("psoas_major", "iliopsoas-front"),
        ("piriformis", "deep-back"),
        ("obturator_externus", "deep-front"),
        ("adductor_magnus", "adductors-front"),
        ("hamstrings", "thigh-back"),
        ("hip_joint", "hip-joint"),
        ("knee", "knee"),
        ("patella", "knee"),
        *((key, "ankle") for key in ("tibia", "fibula", "ankle_joint")),
        ("metatarsals", "foot-below"),
        ("sacrum", "bones-back"),
        ("femur", "bones-front"),
    ],
)
def test_best_plate_of_a_part_comes_first(key: str, best: str) -> None:
    assert plates_showing(key)[0] == best


@for_every(key for key, muscle in catalogue().muscles.items() if muscle.group != "foot_side")
def test_overview_is_never_the_best_plate_of_a_muscle(key: str) -> None:
    assert not plates_showing(key)[0].startswith("groups-")


def test_part_on_no_plate_is_shown_by_none() -> None:
    assert plates_showing("spleen") == []


@for_every(plates())
def test_plate_tag_gives_title_drawing_description_and_the_whole_list(name: str) -> None:
    plate = plates()[name]
    page = rendered(f'{{% plate "{name}" %}}')
    items = re.findall(r"<li>(.*?)</li>", page.partition("<ol>")[2], re.DOTALL)

    assert f"<figcaption>{plate.title}</figcaption>" in page
    assert f"<p>{escape(plate.description)}</p>" in page
    assert "<svg" in page
    assert len(items) == len(plate.entries)
    for item, entry in zip(items, plate.entries, strict=True):
        assert escape(entry.name) in item
        assert (f'href="{entry.href}"' in item) == bool(entry.key)
        assert escape(entry.where) in item


def test_plate_tag_marks_the_lit_part_in_drawing_and_list() -> None:
    page = rendered('{% plate "deep-back" lit="piriformis" %}')
    marked = re.findall(r'<a [^>]*aria-current="true"[^>]*>', page)

    assert len(marked) == 3  # its shape, its name, its line of the list
    assert all("piriformis" in link for link in marked)


def test_plate_tag_explains_the_colours_of_an_overview_in_words() -> None:
    page = rendered('{% plate "groups-front" %}')

    for name in ("Iliopsoas group", "Superficial gluteal group", "Deep gluteal group", "Adductor group"):
        assert f"<b>{name}</b>" in page
    assert "swatch" not in rendered('{% plate "deep-back" %}')


def test_map_lists_what_has_no_page_without_a_link() -> None:
    page = rendered("{% muscle_map %}")

    assert len(re.findall(r"<li>\s*Iliotibial band\s*</li>", page)) == 3
    assert 'href=""' not in page


def test_plate_tag_names_the_model_only_where_attachments_follow_it() -> None:
    assert "Delp" in rendered('{% plate "gluteal-side" %}')
    assert "Delp" not in rendered('{% plate "bones-front" %}')


def test_unknown_plate_raises() -> None:
    with pytest.raises(KeyError):
        rendered('{% plate "shoulder" %}')
