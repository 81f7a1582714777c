"""Geometry of limbs."""

import math

import pytest

from figures.bodies import SHIN, THIGH, Side, flat_foot, tiptoe_foot
from figures.exercises.deadlift import DOWN_TO_FLOOR, HINGED, UPRIGHT
from figures.exercises.on_back import FULL_LIFT, lying
from figures.kit import Point, capsule, middle_joint, number, placed, round_arrow


@pytest.mark.parametrize("clockwise", [True, False])
def test_middle_joint_keeps_the_lengths_of_both_bones(clockwise: bool) -> None:  # noqa: FBT001 - a test's parameter
    hip, ankle = Point(10, 20), Point(40, 130)

    knee = middle_joint(hip, ankle, 70, 62, clockwise=clockwise)

    assert math.dist(hip, knee) == pytest.approx(70)
    assert math.dist(knee, ankle) == pytest.approx(62)


def test_middle_joint_bends_forward_for_someone_facing_right() -> None:
    assert middle_joint(Point(0, 0), Point(0, 100), 70, 62, clockwise=True).x > 0
    assert middle_joint(Point(0, 0), Point(0, 100), 70, 62, clockwise=False).x < 0


def test_middle_joint_refuses_to_stretch_a_limb() -> None:
    with pytest.raises(ValueError, match="cannot span"):
        middle_joint(Point(0, 0), Point(0, 133), 70, 62, clockwise=True)


def test_capsule_refuses_an_end_inside_the_other() -> None:
    with pytest.raises(ValueError, match="swallows"):
        capsule(Point(0, 0), 20, Point(5, 0), 8)


@pytest.mark.parametrize("person", [UPRIGHT, HINGED, DOWN_TO_FLOOR, lying(0), lying(FULL_LIFT)])
def test_legs_are_equally_long_in_every_side_view(person: Side) -> None:
    hip, knee = person.hip, person.knee(person.near)

    assert math.dist(hip, knee) == pytest.approx(THIGH)
    assert math.dist(knee, person.near.ankle) == pytest.approx(SHIN)


def test_full_bridge_lines_up_shoulder_hip_and_knee() -> None:
    person = lying(FULL_LIFT)

    bend = person.shoulder.heading(person.hip) - person.hip.heading(person.knee(person.near))

    assert abs(bend) < 2


def test_rising_on_tiptoe_lifts_the_ankle_and_moves_it_over_the_ball() -> None:
    flat, raised = flat_foot(60, 303), tiptoe_foot(60, 303, 40)

    assert raised.ankle.y < flat.ankle.y - 8
    assert raised.ankle.x > flat.ankle.x


def test_placed_turns_clockwise_scales_and_moves() -> None:
    assert placed("M10 0 L0 10", Point(100, 50), turn=90, size=2) == "M100 70 L80 50"


def test_number_has_no_idle_zeros_or_negative_zero() -> None:
    assert [number(value) for value in (3.0, 2.25, -0.01)] == ["3", "2.2", "0"]


def test_round_arrow_over_more_than_half_a_turn_takes_the_long_arc() -> None:
    assert "A30 17 0 1 1" in round_arrow(Point(0, 0), (30, 17), 0, 300)
    assert "A30 17 0 0 1" in round_arrow(Point(0, 0), (30, 17), 0, 90)
