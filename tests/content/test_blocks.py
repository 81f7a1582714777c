"""Bad content stops the start, and says which file and which key."""

from pathlib import Path

import pytest

from anatomy.blocks import (
    Block,
    ContentError,
    Frozen,
    Key,
    content_version,
    forbidden_words,
    has_figure,
    load_folder,
)
from anatomy.catalogue import CONTENT, check_sources, load_catalogue


class Page(Frozen):
    key: Key
    body: Block


GOOD = 'key = "page"\n[body]\ntext = "Short and plain."\nbasis = "safety"\n'


def load(folder: Path, text: str, *, name: str = "page") -> dict[str, Page]:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_folder(folder, Page)


def test_good_content_loads(tmp_path: Path) -> None:
    pages = load(tmp_path, GOOD)

    assert pages["page"].body.paragraphs == ["Short and plain."]


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ('key = "page"\nbody =\n', "line 2", "value"),
        (GOOD.replace('basis = "safety"', 'basis = "safety"\nbasis = "safety"'), "line 5", "overwrite"),
        (GOOD.replace('key = "page"', 'key = "other"'), "key", "'other'"),
        (GOOD + 'colour = "red"\n', "body.colour", "not permitted"),
        (GOOD.replace('text = "Short and plain."', 'text = ""'), "body.text", "at least 1 character"),
        (GOOD.replace('basis = "safety"', ""), "body", "needs sources, a basis, or both"),
        (GOOD.replace("safety", "hearsay"), "body.basis", "design_choice"),
        (GOOD.replace("Short and plain.", "Hold for 5 seconds."), "body", "states a figure"),
        (GOOD.replace("Short and plain.", "It helps half, or 50 per cent."), "body", "states a figure"),
        (GOOD.replace("safety", "textbook"), "body", "checked_at"),
        (GOOD.replace('"safety"', '"textbook"\nchecked_at = "a book"'), "body.checked_at", "pattern"),
        (GOOD.replace("Short and plain.", "Your hip muscles are weak."), "body", "hip muscles are weak"),
    ],
)
def test_bad_content_names_file_and_key(tmp_path: Path, text: str, key: str, says: str) -> None:
    with pytest.raises(ContentError) as error:
        load(tmp_path, text)

    assert str(tmp_path / "page.toml") in str(error.value)
    assert key in str(error.value)
    assert says in str(error.value)


def test_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="holds no content"):
        load_folder(tmp_path, Page)


def test_textbook_block_with_an_address_loads(tmp_path: Path) -> None:
    text = GOOD.replace('"safety"', '"textbook"\nchecked_at = "https://example.org/anatomy"')

    assert load(tmp_path, text)["page"].body.checked_at == "https://example.org/anatomy"


@pytest.mark.parametrize("basis", ['sources = ["khamis_2007"]', 'basis = "design_choice"'])
def test_figure_with_sources_or_design_choice_loads(tmp_path: Path, basis: str) -> None:
    text = GOOD.replace("Short and plain.", "Hold for 5 seconds.").replace('basis = "safety"', basis)

    assert load(tmp_path, text)["page"].body.text == "Hold for 5 seconds."


def test_block_that_quotes_others_may_use_their_words(tmp_path: Path) -> None:
    text = GOOD.replace("Short and plain.", "The article calls it a mirror test.") + "quotes_others = true\n"

    assert load(tmp_path, text)["page"].body.quotes_others


def test_unknown_source_of_another_app_is_refused() -> None:
    block = Block(text="Plain.", sources=("nobody_1900",))

    with pytest.raises(ContentError, match=r"bridge\.toml: sources: names unknown keys: nobody_1900"):
        check_sources([block], where="exercises/content/bridge.toml")


@pytest.mark.parametrize(
    ("folder", "file", "old", "new", "field"),
    [
        ("claims", "foot_tilt_turns_leg", '"khamis_2007"', '"nobody_1900"', "sources"),
        ("muscles", "iliacus", 'group = "iliopsoas"', 'group = "neck"', "group"),
        ("muscles", "tibialis_posterior", "weak_heel_raise_and_low_arch", "no_such_claim", "claim"),
        ("arches", "transverse_arch", '"peroneus_longus"', '"no_such_muscle"', "muscles"),
        ("topics", "hip_foot_connection", '"weak_hips_cause_flat_feet"', '"no_such_claim"', "claims"),
        ("topics", "hip", '"gluteus_medius"', '"no_such_muscle"', "muscles"),
        ("topics", "flat_feet", 'arches = ["medial', 'arches = ["no_such', "arches"),
        ("topics", "flat_feet", '"what_helps_adults"', '"no_such_topic"', "topics"),
        ("topics", "flat_feet", '"tiptoe-left-present"', '"tiptoe-left-gone"', "picture"),
        ("topics", "flat_feet", '["arch-heights"]', '["arch-depths"]', "plates"),
        ("topics", "measuring_an_arch", 'lit = "navicular"', 'lit = "hip_joint"', "lit"),
        ("groups", "adductors", "imaios_adductor_part_magnus", "nobody_1900", "sources"),
    ],
)
def test_key_that_leads_nowhere_is_refused(  # noqa: PLR0917  (one column each)
    tmp_path: Path, folder: str, file: str, old: str, new: str, field: str
) -> None:
    content = _copy_of_the_reference(tmp_path)
    path = content / folder / f"{file}.toml"
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(ContentError) as error:
        load_catalogue(content)

    assert f"{path}: {field}: names unknown keys" in str(error.value)


def test_content_version_changes_with_any_file(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    before = content_version(tmp_path)

    load(tmp_path, GOOD.replace("plain", "clear"))

    assert content_version(tmp_path) != before


@pytest.mark.parametrize(
    "text", ["in 10 people", "half, or 50 %", "3-5 sets", "two per cent", "metatarsals 1-3, then 4 toes"]
)
def test_figures_are_seen(text: str) -> None:
    assert has_figure(text)


@pytest.mark.parametrize(
    "text", ["T12-L5", "L4 to S1", "metatarsals 1-3", "bases of metatarsals 2 to 4", "three"]
)
def test_names_that_hold_numbers_are_no_figures(text: str) -> None:
    assert not has_figure(text)


@pytest.mark.parametrize(
    "text",
    [
        "This test detects weak hips.",
        "Here is your diagnosis.",
        "An assessment of weakness.",
        "Your hip muscles are weak.",
        "You have weak hips.",
        "These exercises fix flat feet.",
        "It corrects your posture.",
        "It cures fallen arches.",
        "It raises your arch.",
        "It prevents collapsed arches.",
        "Strong hips prevent injuries.",
        "Flat feet must be treated.",
        "The plan treats flat feet.",
        "A foot deformity.",
        "There is no need to see a doctor.",
        "It predicts chronic pain.",
        "Bad posture is the cause.",
        "A muscle imbalance.",
        "Your foot stands the wrong way.",
        "Take the mirror test.",
        "Not only does it cure flat feet.",
        "It does not hurt. It cures flat feet.",
    ],
)
def test_forbidden_words_are_caught(text: str) -> None:
    assert forbidden_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "It does not diagnose or treat anything.",
        "The check can't detect weakness.",
        "No exercise cures flat feet.",
        "It does not show that your hip muscles are weak.",
        "There are no wrong answers.",
        "A fixed (rigid) flat foot.",
        "Fix the band to a table leg.",
        "Keep the correct weight on the bar.",
        "You may correct a past entry.",
        "The heels stay down.",
        "A loop prevents the band from slipping.",
        "Are your hips tight or weak?",
        "See a doctor.",
    ],
)
def test_plain_words_raise_no_alarm(text: str) -> None:
    assert not forbidden_words(text)


def _copy_of_the_reference(tmp_path: Path) -> Path:
    copy = tmp_path / "content"
    for path in CONTENT.rglob("*.toml"):
        target = copy / path.relative_to(CONTENT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return copy
