"""Side-lying leg lift: from the front and a little above, head to the left, the top leg works."""

from dataclasses import replace

from figures.bodies import FRONT_TRUNK, SHIN, THIGH, Arm, FrontLeg, face
from figures.exercises.movement import Fault, Movement, between
from figures.kit import (
    Point,
    Shape,
    View,
    arrow,
    band,
    capsule,
    middle_joint,
    placed,
    round_arrow,
    rug,
    solid,
)

MAT = 160.0  # y of the underside of the person
VIEW = View(2, 44, 334, 138)
HIP = Point(166, MAT - 32)  # the middle between the hip joints
LOWERED, LIFTED = -14.0, 35.0  # degrees of the top leg above level


RUG = rug(Point(26, 146), Point(326, 146), Point(332, 178), Point(6, 178))
ON_MAT = Arm(Point(100, 147), Point(62, 152), Point(26, 153))
IN_FRONT = Arm(Point(98, 100), Point(122, 128), Point(102, 150))


def _person(
    legs: tuple[FrontLeg, FrontLeg],
    arms: tuple[Arm, Arm] = (ON_MAT, IN_FRONT),
    *,
    pelvis: Point = HIP,
    tilt: float = 0,
    behind: str = "",
) -> str:
    """The legs and arms, the top one first of the legs and last of the arms; `tilt` lowers the head end, in degrees."""
    top, bottom = legs
    up = pelvis.onward(118, 180 + tilt)
    neck = Shape(capsule(up, 8, pelvis.onward(78, 180 + tilt), 9), "skin")
    return (
        RUG
        + behind
        + arms[0].drawn()
        + bottom.drawn()
        + solid(bottom.shorts())
        + top.drawn()
        + solid(neck)
        + solid(top.shorts(), Shape(placed(FRONT_TRUNK, pelvis, turn=tilt - 90), "cloth"))
        + face(up, turn=tilt - 90)
        + arms[1].drawn()
    )


TOP_HIP, BOTTOM_HIP = HIP.shifted(0, -16), HIP.shifted(0, 16)
BENT = FrontLeg(BOTTOM_HIP, Point(216, 164), Point(266, 158), lifted=True)
NEARLY_STRAIGHT = FrontLeg(BOTTOM_HIP, Point(234, 148), Point(292, 150), lifted=True)


def _way_up(share: float) -> str:
    return arrow(Point(300, 140), Point(314, 118), Point(308, 92)) if share == 1 else ""


def _top_leg(share: float) -> FrontLeg:
    """The top leg straight, `share` of the way up."""
    lift = between(LOWERED, LIFTED, share)
    knee = TOP_HIP.onward(THIGH, -lift)
    return FrontLeg(TOP_HIP, knee, knee.onward(SHIN, -lift), lifted=True)


def _straight_leg(share: float) -> str:
    return _person((_top_leg(share), BENT)) + _way_up(share)


def _with_weight(share: float) -> str:
    """A cuff round the ankle of the top leg."""
    top = _top_leg(share)
    across = top.knee.heading(top.ankle) + 90
    at = top.knee.towards(top.ankle, 0.84)
    cuff = solid(Shape(capsule(at.onward(9, across), 8, at.onward(9, across + 180), 8), "bag"))
    return _person((top, BENT)) + cuff + _way_up(share)


def _with_band(share: float) -> str:
    """A band round both ankles, the bottom leg a little more straight."""
    top, bottom = _top_leg(share), NEARLY_STRAIGHT
    upper = top.knee.towards(top.ankle, 0.9).onward(8, top.knee.heading(top.ankle) - 90)
    lower = bottom.knee.towards(bottom.ankle, 0.86).shifted(0, 9)
    loop = band(upper, lower, behind=True, depth=7), band(upper, lower, depth=7)
    way = arrow(Point(312, 132), Point(326, 112), Point(322, 86)) if share == 1 else ""
    return _person((top, bottom), behind=loop[0]) + loop[1] + way


def _rolled_forward(share: float) -> str:
    """The whole body tipped towards us: the top hip and shoulder come forward and down, the leg goes a little back."""
    pelvis = HIP.shifted(0, 5)
    top_hip = pelvis.shifted(0, -14)
    lift = between(-9, LIFTED - 3, share)
    knee = top_hip.onward(THIGH, -lift)
    top = FrontLeg(top_hip, knee, knee.onward(SHIN, -lift), lifted=True)
    arms = ON_MAT, Arm(Point(98, 112), Point(128, 140), Point(110, 158))
    roll = arrow(Point(120, 92), Point(146, 66), Point(150, 122)) if share == 0 else ""
    return _person((top, BENT), arms, pelvis=pelvis) + roll + _way_up(share)


def _clam(share: float) -> str:
    """Knees bent towards us, feet together; opened, the top knee points to the ceiling."""
    top_ankle = Point(260, 150)
    open_knee = middle_joint(TOP_HIP, top_ankle, THIGH, SHIN, clockwise=True)
    top = FrontLeg(TOP_HIP, Point(216, 148).towards(open_knee, share), top_ankle, lifted=True)
    bottom = FrontLeg(BOTTOM_HIP, Point(212, 168), Point(258, 164), lifted=True)
    way = arrow(Point(268, 122), Point(280, 96), Point(262, 72)) if share == 1 else ""
    return _person((top, bottom)) + way


def _side_bridge(share: float) -> str:
    """On forearm and bent knee; the hips are up, then the top leg rises."""
    elbow = Point(92, MAT - 7)
    shoulder = elbow.shifted(4, -47)
    pelvis = shoulder.shifted(68, 8)
    tilt = pelvis.heading(shoulder.shifted(0, -14)) - 180
    along = tilt + 90
    top_hip, bottom_hip = pelvis.onward(15, along + 180), pelvis.onward(15, along)
    knee_down = Point(226, MAT - 12)
    bottom = FrontLeg(bottom_hip, knee_down, knee_down.shifted(34, 4), lifted=True)
    lift = between(-14, 24, share)
    knee = top_hip.onward(THIGH, -lift)
    top = FrontLeg(top_hip, knee, knee.onward(SHIN, -lift), lifted=True)
    arms = (
        Arm(shoulder, elbow, Point(60, MAT - 6)),
        Arm(shoulder.shifted(4, -34), Point(134, 70), Point(158, 92)),
    )
    return _person((top, bottom), arms, pelvis=pelvis, tilt=tilt) + (
        arrow(Point(308, 132), Point(322, 110), Point(314, 84)) if share == 1 else ""
    )


# --- what goes wrong -----------------------------------------------------------------------------------------


def _toes_up() -> str:
    """The leg turned out: the toes point to the ceiling."""
    leg = replace(_top_leg(1), turned_out=True)
    shin = leg.knee.towards(leg.ankle, 0.45)
    roll = round_arrow(shin, (13, 36), 60, 250, turn=-LIFTED, paint="arrow bad")
    return _person((leg, BENT)) + roll


MOVEMENTS = (
    Movement("side_lying_abduction-clam", VIEW, _clam, "b"),
    Movement("side_lying_abduction-straight_leg", VIEW, _straight_leg, "b"),
    Movement("side_lying_abduction-rolled_forward", VIEW, _rolled_forward, "b"),
    Movement("side_lying_abduction-ankle_weight", VIEW, _with_weight, "b"),
    Movement("side_lying_abduction-band_at_ankles", VIEW, _with_band, "b"),
    Movement("side_lying_abduction-side_bridge_on_knees", VIEW, _side_bridge, "b"),
)
FAULTS = (Fault("side_lying_abduction-toes_up", VIEW, _toes_up, Point(40, 66), "b"),)
