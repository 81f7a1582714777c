"""Which moves lead a person into a workout and out of it, and what stops the start."""

from collections.abc import Callable
from pathlib import Path

import pytest

from anatomy.blocks import ContentError
from exercises.rules.catalogue import CONTENT
from exercises.rules.warm_up import load_warm_up, moves_for, warm_up_and_close

MOVES = CONTENT / "warm_up_and_close.toml"


@pytest.mark.parametrize(
    ("applies", "expected"),
    [
        ((), ["Walk on the spot", "Hip hinge", "March"]),
        (("RF16",), ["Walk on the spot", "Hip hinge", "March"]),
        (("RF18",), ["Walk on the spot", "Hip hinge", "March, sitting"]),
        (("RF19",), ["Walk on the spot, holding on", "March, holding on"]),
        (("RF18", "RF19"), ["Walk on the spot, holding on", "March, sitting"]),
    ],
    ids=["nothing said", "pregnant", "outer hip", "may fall", "outer hip, and may fall"],
)
def test_before_a_workout_each_gets_the_moves_that_are_for_them(
    applies: tuple[str, ...], expected: list[str]
) -> None:
    assert [led.way.name for led in moves_for(warm_up_and_close().before, applies)] == expected


KNEELING, STANDING = "Front of the hip, kneeling", "Front of the hip, standing"


@pytest.mark.parametrize(
    ("applies", "expected"),
    [
        ((), [("Calf at the wall", None), (KNEELING, STANDING)]),
        (("RF18",), [("Calf at the wall", None), (KNEELING, STANDING)]),
        (("RF16",), [("Calf at the wall", None), (STANDING, None)]),
        (("RF13", "RF6"), [("Calf at the wall", None), (STANDING, None)]),
        (("RF16", "RF19"), [("Calf at the wall", None)]),
    ],
    ids=["nothing said", "outer hip", "pregnant", "operated on, and seen", "may fall"],
)
def test_after_a_workout_nobody_kneels_who_should_not_and_everyone_may_stand(
    applies: tuple[str, ...], expected: list[tuple[str, str | None]]
) -> None:
    led = moves_for(warm_up_and_close().after, applies)

    assert [(one.way.name, one.instead.name if one.instead else None) for one in led] == expected


def test_how_much_of_a_move_is_said_as_it_is_counted() -> None:
    content = warm_up_and_close()

    said = [move.in_words for move in (*content.before, *content.after)]

    on_each_side = "30 seconds, 2 times on each side"
    assert said == ["4 minutes", "8 times", "8 times with each leg", on_each_side, on_each_side]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda toml: toml.replace('"RF19"', '"RF99"'), "unknown keys: RF99"),
        (
            lambda toml: toml.replace('"warm_up-march"', '"warm_up-dance"'),
            "no picture templates/figures/warm_up-dance",
        ),
        (lambda toml: toml.replace("seconds = 240", "seconds = 600"), "takes 11 minutes"),
        (
            lambda toml: toml.replace("seconds = 240", "seconds = 240\nrepetitions = 3"),
            "seconds or repetitions",
        ),
        (lambda toml: toml.replace('whom = ["RF18"]\n', ""), "the last of its ways"),
        (lambda toml: toml.replace('"healthwise_calf_stretch"', '"somebody"'), "unknown keys: somebody"),
        (lambda toml: toml.replace('key = "walk"', 'key = "walk"\nwhere = "outside"'), "where"),
        (lambda toml: toml.replace('basis = "safety"', ""), "needs sources, a basis, or both"),
    ],
    ids=[
        "question",
        "picture",
        "length",
        "two amounts",
        "two for everyone",
        "source",
        "unknown key",
        "no basis",
    ],
)
def test_bad_content_stops_the_start_and_names_the_file(
    tmp_path: Path, change: Callable[[str], str], complaint: str
) -> None:
    path = tmp_path / MOVES.name
    path.write_text(change(MOVES.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(ContentError) as stopped:
        load_warm_up(path)

    assert complaint in str(stopped.value)
    assert MOVES.name in str(stopped.value)
