"""Deadlift and hip hinge: from the side, facing right."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

from figures.bodies import Side, flat_foot, profile, wall
from figures.exercises.movement import Fault, Movement, between
from figures.kit import (
    Point,
    Shape,
    View,
    arrow,
    capsule,
    disc,
    floor,
    placed,
    solid,
    stick,
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
    pole = stick(beside(-3, 23), beside(134, 23))
    back = straight_arrow(Point(70, 216), Point(46, 216)) if share == 1 else ""
    return (
        wall(WALL_BEHIND, 24, SOLES)
        + straight_back.far_side()
        + straight_back.near_leg()
        + pole
        + straight_back.trunk()
        + straight_back.near_arm()
        + back
        + floor(26, 196, SOLES + 1.5)
    )


# --- with a weight -----------------------------------------------------------------------------------------


def _lift(
    share: float,
    poses: tuple[Side, Side],
    load: Callable[[Point], str],
    *,
    beyond: Callable[[Point], str] = lambda _: "",
    scene: tuple[str, str] = ("", ""),
) -> str:
    """The load hangs from both hands.

    beyond  what of the load lies beyond the legs
    scene   what stands there, and the arrow of the end
    """
    person = _moved(*poses, share)
    hand = person.near_hand or person.hip
    return (
        scene[0]
        + beyond(hand)
        + person.far_side()
        + person.near_leg()
        + person.trunk()
        + load(hand)
        + person.near_arm()
        + (scene[1] if share == 1 else "")
        + floor(20, 198, SOLES + 1.5)
    )


DOWN_WAY = straight_arrow(Point(176, 200), Point(176, 244))
UP_WAY = straight_arrow(Point(172, 232), Point(172, 188))


def _bag(hand: Point) -> str:
    body = "M-20 12 Q-22 8 -16 8 L16 8 Q22 8 20 12 L23 44 Q23 50 17 50 L-17 50 Q-23 50 -23 44 Z"
    handles = "M-10 8 C-8 -6 8 -6 10 8"
    hand = hand.shifted(4, 3)
    return stroke(placed(handles, hand)) + solid(Shape(placed(body, hand), "bag"))


def _kettlebell(hand: Point) -> str:
    hand = hand.shifted(4, 3)
    bell = Shape(placed("M-12 42 C-26 32 -20 8 0 8 C20 8 26 32 12 42 Z", hand), "bag")
    handle = placed("M-11 14 C-13 -4 -9 -3 0 -3 C9 -3 13 -4 11 14", hand)
    return stroke(handle, "line chair") + solid(bell)


PLATE = 33.0


def _plate(hand: Point) -> str:
    """The barbell's far plate; the near one is left out, so that legs and feet are seen."""
    middle = hand.shifted(0, 1)
    return solid(Shape(disc(middle, PLATE), "bag")) + stroke(disc(middle, PLATE - 9), "line thin")


def _bar(hand: Point) -> str:
    """The bar, seen from its end."""
    return solid(Shape(disc(hand.shifted(0, 1), 7), "rug"))


def _block(left: float, right: float, top: float) -> str:
    return solid(Shape(f"M{left} {top}L{right} {top}L{right} {SOLES}L{left} {SOLES}Z", "hair"))


# --- what goes wrong -----------------------------------------------------------------------------------------


def _round_back() -> str:
    """The back bent in the middle, head down."""
    person = replace(DOWN_TO_FLOOR, near_hand=Point(118, 254), far_hand=Point(126, 253), neck=118, gaze=104)
    back = [
        person.hip.towards(person.shoulder, along).onward(behind, person.lean - 180)
        for along, behind in ((0.3, 15), (0.6, 20), (0.85, 12))
    ]
    spine = [person.hip, *back, person.shoulder]
    vertebrae = (Shape(capsule(a, 16.5, b, 15.5), "cloth") for a, b in pairwise(spine))
    cloth = solid(person.shorts(person.near), *vertebrae)
    neck = solid(Shape(capsule(person.shoulder, 8, person.head, 7), "skin"))
    along = arrow(Point(56, 156), Point(84, 132), Point(120, 148), "arrow bad")
    return (
        person.far_side() + person.near_leg() + neck + cloth + profile(person.head, 104)
        + _kettlebell(Point(118, 254)) + person.near_arm() + along + floor(20, 198, SOLES + 1.5)
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


ON_BLOCK = _block(92, 152, 268), UP_WAY
BAR_ON_BLOCK = _block(92, 152, 262), UP_WAY
FROM_FLOOR = "", UP_WAY
barbell = partial(_lift, load=_bar, beyond=_plate)
MOVEMENTS = (
    Movement("deadlift-stick_hinge", VIEW, _stick_hinge),
    Movement(
        "deadlift-bag_to_knee", VIEW, partial(_lift, poses=(UPRIGHT, HINGED), load=_bag, scene=("", DOWN_WAY))
    ),
    Movement(
        "deadlift-from_block",
        VIEW,
        partial(_lift, poses=(DOWN_TO_BLOCK, UPRIGHT), load=_kettlebell, scene=ON_BLOCK),
    ),
    Movement(
        "deadlift-from_floor",
        VIEW,
        partial(_lift, poses=(DOWN_TO_FLOOR, UPRIGHT), load=_kettlebell, scene=FROM_FLOOR),
    ),
    Movement(
        "deadlift-barbell_from_blocks",
        VIEW,
        partial(barbell, poses=(DOWN_TO_BLOCK, UPRIGHT), scene=BAR_ON_BLOCK),
    ),
    Movement(
        "deadlift-barbell_from_floor", VIEW, partial(barbell, poses=(DOWN_TO_BAR, UPRIGHT), scene=FROM_FLOOR)
    ),
)
FAULTS = (
    Fault("deadlift-round_back", VIEW, _round_back, Point(180, 110)),
    Fault("deadlift-weight_in_front", VIEW, _weight_in_front, Point(180, 110)),
    Fault("deadlift-hips_low", VIEW, _hips_low, Point(180, 110)),
)
