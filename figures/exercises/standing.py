"""Standing at a support, or sitting on a chair: hip circles, heel raises and knee lifts."""

import math
from functools import partial

from figures.bodies import (
    FULLER,
    SHIN,
    THIGH,
    Arm,
    Foot,
    Front,
    FrontLeg,
    Side,
    chair_from_side,
    flat_foot,
    hand_on_hip,
    tiptoe_foot,
    wall,
)
from figures.exercises.movement import Fault, Movement, between
from figures.kit import (
    Point,
    View,
    band,
    cropped,
    floor,
    mirrored,
    round_arrow,
    straight_arrow,
)

SOLES = 303.0

# --- hip circle: from the front, the leg on the left works -------------------------------------------------

CIRCLE_VIEW = View(-22, 2, 240, 304)
PELVIS = Point(100, 152)
STANDING = FrontLeg(Point(84, 152), Point(80, 222), Point(79, SOLES - 21), turn=4)
CHAIR_BESIDE = chair_from_side(168, 228, SOLES, back_y=152, depth=46)

CHAIR_NEARBY = chair_from_side(174, 228, SOLES, back_y=152, depth=40)


def _circling(share: float, wide: float) -> FrontLeg:
    """The working leg: at 0 on the floor, else `share` of a turn, `wide` degrees of swing to each side."""
    if not share:
        return FrontLeg(Point(84, 152), Point(78, 222), Point(76, SOLES - 21), turn=4)
    turn = 2 * math.pi * share
    heading = 98 + 1.4 * wide + wide * math.cos(turn)
    length = 1 - 0.04 * math.sin(turn)  # forward, towards us, the leg looks shorter
    hip = Point(84, 152)
    knee = hip.onward(THIGH * length, heading)
    return FrontLeg(hip, knee, knee.onward((SHIN - 2) * length, heading), lifted=True)


def _circle(
    share: float, *, right_arm: Arm | None = None, beside: str = "", wide: float = 8, banded: bool = False
) -> str:
    """`beside` is the chair or wall; without an arm that rests on it, both hands are on the hips."""
    left = _circling(share, wide)
    arms = hand_on_hip(PELVIS, left=True), right_arm or hand_on_hip(PELVIS, left=False)
    person = Front(PELVIS, left, STANDING, arms, bun=True, build=FULLER)
    ends = (
        left.knee.towards(left.ankle, 0.88).shifted(-8, 0),
        STANDING.ankle.opposite(PELVIS.x).shifted(9, -7),
    )
    ring = ""
    if share == 1:  # on the way of the foot
        reach = math.radians(wide) * (THIGH + SHIN)
        ring = round_arrow(left.ankle.shifted(reach, 10), (reach + 18, 19), 50, 335, turn=-wide)
    return (
        beside
        + (band(*ends, behind=True) if banded else "")
        + person.legs()
        + (band(*ends) if banded else "")
        + person.trunk_and_arms()
        + ring
        + floor(-20, 216, SOLES + 1.5)
    )


SITTING_CIRCLE_VIEW = View(-14, 8, 204, 228)


def _circle_sitting(share: float) -> str:
    """From the side, well back on a chair: the near foot, a little off the floor, goes round from the hip.

    Drawn facing right and mirrored, so that the left leg is the near one.
    """
    floor_y = 233.0
    hip = Point(56, 147)
    turn = 2 * math.pi * share
    knee = hip.onward(THIGH * (1 - 0.03 * math.cos(turn)), -2 + 4 * math.sin(turn))
    lifted = Foot(knee.onward(SHIN - 2, 62 + 4 * math.sin(turn)), pitch=-12)
    person = Side(
        hip=hip, lean=0, near=lifted if share else flat_foot(118, floor_y), far=flat_foot(124, floor_y),
        near_hand=Point(68, 150), bun=True, build=FULLER,
    )  # fmt: skip
    way = round_arrow(lifted.ankle.shifted(8, 6), (32, 18), 50, 335) if share == 1 else ""
    chair = chair_from_side(26, 170, floor_y, back_y=84, depth=64)
    return mirrored(chair + person.drawn() + way, 96) + floor(-10, 186, floor_y + 1.5)


SHOULDER = Point(133, 84)
HAND_ON_CHAIR = Arm(SHOULDER, Point(152, 118), Point(166, 147))
FINGERS_ON_WALL = Arm(SHOULDER, Point(158, 116), Point(179, 84))


def _circle_two_hands(share: float) -> str:
    """From the side: both hands on the back of a chair; the near leg, straight, goes round on its foot.

    Drawn facing right and mirrored, so that the left leg is the near one.
    """
    hip = Point(114, 158)
    turn = 2 * math.pi * share
    heading = 112 + 9 * math.cos(turn)
    reach = (THIGH + SHIN - 5) * (1 - 0.03 * math.sin(turn))
    near = Foot(hip.onward(reach, heading), pitch=30) if share else flat_foot(110, SOLES)
    person = Side(
        hip=hip, lean=4, near=near, far=flat_foot(116, SOLES), near_hand=Point(165, 144),
        far_hand=Point(172, 142), bun=True, build=FULLER,
    )  # fmt: skip
    chair = chair_from_side(168, 222, SOLES, back_y=150, depth=34)
    way = round_arrow(near.ankle.shifted(18, 10), (38, 17), 50, 335) if share == 1 else ""
    return mirrored(chair + person.drawn() + way, 92) + floor(-20, 216, SOLES + 1.5)


def _pelvis_tips() -> str:
    """Trunk and pelvis lean away from the working leg, which goes too wide."""
    lean = 16
    left_arm = Arm(
        *(PELVIS.shifted(*joint.turned(lean)) for joint in hand_on_hip(Point(0, 0), left=True).joints)
    )
    right_arm = Arm(Point(150, 94), Point(166, 124), Point(168, 150))
    person = Front(
        PELVIS, _circling(1, 9), STANDING, (left_arm, right_arm), bun=True, build=FULLER, lean=lean
    )
    sway = straight_arrow(Point(46, 58), Point(78, 62), "arrow bad")
    return CHAIR_BESIDE + person.drawn() + sway + floor(-20, 216, SOLES + 1.5)


# --- heel raise: hips to feet from the side, the near leg works ----------------------------------------------

HEEL_RAISE_VIEW = View(18, 118, 172, 188)
HIGH = 42.0  # degrees the heel is raised
LIFTED_BACK = Foot(Point(40, 226), pitch=78)


def _heel_raise(near: Foot, far: Foot, hip: Point, way: str = "") -> str:
    person = Side(
        hip=hip, lean=4, near=near, far=far,
        near_hand=Point(136, 149), near_elbow=Point(100, hip.y - 32),
        far_hand=Point(146, 148), far_elbow=Point(106, hip.y - 38),
    )  # fmt: skip
    chair = chair_from_side(142, 222, SOLES, back_y=152, depth=34)
    return cropped(chair + person.drawn(), HEEL_RAISE_VIEW) + way + floor(20, 188, SOLES + 1.5)


def _two_legs(share: float) -> str:
    rise = HIGH * share
    up = straight_arrow(Point(34, 296), Point(34, 262)) if share == 1 else ""
    hip = Point(72, between(158, 146, share))
    return _heel_raise(tiptoe_foot(62, SOLES, rise), tiptoe_foot(82, SOLES, rise), hip, up)


def _down_on_one(share: float) -> str:
    """From both tiptoes down on the near foot."""
    near = tiptoe_foot(between(62, 66, share), SOLES, HIGH * (1 - share))
    raised = tiptoe_foot(82, SOLES, HIGH)
    far = Foot(raised.ankle.towards(LIFTED_BACK.ankle, share), between(HIGH, 78, share), HIGH * (1 - share))
    hip = Point(72, between(146, 157, share))
    way = straight_arrow(Point(118, 264), Point(118, 298)) if share == 1 else ""
    return _heel_raise(near, far, hip, way)


def _one_leg(share: float) -> str:
    up = straight_arrow(Point(118, 298), Point(118, 264)) if share == 1 else ""
    hip = Point(72, between(158, 146, share))
    far = Foot(LIFTED_BACK.ankle.shifted(0, hip.y - 150), LIFTED_BACK.pitch)
    return _heel_raise(tiptoe_foot(64, SOLES, HIGH * share), far, hip, up)


# --- knee lift: from the side, the near leg works ------------------------------------------------------------

MARCH_VIEW, SITTING_VIEW = View(28, 14, 156, 292), View(16, 8, 176, 228)


def _knee_lift(
    share: float, *, lean: float = 2, wall_at: float = 172, banded: bool = False, way: str = ""
) -> str:
    hip = Point(84, 158)
    standing = flat_foot(82, SOLES)
    knee = hip.onward(THIGH, between(88, 6, share))
    lifted = Foot(knee.onward(SHIN, between(97, 116, share)), pitch=20 * share)
    near = lifted if share else flat_foot(88, SOLES)
    person = Side(
        hip=hip, lean=lean, near=near, far=standing,
        far_hand=Point(wall_at - 9, 100), near_hand=Point(93, 160), build=FULLER,
    )  # fmt: skip
    ends = near.ankle.shifted(20, 0), standing.ankle.shifted(14, 13)
    loop = (band(*ends, behind=True, depth=8), band(*ends, depth=8)) if banded else ("", "")
    up = way or (straight_arrow(Point(138, 292), Point(138, 256)) if share == 1 else "")
    return (
        wall(wall_at, 16, SOLES)
        + loop[0]
        + person.far_side()
        + person.near_leg()
        + loop[1]
        + person.trunk()
        + person.near_arm()
        + up
        + floor(30, 180, SOLES + 1.5)
    )


def _knee_lift_sitting(share: float) -> str:
    floor_y = 233.0
    hip = Point(64, 147)
    knee = hip.onward(THIGH, between(19, -26, share))
    lifted = Foot(knee.onward(SHIN, between(92, 88, share)), pitch=8)
    near = lifted if share else flat_foot(128, floor_y)
    person = Side(
        hip=hip, lean=0, near=near, far=flat_foot(132, floor_y), near_hand=Point(84, 146), build=FULLER
    )  # fmt: skip
    up = straight_arrow(Point(178, 222), Point(178, 186)) if share == 1 else ""
    chair = chair_from_side(34, 170, floor_y, back_y=84, depth=64)
    return chair + person.drawn() + up + floor(20, 186, floor_y + 1.5)


def _body_leans_back() -> str:
    back = straight_arrow(Point(44, 88), Point(12, 93), "arrow bad")
    return _knee_lift(1, lean=-12, wall_at=154, way=back)


MOVEMENTS = (
    Movement("hip_circle-lying_or_sitting", SITTING_CIRCLE_VIEW, _circle_sitting, "b", round=True),
    Movement("hip_circle-two_hands", CIRCLE_VIEW, _circle_two_hands, "b", round=True),
    Movement(
        "hip_circle-one_hand",
        CIRCLE_VIEW,
        partial(_circle, right_arm=HAND_ON_CHAIR, beside=CHAIR_BESIDE),
        "b",
        round=True,
    ),
    Movement(
        "hip_circle-fingertips",
        CIRCLE_VIEW,
        partial(_circle, right_arm=FINGERS_ON_WALL, beside=wall(186, 8, SOLES), wide=11),
        "b",
        round=True,
    ),
    Movement(
        "hip_circle-no_support", CIRCLE_VIEW, partial(_circle, beside=CHAIR_NEARBY, wide=13), "b", round=True
    ),
    Movement(
        "hip_circle-no_support_band",
        CIRCLE_VIEW,
        partial(_circle, beside=CHAIR_NEARBY, wide=10, banded=True),
        "b",
        round=True,
    ),
    Movement("heel_raise-two_legs", HEEL_RAISE_VIEW, _two_legs),
    Movement("heel_raise-up_two_down_one", HEEL_RAISE_VIEW, _down_on_one),
    Movement("heel_raise-one_leg", HEEL_RAISE_VIEW, _one_leg),
    Movement("march-sitting", SITTING_VIEW, _knee_lift_sitting, "c"),
    Movement("march-standing", MARCH_VIEW, _knee_lift, "c"),
    Movement("march-standing_with_band", MARCH_VIEW, partial(_knee_lift, banded=True), "c"),
)
FAULTS = (
    Fault("hip_circle-pelvis_tips", CIRCLE_VIEW, _pelvis_tips, Point(176, 40), "b"),
    Fault("march-body_leans_back", View(0, 14, 172, 292), _body_leans_back, Point(24, 120), "c"),
)
