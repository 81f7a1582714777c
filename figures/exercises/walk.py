"""Banded walk: from the front, one step to the left of the picture; the right foot stays where it is."""

from functools import partial

from figures.bodies import Arm, Front, FrontLeg, hand_on_hip, wall
from figures.exercises.movement import Fault, Movement, between
from figures.kit import Point, View, band, floor, straight_arrow

SOLES = 303.0
VIEW = View(-14, 10, 222, 296)
HALF_SQUAT, UPRIGHT = 24.0, 5.0  # units by which the hips are lowered
STEP = 52.0


def _walk(
    share: float, *, squat: float = HALF_SQUAT, place: str = "", thick: bool = False, look: float = 0
) -> str:
    """`share` of one step.

    place  of the band: "knees", "ankles" or "forefeet"; without one, a hand is at a wall
    look   of the kneecaps, as in FrontLeg
    """
    pelvis = Point(between(120, 94, share), 152 + squat)
    left_foot = Point(102 - STEP * share, SOLES - 21)
    right_foot = Point(138, SOLES - 21)
    left = _leg(pelvis, left_foot, squat, look)
    right = _leg(pelvis, right_foot.opposite(pelvis.x), squat, look)
    right_arm = hand_on_hip(pelvis, left=False)
    if not place:
        shoulder, hand = pelvis.shifted(33, -68), Point(190, pelvis.y - 60)
        right_arm = Arm(shoulder, shoulder.towards(hand, 0.52).shifted(0, between(22, 6, share)), hand)
    person = Front(pelvis, left, right, (hand_on_hip(pelvis, left=True), right_arm), shorts=0.46)
    return (
        (
            _band(place, left, right.opposite(pelvis.x), thick=thick, behind=True)
            if place
            else wall(200, 30, SOLES)
        )
        + person.legs()
        + (_band(place, left, right.opposite(pelvis.x), thick=thick) if place else "")
        + person.trunk_and_arms()
        + (straight_arrow(Point(26, 290), Point(-8, 290)) if share == 1 and not look else "")
        + floor(12, 204, SOLES + 1.5)
    )


def _leg(pelvis: Point, ankle: Point, squat: float, look: float) -> FrontLeg:
    """In a squat the knee comes forward, so the thigh looks shorter; it stays over the foot unless it falls in."""
    hip = pelvis.shifted(-16, 0)
    knee = Point(hip.x + (ankle.x - hip.x) * (0.55 + squat * 0.012) + 17 * look, 222 + squat * 0.35)
    return FrontLeg(hip, knee, ankle, look, turn=4)


def _band(place: str, left: FrontLeg, right: FrontLeg, *, thick: bool, behind: bool = False) -> str:
    """The loop round both legs, from outer edge to outer edge."""
    if place == "knees":
        ends = (
            left.hip.towards(left.knee, 0.78).shifted(-12, 0),
            right.hip.towards(right.knee, 0.78).shifted(12, 0),
        )
    elif place == "ankles":
        ends = (
            left.knee.towards(left.ankle, 0.86).shifted(-8, 0),
            right.knee.towards(right.ankle, 0.86).shifted(8, 0),
        )
    else:
        ends = left.ankle.shifted(-15, 9), right.ankle.shifted(15, 9)
    return band(*ends, behind=behind, thick=thick)


def _knees_fall_in() -> str:
    left = straight_arrow(Point(16, 232), Point(44, 232), "arrow bad")
    right = straight_arrow(Point(172, 232), Point(144, 232), "arrow bad")
    return _walk(1, place="knees", look=1) + left + right


MOVEMENTS = (
    Movement("banded_walk-no_band", VIEW, _walk),
    Movement("banded_walk-band_at_knees_upright", VIEW, partial(_walk, squat=UPRIGHT, place="knees")),
    Movement("banded_walk-band_at_knees", VIEW, partial(_walk, place="knees")),
    Movement("banded_walk-band_at_ankles", VIEW, partial(_walk, place="ankles")),
    Movement("banded_walk-heavy_band_at_ankles", VIEW, partial(_walk, place="ankles", thick=True)),
    Movement("banded_walk-band_round_forefeet", VIEW, partial(_walk, place="forefeet")),
)
FAULTS = (Fault("banded_walk-knees_in", VIEW, _knees_fall_in, Point(30, 60)),)
