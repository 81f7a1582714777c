"""Pictures of the mirror check: answers, do pages, result and home.

They are mirror images: the person's left leg is on the left of the picture, as in their mirror.
Answer pictures are neutral: between two answers only what is asked differs, and nothing points at it.
Left is drawn; right is the same picture mirrored.
"""

from collections.abc import Iterator
from itertools import product

from figures.bodies import (
    Arm,
    Foot,
    Front,
    FrontLeg,
    Side,
    chair_from_side,
    flat_foot,
    hand_on_hip,
    hanging_arm,
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
    capsule,
    disc,
    floor,
    kneecap,
    mirrored,
    placed,
    solid,
    straight,
    straight_arrow,
    stroke,
    svg,
)

LOOK: dict[str, float | None] = {"in": 1, "forward": 0, "out": -1, "unsure": None}
TOE_TURN = {"in": -27, "straight": 0, "out": 27}  # degrees outwards, drawn larger than life
ARCH_HEIGHT = {"flat": 0, "low": 10, "normal": 21, "high": 33}  # of the gap under the inner edge


def pictures() -> Iterator[tuple[str, str]]:
    """Every picture of the check by its name."""
    yield from _answers()
    yield from _do_pages()
    yield from _results()
    yield from _home()


def _both_sides(name: str, answer: str, view: View, left: str, person: str) -> Iterator[tuple[str, str]]:
    yield f"{name}-left-{answer}", svg(view, [left], person)
    yield f"{name}-right-{answer}", svg(view, [mirrored(left, view.left + view.width / 2)], person)


# --- answers -------------------------------------------------------------------------------------------

LEG_VIEW, FOOT_VIEW, SIT_VIEW = View(0, 4, 120, 174), View(0, -16, 164, 108), View(0, -4, 150, 152)


def _answers() -> Iterator[tuple[str, str]]:
    for answer, turn in TOE_TURN.items():
        yield from _both_sides("toes", answer, LEG_VIEW, _toes(turn), "c")
    for answer in ("in", "forward", "out"):
        yield from _both_sides("knee", answer, LEG_VIEW, _knee(LOOK[answer] or 0), "b")
    for answer, height in ARCH_HEIGHT.items():
        yield from _both_sides("arch", answer, FOOT_VIEW, _standing_arch(height), "")
    for answer in ("present", "absent"):
        yield from _both_sides("tiptoe", answer, FOOT_VIEW, _tiptoe_arch(present=answer == "present"), "")
        yield from _both_sides("sit", answer, SIT_VIEW, _sitting_arch(24 if answer == "present" else 0), "")


def _toes(turn: float) -> str:
    """Shin and foot from the front and a little above; `turn` in degrees outwards (to the left)."""
    toes = [(13, 73, 11), (-2.5, 76, 7.2), (-12, 72, 6.5), (-20, 66, 6), (-26.5, 58.5, 5.4)]
    centres = [(Point(x, y).turned(turn), radius) for x, y, radius in toes]
    ankle = Point(60, 173 - max(centre.y + radius for centre, radius in centres))
    sole = "M-13 3 C-15 14 -31 30 -31 54 C-24 62 -8 68 4 68 C16 68 25 66 25 58 C24 36 15 14 13 3 Z"
    return (
        "".join(solid(Shape(disc(ankle.shifted(*centre), radius), "skin")) for centre, radius in centres)
        + solid(
            Shape(capsule(Point(62, -40), 21, ankle, 14), "skin"),
            Shape(placed(sole, ankle, turn=turn), "skin"),
        )
        + floor(4, 116, 175.5)
    )


def _knee(look: float) -> str:
    """One leg from shorts to toes; `look` as in FrontLeg."""
    hip, knee, ankle = Point(66, -18), Point(60 + 7.5 * look, 66), Point(56, 146)
    foot = "M-11 -4 C-13 8 -22 10 -22 20 C-22 26 -18 27 -14 27 L14 27 C20 27 22 23 21 18 C19 10 13 8 11 -4 Z"
    gaps = "".join(straight(Point(56 + x, 173), Point(56 + x, 166)) for x in (6.5, -1.5, -8, -14))
    return (
        solid(
            Shape(capsule(hip, 25, knee, 16.5), "skin"),
            Shape(capsule(knee, 16.5, ankle, 11), "skin"),
            Shape(placed(foot, ankle), "skin"),
        )
        + solid(Shape(capsule(hip, 27, hip.towards(knee, 0.36), 24), "cloth"))
        + kneecap(knee, 12.5, look)
        + stroke(gaps, "line thin")
        + floor(4, 116, 175.5)
    )


def _standing_arch(height: float) -> str:
    foot, marks = inner_foot(Point(150, 86), height)
    return solid(foot) + marks + floor(2, 162, 89)


def _tiptoe_arch(*, present: bool) -> str:
    """The inner side of a foot on its ball, toes to the left."""
    under = (
        "C124 58 116 52 106 50 C92 48 82 58 74 70 C69 78 66 86 54 86"
        if present
        else "C124 60 112 66 98 72 C84 79 70 86 54 86"
    )
    foot = (
        "M134 -90 L130 2 C142 10 146 30 136 44"
        f" {under} L26 86 C12 86 11 75 22 73 C34 71 38 66 46 56 C60 40 86 28 94 0 L96 -90 Z"
    )
    marks = "M104 8 C104 0 116 0 116 8M24 79 C27 76 33 76 36 78"
    return solid(Shape(foot, "skin")) + stroke(marks, "line thin") + floor(2, 162, 89)


def _sitting_arch(height: float) -> str:
    return seated_lower_leg(height) + floor(2, 148, 145)


# --- the person at the mirror --------------------------------------------------------------------------

PELVIS = Point(100, 152)
SOLES = 302.0
LOWER_HALF = View(28, 132, 144, 173)
WHOLE = View(30, 2, 140, 303)


def _mirror_leg(look: float | None, *, turn: float = 4, low: bool = False) -> FrontLeg:
    knee = Point(77 + 8 * max(look or 0, -0.6), 222)
    return FrontLeg(Point(84, 152), knee, Point(72, SOLES - 20), look, turn=turn, low=low)


def _at_mirror(left: FrontLeg, right: FrontLeg, *, hands_on_hips: bool = True, head: bool = False) -> Front:
    arm = hand_on_hip if hands_on_hips else hanging_arm
    return Front(PELVIS, left, right, (arm(PELVIS, left=True), arm(PELVIS, left=False)), head=head, bun=head)


def _do_pages() -> Iterator[tuple[str, str]]:
    forward = _mirror_leg(0, turn=0)
    natural = _mirror_leg(0, turn=30)
    set_up = _at_mirror(forward, forward).drawn()
    turning = arrow(Point(94, 178), Point(70, 192), Point(58, 172))
    yield "do-notice", svg(LOWER_HALF, [_at_mirror(natural, natural, hands_on_hips=False).drawn()], "b")
    yield "do-set-up", svg(LOWER_HALF, [set_up, _outer_edges()], "b")
    yield "do-turn-out", svg(LOWER_HALF, [set_up, turning, mirrored(turning, PELVIS.x)], "b")
    yield "do-tiptoe", svg(View(22, 6, 144, 298), [_on_tiptoe()], "b")
    yield "do-sit", svg(View(16, 8, 176, 226), [_sitting()], "b")
    yield "do-stance", svg(View(30, 2, 148, 303), [_on_one_leg()], "c")
    yield "do-heel-raise", svg(View(22, 6, 144, 298), [_on_one_tiptoe()], "b")


def _outer_edges() -> str:
    """Dashed guides along the outer edges of the feet."""
    guide = straight(Point(53, 256), Point(53, 304))
    return stroke(guide, "path") + mirrored(stroke(guide, "path"), PELVIS.x)


def _on_tiptoe() -> str:
    """On the toes of both feet, one hand on the wall."""
    floor_y = 303.0
    near, far = tiptoe_foot(50, floor_y, 42), tiptoe_foot(86, floor_y, 42)
    person = Side(
        hip=Point(77, 147), lean=3, near=near, far=far,
        near_hand=Point(84, 152), far_hand=Point(145, 92), bun=True,
    )  # fmt: skip
    up = straight_arrow(Point(30, 298), Point(30, 266))
    return wall(154, 8, floor_y) + person.drawn() + up


def _on_one_leg() -> str:
    """Arms crossed, the foot on the right off the floor, a wall within reach."""
    standing = FrontLeg(Point(84, 152), Point(86, 222), Point(87, SOLES - 20))
    lifted = FrontLeg(Point(84, 152), Point(74, 217), Point(78, 258), lifted=True)
    crossed = Arm(PELVIS.shifted(-33, -68), PELVIS.shifted(-39, -33), PELVIS.shifted(17, -44))
    arms = (crossed.opposite(PELVIS.x), crossed)
    return wall(168, 8, SOLES) + Front(PELVIS, standing, lifted, arms).drawn()


def _on_one_tiptoe() -> str:
    """The near foot as high on its toes as it goes, its knee straight; fingertips on the wall."""
    floor_y = 303.0
    person = Side(
        hip=Point(77, 147), lean=2, near=tiptoe_foot(58, floor_y, 42), far=Foot(Point(36, 210), pitch=88),
        near_hand=Point(145, 88), far_hand=Point(146, 76), bun=True,
    )  # fmt: skip
    up = straight_arrow(Point(100, 298), Point(100, 266))
    return wall(154, 8, floor_y) + person.drawn() + up


def _sitting() -> str:
    floor_y = 233.0
    person = Side(
        hip=Point(64, 145), lean=0, near=flat_foot(134, floor_y), far=flat_foot(146, floor_y),
        near_hand=Point(108, 131), far_hand=Point(116, 129), bun=True,
    )  # fmt: skip
    return chair_from_side(38, 166, floor_y, back_y=84, depth=66) + person.drawn()


def _results() -> Iterator[tuple[str, str]]:
    for left, right in product(LOOK, repeat=2):
        person = _at_mirror(_mirror_leg(LOOK[left]), _mirror_leg(LOOK[right]))
        yield f"legs-{left}-{right}", svg(LOWER_HALF, [person.drawn()])


def _home() -> Iterator[tuple[str, str]]:
    before, after = _mirror_leg(1, low=True), _mirror_leg(0)
    yield "home-before", svg(WHOLE, [_at_mirror(before, before, head=True).drawn()])
    yield "home-after", svg(WHOLE, [_at_mirror(after, after, head=True).drawn()])
