"""Deadlift and hip hinge: from the side, facing right."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from figures.bodies import Side, flat_foot, profile, wall
from figures.exercises.movement import Fault, Movement, between
from figures.kit import (
    Point,
    Shape,
    View,
    arrow,
    band,
    capsule,
    disc,
    floor,
    placed,
    solid,
    straight_arrow,
    stroke,
)

SOLES = 303.0
VIEW = View(18, 14, 182, 292)
FEET = flat_foot(88, SOLES)

UPRIGHT = Side(
    hip=Point(90, 158), lean=3, near=FEET, near_hand=Point(104, 161), far_hand=Point(112, 159)
)  # fmt: skip
HINGED = Side(
    hip=Point(60, 174), lean=58, neck=48, gaze=36, near=FEET,
    near_hand=Point(122, 214), far_hand=Point(130, 213),
)  # fmt: skip
DOWN_TO_BLOCK = replace(
    HINGED, hip=Point(58, 182), lean=63, near_hand=Point(118, 226), far_hand=Point(126, 225)
)
DOWN_TO_FLOOR = Side(
    hip=Point(54, 199), lean=73, neck=52, gaze=38, near=FEET,
    near_hand=Point(111, 257), far_hand=Point(119, 256),
)  # fmt: skip
DOWN_TO_BAR = replace(
    DOWN_TO_FLOOR, hip=Point(52, 206), lean=79, near_hand=Point(108, 269), far_hand=Point(114, 268)
)


def _moved(start: Side, end: Side, share: float) -> Side:
    """The person `share` of the way between two poses; feet stay where they are, hands keep in reach."""
    lean = between(start.lean, end.lean, share)
    person = replace(
        start,
        hip=start.hip.towards(end.hip, share),
        lean=lean,
        neck=between(_or(start.neck, start.lean), _or(end.neck, end.lean), share),
        gaze=between(_or(start.gaze, start.lean), _or(end.gaze, end.lean), share),
    )

    def held(first: Point | None, last: Point | None) -> Point | None:
        if first is None or last is None:
            return None
        below = first.shifted(-start.shoulder.x, -start.shoulder.y)
        return person.shoulder.shifted(*below.towards(last.shifted(-end.shoulder.x, -end.shoulder.y), share))

    return replace(
        person,
        near_hand=held(start.near_hand, end.near_hand),
        far_hand=held(start.far_hand, end.far_hand),
    )


def _or(given: float | None, otherwise: float) -> float:
    return otherwise if given is None else given


# --- with a stick ------------------------------------------------------------------------------------------

WALL_BEHIND = 38.0


def _stick_hinge(share: float) -> str:
    """A stick held along the back with both hands; it touches head, upper back and tailbone."""
    person = _moved(UPRIGHT, HINGED, share)

    def beside(along: float, behind: float) -> Point:
        return person.hip.onward(along, person.lean - 90).onward(behind, person.lean - 180)

    straight_back = replace(
        person,
        neck=None,
        gaze=None,
        far_hand=beside(94, 22),
        far_elbow=beside(108, -12),
        near_hand=beside(18, 22),
        near_elbow=beside(46, 2),
    )
    stick = band(beside(-3, 23), beside(134, 23))
    back = straight_arrow(Point(72, 238), Point(48, 238)) if share == 1 else ""
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


# --- with a weight -----------------------------------------------------------------------------------------


def _lift(
    share: float, poses: tuple[Side, Side], load: Callable[[Point], str], *, block: str = "", way: str = ""
) -> str:
    """The load hangs from both hands."""
    person = _moved(*poses, share)
    hand = person.near_hand or person.hip
    return (
        block
        + person.far_side()
        + person.near_leg()
        + person.trunk()
        + load(hand.shifted(4, 3))
        + person.near_arm()
        + (way if share == 1 else "")
        + floor(20, 198, SOLES + 1.5)
    )


DOWN_WAY = straight_arrow(Point(176, 200), Point(176, 244))
UP_WAY = straight_arrow(Point(172, 232), Point(172, 188))


def _bag(hand: Point) -> str:
    body = "M-20 12 Q-22 8 -16 8 L16 8 Q22 8 20 12 L23 44 Q23 50 17 50 L-17 50 Q-23 50 -23 44 Z"
    handles = "M-10 8 C-8 -6 8 -6 10 8"
    return stroke(placed(handles, hand)) + solid(Shape(placed(body, hand), "bag"))


def _kettlebell(hand: Point) -> str:
    bell = Shape(placed("M-12 42 C-26 32 -20 8 0 8 C20 8 26 32 12 42 Z", hand), "bag")
    handle = placed("M-11 14 C-13 -4 -9 -3 0 -3 C9 -3 13 -4 11 14", hand)
    return stroke(handle, "line chair") + solid(bell)


PLATE = 33.0


def _barbell(hand: Point) -> str:
    """Seen from its end: the plate, and the bar in its middle."""
    bar = hand.shifted(-4, -2)
    return solid(Shape(disc(bar, PLATE), "bag")) + solid(Shape(disc(bar, 6), "hair"))


def _block(left: float, right: float, top: float) -> str:
    return solid(Shape(f"M{left} {top}L{right} {top}L{right} {SOLES}L{left} {SOLES}Z", "hair"))


# --- what goes wrong -----------------------------------------------------------------------------------------


def _round_back() -> str:
    """The back bent in the middle, head down."""
    person = replace(DOWN_TO_FLOOR, near_hand=Point(118, 254), far_hand=Point(126, 253), neck=118, gaze=104)
    hump = person.hip.towards(person.shoulder, 0.55).onward(22, person.lean - 180)
    cloth = solid(
        person.shorts(person.near),
        Shape(capsule(person.hip, 17, hump, 17), "cloth"),
        Shape(capsule(hump, 17, person.shoulder, 14), "cloth"),
    )
    neck = solid(Shape(capsule(person.shoulder, 8, person.head, 7), "skin"))
    along = arrow(Point(56, 156), Point(84, 132), Point(120, 148), "arrow bad")
    return (
        person.far_side() + person.near_leg() + neck + cloth + profile(person.head, 104)
        + _kettlebell(Point(122, 257)) + person.near_arm() + along + floor(20, 198, SOLES + 1.5)
    )  # fmt: skip


def _weight_in_front() -> str:
    person = replace(DOWN_TO_FLOOR, near_hand=Point(150, 250), far_hand=Point(156, 249))
    gap = straight_arrow(Point(160, 222), Point(192, 222), "arrow bad")
    return _lift(0, (person, person), lambda hand: _kettlebell(hand.shifted(10, 4))) + gap


def _hips_low() -> str:
    person = replace(
        DOWN_TO_FLOOR, hip=Point(48, 232), lean=42, neck=30, gaze=20,
        near_hand=Point(112, 252), far_hand=Point(120, 251),
    )  # fmt: skip
    down = straight_arrow(Point(26, 176), Point(26, 208), "arrow bad")
    return _lift(0, (person, person), _kettlebell) + down


ON_BLOCK = _block(92, 152, 268)
MOVEMENTS = (
    Movement("deadlift-stick_hinge", VIEW, _stick_hinge),
    Movement("deadlift-bag_to_knee", VIEW, partial(_lift, poses=(UPRIGHT, HINGED), load=_bag, way=DOWN_WAY)),
    Movement(
        "deadlift-from_block",
        VIEW,
        partial(_lift, poses=(DOWN_TO_BLOCK, UPRIGHT), load=_kettlebell, block=ON_BLOCK, way=UP_WAY),
    ),
    Movement(
        "deadlift-from_floor",
        VIEW,
        partial(_lift, poses=(DOWN_TO_FLOOR, UPRIGHT), load=_kettlebell, way=UP_WAY),
    ),
    Movement(
        "deadlift-barbell_from_blocks",
        VIEW,
        partial(_lift, poses=(DOWN_TO_BLOCK, UPRIGHT), load=_barbell, block=_block(92, 152, 262), way=UP_WAY),
    ),
    Movement(
        "deadlift-barbell_from_floor",
        VIEW,
        partial(_lift, poses=(DOWN_TO_BAR, UPRIGHT), load=_barbell, way=UP_WAY),
    ),
)
FAULTS = (
    Fault("deadlift-round_back", VIEW, _round_back),
    Fault("deadlift-weight_in_front", VIEW, _weight_in_front),
    Fault("deadlift-hips_low", VIEW, _hips_low),
)
