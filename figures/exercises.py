"""Pictures of the exercises: start and end of each movement, one working side.

Nothing is drawn outside the view. Arrows stand on the end picture and show the way there.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from figures.bodies import (
    FRONT_TRUNK,
    SHIN,
    THIGH,
    TRUNK,
    Arm,
    Foot,
    Front,
    FrontLeg,
    Side,
    chair_from_side,
    face,
    flat_foot,
    hand_on_hip,
    inner_foot,
    seated_lower_leg,
    tiptoe_foot,
    wall,
)
from figures.kit import (
    Point,
    Shape,
    View,
    arrow,
    band,
    capsule,
    cropped,
    floor,
    mat,
    middle_joint,
    placed,
    round_arrow,
    solid,
    straight,
    straight_arrow,
    stroke,
    svg,
)

SOLES = 303.0  # y of the soles of a standing person
LYING = 160.0  # y of the underside of a lying person


class Movement(NamedTuple):
    """One rung of an exercise: how its start and its end are drawn, and who does it."""

    name: str
    view: View
    person: str
    start: Callable[[], str]
    end: Callable[[], str]


def pictures() -> Iterator[tuple[str, str]]:
    """Every exercise picture by its name."""
    for movement in MOVEMENTS:
        yield f"{movement.name}-start", svg(movement.view, [movement.start()], movement.person)
        yield f"{movement.name}-end", svg(movement.view, [movement.end()], movement.person)


# --- banded walk: from the front, one step to the left ---------------------------------------------------


def _walk(*, stepped: bool, squat: float, with_band: bool) -> str:
    """Feet hip-width apart, or after the left foot has stepped out; the right foot stays where it is.

    squat      units by which the hips are lowered
    with_band  round the thighs; without, one hand is at a wall
    """
    pelvis = Point(94 if stepped else 120, 152 + squat)
    left = _walking_leg(pelvis, Point(50 if stepped else 102, SOLES - 21), squat)
    right_foot = Point(138, SOLES - 21)
    right = _walking_leg(pelvis, right_foot.opposite(pelvis.x), squat)
    right_arm = hand_on_hip(pelvis, left=False)
    if not with_band:
        shoulder, hand = pelvis.shifted(33, -68), Point(190, pelvis.y - 60)
        right_arm = Arm(shoulder, shoulder.towards(hand, 0.52).shifted(0, 6 if stepped else 22), hand)
    person = Front(pelvis, left, right, (hand_on_hip(pelvis, left=True), right_arm), shorts=0.46)
    return (
        ("" if with_band else wall(200, 30, SOLES))
        + person.legs()
        + (_band_above_knees(left, right.opposite(pelvis.x)) if with_band else "")
        + person.trunk_and_arms()
        + (straight_arrow(Point(58, 258), Point(22, 258)) if stepped else "")
        + floor(12, 204, SOLES + 1.5)
    )


def _walking_leg(pelvis: Point, ankle: Point, squat: float) -> FrontLeg:
    """In a squat the knee comes forward, so the thigh looks shorter; it stays over the foot."""
    hip = pelvis.shifted(-16, 0)
    knee = Point(hip.x + (ankle.x - hip.x) * (0.55 + squat * 0.012), 222 + squat * 0.35)
    return FrontLeg(hip, knee, ankle, turn=4)


def _band_above_knees(left: FrontLeg, right: FrontLeg) -> str:
    return band(
        left.hip.towards(left.knee, 0.72).shifted(-12, 0), right.hip.towards(right.knee, 0.72).shifted(12, 0)
    )


# --- side-lying: from the front, head to the left, the top leg works -------------------------------------


def _side_lying(top: FrontLeg, bottom: FrontLeg) -> str:
    pelvis = Point(166, LYING - 32)
    lower_arm = Arm(Point(100, 147), Point(62, 152), Point(26, 153))
    neck = Shape(capsule(pelvis.shifted(-118, 2), 8, pelvis.shifted(-78, 0), 9), "skin")
    return (
        mat(8, 322, LYING + 2)
        + lower_arm.drawn()
        + bottom.drawn()
        + solid(bottom.shorts())
        + top.drawn()
        + solid(neck)
        + solid(top.shorts(), Shape(placed(FRONT_TRUNK, pelvis, turn=-90), "cloth"))
        + face(pelvis.shifted(-118, 2), turn=-90)
        + Arm(Point(98, 100), Point(122, 128), Point(102, 150)).drawn()
    )


TOP_HIP, BOTTOM_HIP = Point(166, LYING - 48), Point(166, LYING - 16)


def _straight_leg(lift: float) -> str:
    """The top leg straight and `lift` degrees above level, the bottom leg bent towards us."""
    knee = TOP_HIP.onward(THIGH, -lift)
    top = FrontLeg(TOP_HIP, knee, knee.onward(SHIN, -lift), lifted=True)
    bottom = FrontLeg(BOTTOM_HIP, Point(208, 149), Point(240, 152), lifted=True)
    way = arrow(Point(300, 140), Point(314, 118), Point(308, 92)) if lift > 0 else ""
    return _side_lying(top, bottom) + way


def _clam(*, opened: bool) -> str:
    """Knees bent towards us, feet together; opened, the top knee points to the ceiling."""
    top_ankle = Point(254, 140)
    knee = middle_joint(TOP_HIP, top_ankle, THIGH, SHIN, clockwise=True) if opened else Point(218, 136)
    top = FrontLeg(TOP_HIP, knee, top_ankle, lifted=True)
    bottom = FrontLeg(BOTTOM_HIP, Point(216, 156), Point(252, 153), lifted=True)
    way = arrow(Point(262, 112), Point(272, 86), Point(254, 64)) if opened else ""
    return _side_lying(top, bottom) + way


# --- on the back: from the side, head to the left --------------------------------------------------------

FULL_LIFT = 35.0  # shoulder, hip and knee in one line
HEEL_ON_MAT = flat_foot(234, LYING)


def on_back(lift: float, lifted_foot: Foot | None = None) -> Side:
    """Knees bent, the hips `lift` above the mat, both feet down or the near one lifted."""
    shoulder = Point(88, LYING - 14)
    hip = shoulder.onward(TRUNK, -math.degrees(math.asin((lift - 3) / TRUNK)))
    return Side(
        hip=hip,
        lean=hip.heading(shoulder) + 90,
        neck=-84,
        gaze=-88,
        near=lifted_foot or HEEL_ON_MAT,
        far=HEEL_ON_MAT if lifted_foot else None,
        near_hand=Point(168, LYING - 6),
        near_elbow=Point(128, LYING - 7),
    )


def _bridge(lift: float) -> str:
    up = straight_arrow(Point(192, LYING - 8), Point(192, LYING - 12 - lift * 0.55)) if lift else ""
    return mat(8, 312, LYING + 2) + on_back(lift).drawn() + up


def _circle_lying(*, circling: bool) -> str:
    if not circling:
        return mat(8, 312, LYING + 2) + on_back(0, HEEL_ON_MAT).drawn()
    hip = on_back(0).hip
    knee = hip.onward(THIGH, -82)
    person = on_back(0, Foot(knee.onward(SHIN, 14), pitch=-52))
    return mat(8, 312, LYING + 2) + person.drawn() + round_arrow(knee.shifted(2, -8), (30, 17), -60, 300)


# --- deadlift: from the side -----------------------------------------------------------------------------

UPRIGHT = Side(
    hip=Point(90, 158),
    lean=3,
    near=flat_foot(88, SOLES),
    near_hand=Point(104, 161),
    far_hand=Point(112, 159),
)
HINGED = Side(
    hip=Point(60, 174),
    lean=58,
    neck=48,
    gaze=36,
    near=flat_foot(88, SOLES),
    near_hand=Point(122, 214),
    far_hand=Point(130, 213),
)
WALL_BEHIND = 38.0


def _stick_hinge(person: Side) -> str:
    """A stick held along the back with both hands; it touches head, upper back and tailbone."""

    def beside(along: float, behind: float) -> Point:
        return person.hip.onward(along, person.lean - 90).onward(behind, person.lean - 180)

    straight_back = Side(
        hip=person.hip,
        lean=person.lean,
        near=person.near,
        far_hand=beside(94, 22),
        far_elbow=beside(108, -12),
        near_hand=beside(18, 22),
        near_elbow=beside(46, 2),
    )
    stick = band(beside(-3, 23), beside(134, 23))
    back = straight_arrow(Point(72, 238), Point(48, 238)) if person is HINGED else ""
    return (
        wall(WALL_BEHIND, 24, SOLES)
        + straight_back.far_side()
        + straight_back.near_leg()
        + stick
        + straight_back.trunk()
        + straight_back.near_arm()
        + back
        + floor(26, 196, SOLES + 1.5)
    )


def _deadlift(person: Side, load: str, *, way: str = "", block: bool = False) -> str:
    """Standing or hinged, the load hanging from both hands."""
    step = solid(Shape("M96 262 L156 262 L156 303 L96 303 Z", "hair")) if block else ""
    return (
        step
        + person.far_side()
        + person.near_leg()
        + person.trunk()
        + load
        + person.near_arm()
        + way
        + floor(20, 190, SOLES + 1.5)
    )


def _bag(hand: Point) -> str:
    body = "M-20 12 Q-22 8 -16 8 L16 8 Q22 8 20 12 L23 44 Q23 50 17 50 L-17 50 Q-23 50 -23 44 Z"
    handles = "M-10 8 C-8 -6 8 -6 10 8"
    return stroke(placed(handles, hand)) + solid(Shape(placed(body, hand), "bag"))


def _kettlebell(hand: Point) -> str:
    bell = Shape(placed("M-12 42 C-26 32 -20 8 0 8 C20 8 26 32 12 42 Z", hand), "bag")
    handle = placed("M-11 14 C-13 -4 -9 -3 0 -3 C9 -3 13 -4 11 14", hand)
    return stroke(handle, "line chair") + solid(bell)


# --- hip circle, standing: from the front, the left leg works --------------------------------------------


def _circle_standing(*, circling: bool, both_hands: bool) -> str:
    pelvis = Point(100, 152)
    hip = Point(84, 152)
    if circling:
        knee = hip.onward(THIGH, 124)
        left = FrontLeg(hip, knee, knee.onward(SHIN, 124), lifted=True)
    else:
        left = FrontLeg(hip, Point(78, 222), Point(76, SOLES - 21), turn=4)
    right = FrontLeg(hip, Point(80, 222), Point(79, SOLES - 21), turn=4)
    if both_hands:
        left_arm = Arm(Point(67, 84), Point(58, 121), Point(100, 141))
        right_arm = Arm(Point(133, 84), Point(157, 116), Point(152, 141))
        chair = _chair_in_front(93, 160)
    else:
        left_arm = hand_on_hip(pelvis, left=True)
        right_arm = Arm(Point(133, 84), Point(152, 118), Point(166, 147))
        chair = chair_from_side(168, 218, SOLES, back_y=152, depth=34)
    person = Front(pelvis, left, right, bun=True)
    foot = left.ankle.onward(10, 124)
    return (
        ("" if both_hands else chair)
        + person.drawn()
        + (chair if both_hands else "")
        + left_arm.drawn()
        + right_arm.drawn()
        + (round_arrow(foot, (30, 17), -50, 295, turn=-56) if circling else "")
        + floor(-20, 206, SOLES + 1.5)
    )


def _chair_in_front(left: float, right: float) -> str:
    """The back rest, seat and legs of a chair that stands between us and the person."""
    frame = straight(Point(left, SOLES), Point(left, 146), Point(right, 146), Point(right, SOLES))
    return stroke(frame + straight(Point(left, 240), Point(right, 240)), "line chair")


# --- short foot: the left foot from its inner side --------------------------------------------------------

# Gap under the arch, and how far the ball is drawn towards the heel: relaxed and lifted.
RELAXED, LIFTED = (6, 0), (27, 15)
SEATED_FOOT_VIEW = View(0, -4, 150, 152)
SHORT_FOOT_VIEW = View(0, -16, 164, 108)


def _short_foot_sitting(height: float, shortened: float) -> str:
    way = straight_arrow(Point(4, 106), Point(30, 106)) if shortened else ""
    return cropped(seated_lower_leg(height, shortened), SEATED_FOOT_VIEW) + way + floor(2, 148, 145)


def _short_foot_standing(height: float, shortened: float) -> str:
    """Lifted, a dashed line shows where the toes were before."""
    heel = Point(150, 86)
    foot, marks = inner_foot(heel, height, shortened=shortened)
    relaxed, _ = inner_foot(heel, RELAXED[0])
    before = stroke(relaxed.path, "path") if shortened else ""
    way = straight_arrow(Point(8, 44), Point(40, 44)) if shortened else ""
    return cropped(before + solid(foot), SHORT_FOOT_VIEW) + marks + way + floor(2, 162, 89)


# --- heel raise: hips to feet from the side, the near leg works ------------------------------------------

HEEL_RAISE_VIEW = View(22, 118, 168, 188)


def _heel_raise(near: Foot, far: Foot, hip_y: float, way: str = "") -> str:
    person = Side(
        hip=Point(72, hip_y),
        lean=4,
        near=near,
        far=far,
        near_hand=Point(136, hip_y - 8),
        near_elbow=Point(100, hip_y - 32),
        far_hand=Point(146, hip_y - 10),
        far_elbow=Point(106, hip_y - 38),
    )
    chair = chair_from_side(142, 222, SOLES, back_y=152, depth=34)
    return cropped(chair + person.drawn(), HEEL_RAISE_VIEW) + way + floor(24, 188, SOLES + 1.5)


def _both_down() -> str:
    return _heel_raise(flat_foot(62, SOLES), flat_foot(82, SOLES), 158)


def _both_up() -> str:
    up = straight_arrow(Point(38, 296), Point(38, 262))
    return _heel_raise(tiptoe_foot(62, SOLES, 42), tiptoe_foot(82, SOLES, 42), 146, up)


def _one_down() -> str:
    down = straight_arrow(Point(36, 274), Point(36, 300))
    lifted = Foot(Point(44, 224), pitch=75)
    return _heel_raise(tiptoe_foot(66, SOLES, 16), lifted, 153, down)


# --- march: from the side, the near leg works ------------------------------------------------------------


def _march_standing(*, lifted: bool) -> str:
    hip = Point(84, 158)
    standing = flat_foot(82, SOLES)
    near = flat_foot(88, SOLES)
    if lifted:
        knee = hip.onward(THIGH, 6)
        near = Foot(knee.onward(SHIN, 116), pitch=20)
    person = Side(
        hip=hip, lean=2, near=near, far=standing, far_hand=Point(163, 100), near_hand=Point(88, 160)
    )
    up = straight_arrow(Point(134, 292), Point(134, 256)) if lifted else ""
    return wall(172, 16, SOLES) + person.drawn() + up + floor(30, 180, SOLES + 1.5)


def _march_sitting(*, lifted: bool) -> str:
    floor_y = 233.0
    hip = Point(64, 147)
    near = flat_foot(128, floor_y)
    if lifted:
        knee = hip.onward(THIGH, -26)
        near = Foot(knee.onward(SHIN, 88), pitch=8)
    person = Side(hip=hip, lean=0, near=near, far=flat_foot(132, floor_y), near_hand=Point(84, 146))
    up = straight_arrow(Point(178, 222), Point(178, 186)) if lifted else ""
    chair = chair_from_side(38, 168, floor_y, back_y=84, depth=60)
    return chair + person.drawn() + up + floor(20, 186, floor_y + 1.5)


# --- the list --------------------------------------------------------------------------------------------

WALK_VIEW = View(10, 10, 198, 296)
LYING_VIEW = View(4, 44, 330, 126)
BACK_VIEW = View(4, 44, 312, 126)
HINGE_VIEW = View(18, 14, 182, 292)
CIRCLE_VIEW = View(-24, 2, 232, 304)
STANDING_VIEW = View(28, 14, 156, 292)
SITTING_VIEW = View(16, 8, 176, 228)

MOVEMENTS = (
    Movement(
        "banded_walk-no_band",
        WALK_VIEW,
        "",
        partial(_walk, stepped=False, squat=24, with_band=False),
        partial(_walk, stepped=True, squat=24, with_band=False),
    ),
    Movement(
        "banded_walk-band_at_knees_upright",
        WALK_VIEW,
        "",
        partial(_walk, stepped=False, squat=4, with_band=True),
        partial(_walk, stepped=True, squat=6, with_band=True),
    ),
    Movement(
        "banded_walk-band_at_knees",
        WALK_VIEW,
        "",
        partial(_walk, stepped=False, squat=24, with_band=True),
        partial(_walk, stepped=True, squat=24, with_band=True),
    ),
    Movement(
        "side_lying_abduction-clam",
        LYING_VIEW,
        "b",
        partial(_clam, opened=False),
        partial(_clam, opened=True),
    ),
    *(
        Movement(
            f"side_lying_abduction-{rung}",
            LYING_VIEW,
            "b",
            partial(_straight_leg, -14),
            partial(_straight_leg, 35),
        )
        for rung in ("straight_leg", "straight_leg_more")
    ),
    Movement("bridge-small_lift", BACK_VIEW, "c", partial(_bridge, 0), partial(_bridge, 14)),
    *(
        Movement(f"bridge-{rung}", BACK_VIEW, "c", partial(_bridge, 0), partial(_bridge, FULL_LIFT))
        for rung in ("two_legs", "two_legs_two_sets")
    ),
    Movement(
        "deadlift-stick_hinge", HINGE_VIEW, "", partial(_stick_hinge, UPRIGHT), partial(_stick_hinge, HINGED)
    ),
    Movement(
        "deadlift-bag_to_knee",
        HINGE_VIEW,
        "",
        lambda: _deadlift(UPRIGHT, _bag(Point(108, 164))),
        lambda: _deadlift(
            HINGED, _bag(Point(126, 217)), way=straight_arrow(Point(176, 200), Point(176, 244))
        ),
    ),
    Movement(
        "deadlift-from_block",
        HINGE_VIEW,
        "",
        lambda: _deadlift(HINGED, _kettlebell(Point(126, 217)), block=True),
        lambda: _deadlift(
            UPRIGHT,
            _kettlebell(Point(108, 164)),
            way=straight_arrow(Point(160, 236), Point(160, 190)),
            block=True,
        ),
    ),
    Movement(
        "hip_circle-lying_or_sitting",
        BACK_VIEW,
        "b",
        partial(_circle_lying, circling=False),
        partial(_circle_lying, circling=True),
    ),
    *(
        Movement(
            f"hip_circle-{rung}",
            CIRCLE_VIEW,
            "b",
            partial(_circle_standing, circling=False, both_hands=both_hands),
            partial(_circle_standing, circling=True, both_hands=both_hands),
        )
        for rung, both_hands in (("two_hands", True), ("one_hand", False))
    ),
    Movement(
        "short_foot-sitting",
        SEATED_FOOT_VIEW,
        "c",
        partial(_short_foot_sitting, *RELAXED),
        partial(_short_foot_sitting, *LIFTED),
    ),
    Movement(
        "short_foot-standing",
        SHORT_FOOT_VIEW,
        "c",
        partial(_short_foot_standing, *RELAXED),
        partial(_short_foot_standing, *LIFTED),
    ),
    Movement("heel_raise-two_legs", HEEL_RAISE_VIEW, "", _both_down, _both_up),
    Movement("heel_raise-up_two_down_one", HEEL_RAISE_VIEW, "", _both_up, _one_down),
    Movement(
        "march-sitting",
        SITTING_VIEW,
        "c",
        partial(_march_sitting, lifted=False),
        partial(_march_sitting, lifted=True),
    ),
    Movement(
        "march-standing",
        STANDING_VIEW,
        "c",
        partial(_march_standing, lifted=False),
        partial(_march_standing, lifted=True),
    ),
)
