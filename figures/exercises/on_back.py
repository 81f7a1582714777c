"""On the back: the bridge and its ladder. The head is on the left, the near leg the right one."""

import math
from functools import partial
from typing import NamedTuple

from figures.bodies import FULLER, SHIN, THIGH, TRUNK, Foot, Side, face, flat_foot, profile
from figures.exercises.movement import Fault, Movement, between
from figures.kit import (
    Point,
    Shape,
    View,
    band,
    capsule,
    disc,
    floor,
    kneecap,
    mat,
    middle_joint,
    rug,
    solid,
    straight,
    straight_arrow,
    stroke,
)

MAT = 160.0  # y of the underside of the person
VIEW = View(4, 44, 312, 126)
SMALL_LIFT, FULL_LIFT = 17.0, 35.0  # of the hips; full: shoulder, hip and knee in one line
HEEL_ON_MAT = flat_foot(234, MAT)
GROUND = mat(8, 312, MAT + 2)


def lying(lift: float, near: Foot = HEEL_ON_MAT, far: Foot | None = None) -> Side:
    """Knees bent, the hips `lift` above the mat."""
    shoulder = Point(88, MAT - 14)
    hip = shoulder.onward(TRUNK, -math.degrees(math.asin((lift - 3) / TRUNK)))
    return Side(
        hip=hip,
        lean=hip.heading(shoulder) + 90,
        neck=-84,
        gaze=-88,
        near=near,
        far=far,
        near_hand=Point(168, MAT - 6),
        near_elbow=Point(128, MAT - 7),
        build=FULLER,
    )


def _up(lift: float) -> str:
    return straight_arrow(Point(192, MAT - 8), Point(192, MAT - 12 - lift * 0.5))


def _bridge(share: float, *, lift: float) -> str:
    return GROUND + lying(lift * share).drawn() + (_up(lift) if share == 1 else "")


def _march(share: float) -> str:
    """The hips stay up; the near foot leaves the mat."""
    hip = lying(FULL_LIFT).hip
    resting = middle_joint(hip, HEEL_ON_MAT.ankle, THIGH, SHIN, clockwise=True)
    knee = hip.onward(THIGH, between(hip.heading(resting), -50, share))
    ankle = knee.onward(SHIN, between(resting.heading(HEEL_ON_MAT.ankle), 102, share))
    person = lying(FULL_LIFT, Foot(ankle), HEEL_ON_MAT)
    up = straight_arrow(Point(204, MAT - 3), Point(204, MAT - 21)) if share == 1 else ""
    return GROUND + person.drawn() + up


def _one_leg(share: float) -> str:
    """The near leg lifts the hips; the far one is stretched, thigh beside thigh."""
    hip = lying(FULL_LIFT * share).hip
    thigh = hip.heading(middle_joint(hip, HEEL_ON_MAT.ankle, THIGH, SHIN, clockwise=True))
    stretched = Foot(hip.onward(THIGH + SHIN - 0.1, thigh), pitch=thigh - 96)
    person = lying(FULL_LIFT * share, far=stretched)
    return GROUND + person.drawn() + (_up(FULL_LIFT) if share == 1 else "")


# --- from the side of the feet and a little above, so that both knees are seen ---------------------------

OBLIQUE_VIEW = View(6, 14, 306, 172)
ROUND, DOWN = math.radians(33), math.radians(20)  # how far we walked round to the feet, and look down


UP = straight_arrow(Point(172, 158), Point(172, 130))


class Place(NamedTuple):
    """A place in the room: along the mat, above it, and towards us."""

    along: float
    above: float
    near: float

    def seen(self) -> Point:
        """Where it stands in the picture."""
        depth = self.along * math.sin(ROUND) + self.near * math.cos(ROUND)
        across = self.along * math.cos(ROUND) - self.near * math.sin(ROUND)
        return Point(34 + across, 86 - self.above * math.cos(DOWN) + depth * math.sin(DOWN))


class _ObliqueLeg(NamedTuple):
    hip: Point
    knee: Point
    bare: str
    shorts: Shape

    @property
    def eye(self) -> str:
        return kneecap(self.knee.shifted(5, -1), 6.5)


def _oblique_leg(lift: float, feet: float, knees: float) -> _ObliqueLeg:
    """A leg whose foot and knee stand that far from the middle, towards us or, negative, away from us."""
    profile = lying(lift)
    bend = profile.knee(HEEL_ON_MAT)
    hip = Place(profile.hip.x, MAT - profile.hip.y, math.copysign(17, feet)).seen()
    knee = Place(bend.x, MAT - bend.y, knees).seen()
    ankle = Place(HEEL_ON_MAT.ankle.x, 14, feet)
    toes = Place(ankle.along + 34, 5, feet * 1.1).seen()
    heel = Place(ankle.along - 5, 6, feet).seen()
    bare = solid(
        Shape(capsule(hip, 17, knee, 12), "skin"),
        Shape(capsule(knee, 12, ankle.seen(), 8), "skin"),
        Shape(capsule(heel, 8, toes, 7), "skin"),
    )
    return _ObliqueLeg(hip, knee, bare, Shape(capsule(hip, 18.5, hip.towards(knee, 0.45), 16), "cloth"))


def _oblique(share: float, *, feet: float, knees: float, banded: bool = False, way: str = UP) -> str:
    """The bridge; feet and knees are each that far from the middle."""
    lift = FULL_LIFT * share
    far, near = _oblique_leg(lift, -feet, -knees), _oblique_leg(lift, feet, knees)
    far_shoulder, near_shoulder = (Place(88, 16, z).seen() for z in (-30, 30))
    far_arm, near_arm = (
        solid(
            Shape(capsule(Place(92, 10, z).seen(), 8.5, Place(168, 6, z * 1.25).seen(), 6), "skin"),
            Shape(disc(Place(172, 6, z * 1.25).seen(), 7), "skin"),
        )
        for z in (-36, 36)
    )
    corners = [Place(x, 0, z).seen() for x, z in ((22, -50), (284, -50), (284, 74), (22, 74))]
    trunk = solid(
        Shape(capsule(far_shoulder, 14, far.hip, 18), "cloth"),
        Shape(capsule(near_shoulder, 14, near.hip, 18), "cloth"),
        Shape(
            capsule(far_shoulder.towards(near_shoulder, 0.5), 24, far.hip.towards(near.hip, 0.5), 20), "cloth"
        ),
        near.shorts,
    )
    ends = far.hip.towards(far.knee, 0.82).shifted(12, -8), near.hip.towards(near.knee, 0.82).shifted(-11, 9)
    return (
        rug(*corners)
        + far_arm
        + (band(*ends, behind=True, depth=9) if banded else "")
        + far.bare
        + solid(far.shorts)
        + far.eye
        + face(Place(48, 22, 0).seen(), turn=-62)
        + near.bare
        + trunk
        + (band(*ends, depth=9) if banded else "")
        + near.eye
        + near_arm
        + (way if share == 1 else "")
    )


# --- hip thrust: shoulders on a bench ----------------------------------------------------------------------

THRUST_VIEW = View(4, 40, 300, 132)


def _thrust(share: float) -> str:
    """Shoulder blades on the bench, a weight across the hips."""
    floor_y = 166.0
    shoulder = Point(98, floor_y - 80)
    hip = shoulder.onward(TRUNK, between(30, 1, share))
    person = Side(
        hip=hip,
        lean=hip.heading(shoulder) + 90,
        neck=between(-40, -78, share),
        gaze=between(-14, -70, share),
        near=flat_foot(242, floor_y),
        near_hand=hip.shifted(-6, -26),
        near_elbow=shoulder.towards(hip, 0.5).shifted(-6, 12),
    )
    legs = straight(Point(38, floor_y - 52), Point(38, floor_y)) + straight(
        Point(86, floor_y - 52), Point(86, floor_y)
    )
    seat = Shape(f"M24 {floor_y - 62}L98 {floor_y - 62}L98 {floor_y - 49}L24 {floor_y - 49}Z", "hair")
    weight = hip.shifted(6, -30)
    up = straight_arrow(Point(204, floor_y - 10), Point(204, floor_y - 44)) if share == 1 else ""
    return (
        stroke(legs, "line chair")
        + solid(seat)
        + person.near_leg()
        + person.trunk()
        + solid(Shape(disc(weight, 15), "bag"))
        + solid(Shape(disc(weight, 4), "hair"))
        + person.near_arm()
        + up
        + floor(8, 296, floor_y + 1.5)
    )


# --- what goes wrong -----------------------------------------------------------------------------------------


def _back_arches() -> str:
    """The hips pushed higher than they should go: the lower back bends. A dashed line shows where it belongs."""
    person = lying(FULL_LIFT + 14)
    shoulder, hip = person.shoulder, person.hip
    waist = shoulder.towards(hip, 0.55).shifted(-6, -16)
    cloth = solid(
        person.shorts(person.near),
        Shape(capsule(shoulder, 17, waist, 18), "cloth"),
        Shape(capsule(waist, 18, hip, 20), "cloth"),
    )
    neck = solid(Shape(capsule(shoulder, 8, person.head, 7), "skin"))
    right = lying(FULL_LIFT)
    line = stroke(straight(right.shoulder.shifted(-6, -22), right.knee(HEEL_ON_MAT).shifted(-4, -22)), "path")
    too_high = straight_arrow(Point(148, MAT - 8), Point(148, MAT - 36), "arrow bad")
    head = profile(person.head, -88)
    return GROUND + person.near_leg() + neck + cloth + head + person.near_arm() + line + too_high


def _knees_together() -> str:
    near = straight_arrow(Point(184, 20), Point(206, 42), "arrow bad")
    far = straight_arrow(Point(280, 66), Point(254, 66), "arrow bad")
    return _oblique(1, feet=24, knees=11, way=near + far)


MOVEMENTS = (
    Movement("bridge-small_lift", VIEW, partial(_bridge, lift=SMALL_LIFT), "c"),
    Movement("bridge-two_legs", VIEW, partial(_bridge, lift=FULL_LIFT), "c"),
    Movement("bridge-knees_apart_hold", OBLIQUE_VIEW, partial(_oblique, feet=36, knees=42), "c"),
    Movement("bridge-band_above_knees", OBLIQUE_VIEW, partial(_oblique, feet=20, knees=28, banded=True), "c"),
    Movement("bridge-march", VIEW, _march, "c"),
    Movement("bridge-one_leg", VIEW, _one_leg, "c"),
    Movement("bridge-hip_thrust", THRUST_VIEW, _thrust, "c"),
)
FAULTS = (
    Fault("bridge-back_arches", VIEW, _back_arches, Point(284, 60), "c"),
    Fault("bridge-knees_together", OBLIQUE_VIEW, _knees_together, Point(290, 30), "c"),
)
