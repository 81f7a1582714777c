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
)

RELAXED, LIFTED = 5.0, 15.0  # gap under the arch
SHORTENED = 12.0  # how far the ball is drawn towards the heel
SITTING_VIEW, STANDING_VIEW, ONE_LEG_VIEW = (
    View(0, -4, 150, 152),
    View(0, -16, 164, 108),
    View(0, -92, 276, 184),
)
HEEL = Point(150, 86)


def _sitting(share: float) -> str:
    leg = seated_lower_leg(between(RELAXED, LIFTED, share), SHORTENED * share)
    shorter, higher = (Point(2, 116), Point(26, 116)), (Point(67, 135), Point(67, 116))
    way = straight_arrow(*shorter) + straight_arrow(*higher) if share == 1 else ""
    return cropped(leg, SITTING_VIEW) + way + floor(2, 148, 145)


def _foot(share: float) -> tuple[str, str]:
    """The standing foot, and what is drawn over it; lifted, a dashed line shows where the toes were before."""
    foot, marks = inner_foot(HEEL, between(RELAXED, LIFTED, share), shortened=SHORTENED * share)
    before = stroke(inner_foot(HEEL, RELAXED)[0].path, "path") if share == 1 else ""
    shorter, higher = (Point(8, 52), Point(34, 52)), (Point(94, 76), Point(94, 48))
    way = straight_arrow(*shorter) + straight_arrow(*higher) if share == 1 else ""
    return before + solid(foot), marks + way


def _standing(share: float) -> str:
    foot, marks = _foot(share)
    return cropped(foot, STANDING_VIEW) + marks + floor(2, 162, 89)


def _one_leg(share: float) -> str:
    """The other foot hangs behind the standing one."""
    foot, marks = _foot(share)
    leg, _ = inner_foot(Point(0, 0), RELAXED, shin=120)
    lifted = solid(Shape(placed(leg.path, Point(232, -62), turn=-52, size=0.8), "skin"))
    return cropped(foot + marks + lifted, ONE_LEG_VIEW) + floor(2, 274, 89)


# --- what goes wrong -----------------------------------------------------------------------------------------


def _toes_curl() -> str:
    """The toes grip the floor; the arch stays low."""
    foot = Shape(
        placed(
            "M-20 -200 L-22 -52 C-20 -44 1 -38 1 -16 C1 -4 -4 0 -12 0 L-27 0 C-38 0 -41 -4 -62 -4"
            " C-76 -4 -80 0 -90 0 C-104 0 -112 -10 -108 -20 C-104 -28 -94 -33 -84 -36 C-72 -44 -60 -56 -57 -70 L-56 -200 Z",
            HEEL,
        ),
        "skin",
    )
    toes = [
        solid(
            Shape(capsule(root, 10, root.shifted(-22, -13), 9), "skin"),
            Shape(capsule(root.shifted(-22, -13), 9, root.shifted(-31, 12), 6), "skin"),
        )
        for root in (Point(56, 66), Point(52, 72))
    ]
    ankle = stroke(placed("M-46 -50 C-46 -58 -34 -58 -34 -50", HEEL), "line thin")
    curl = arrow(Point(36, 28), Point(10, 34), Point(14, 66), "arrow bad")
    return cropped(toes[0] + solid(foot) + toes[1] + ankle, STANDING_VIEW) + curl + floor(2, 162, 89)


MOVEMENTS = (
    Movement("short_foot-sitting", SITTING_VIEW, _sitting, "c"),
    Movement("short_foot-standing", STANDING_VIEW, _standing, "c"),
    Movement("short_foot-on_one_leg", ONE_LEG_VIEW, _one_leg, "c"),
)
FAULTS = (Fault("short_foot-toes_curl", STANDING_VIEW, _toes_curl, Point(30, 4), "c"),)
