"""Short foot: the foot from its inner side, toes to the left."""

from figures.bodies import inner_foot, seated_lower_leg
from figures.exercises.movement import Fault, Movement, between
from figures.kit import (
    Point,
    Shape,
    View,
    arrow,
    capsule,
    cropped,
    floor,
    placed,
    solid,
    straight_arrow,
    stroke,
    widened,
)

RELAXED, LIFTED = 6.0, 27.0  # gap under the arch
SHORTENED = 15.0  # how far the ball is drawn towards the heel
SITTING_VIEW, STANDING_VIEW, ONE_LEG_VIEW = (
    View(0, -4, 150, 152),
    View(0, -16, 164, 108),
    View(0, -92, 276, 184),
)
HEEL = Point(150, 86)


def _sitting(share: float) -> str:
    leg = seated_lower_leg(between(RELAXED, LIFTED, share), SHORTENED * share)
    way = straight_arrow(Point(4, 106), Point(30, 106)) if share == 1 else ""
    return cropped(leg, SITTING_VIEW) + way + floor(2, 148, 145)


def _foot(share: float) -> tuple[str, str]:
    """The standing foot, and what is drawn over it; lifted, a dashed line shows where the toes were before."""
    foot, marks = inner_foot(HEEL, between(RELAXED, LIFTED, share), shortened=SHORTENED * share)
    before = stroke(inner_foot(HEEL, RELAXED)[0].path, "path") if share == 1 else ""
    way = straight_arrow(Point(8, 44), Point(40, 44)) if share == 1 else ""
    return before + solid(foot), marks + way


def _standing(share: float) -> str:
    foot, marks = _foot(share)
    return cropped(foot, STANDING_VIEW) + marks + floor(2, 162, 89)


def _one_leg(share: float) -> str:
    """The other foot hangs behind the standing one."""
    foot, marks = _foot(share)
    ankle, turn = Point(200, -52), -62
    sole = widened("M-8 -3 C-14 4 -15 15 -8 15 L22 15 C35 15 37 6 28 5 C18 4 11 0 8 -6 Z", -1)
    lifted = solid(
        Shape(capsule(Point(112, -170), 38, ankle, 21), "skin"),
        Shape(placed(sole, ankle, turn=turn, size=2.7), "skin"),
    )
    return cropped(foot + marks + lifted, ONE_LEG_VIEW) + floor(2, 274, 89)


# --- what goes wrong -----------------------------------------------------------------------------------------


def _toes_curl() -> str:
    """The toes grip the floor; the arch stays low."""
    foot, marks = inner_foot(HEEL, RELAXED, shortened=26)
    knuckle = Point(46, 61)
    toes = (
        Shape(capsule(Point(76, 66), 14, knuckle, 11), "skin"),
        Shape(capsule(knuckle, 11, Point(36, 77), 8.5), "skin"),
    )
    curl = arrow(Point(26, 30), Point(6, 40), Point(12, 66), "arrow bad")
    ankle = marks.replace(marks[marks.rindex("M") :], '"/>')  # the nail is out of sight
    return cropped(solid(foot, *toes), STANDING_VIEW) + ankle + curl + floor(2, 162, 89)


MOVEMENTS = (
    Movement("short_foot-sitting", SITTING_VIEW, _sitting, "c"),
    Movement("short_foot-standing", STANDING_VIEW, _standing, "c"),
    Movement("short_foot-on_one_leg", ONE_LEG_VIEW, _one_leg, "c"),
)
FAULTS = (Fault("short_foot-toes_curl", STANDING_VIEW, _toes_curl, "c"),)
