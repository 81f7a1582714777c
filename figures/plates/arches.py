"""Plates of the inner arch: how high it may be, and two ways to measure it.

The foot is that of `foot`, seen from its inner side. A footprint is told in millimetres: towards the big toe, forward
from the heel.
"""

from collections.abc import Iterator

import shapely

from figures.plates.bones import points
from figures.plates.foot import INNER, INNER_ARCH, draw_arch, draw_bones
from figures.plates.kit import DrawnPlate
from figures.plates.shapes import Point, disc, outlined
from figures.plates.views import View

RULER = 134  # where heights are measured, across the plate
SUNK = -18.0  # by how many millimetres a foot at ease is drawn lower
BUMP = "115,42"  # the knob of the navicular that can be felt
OUTER_EDGE = (
    "28,210 4,208 -20,201 -38,191 -49,175 -50,156 -45,136 -41,112 -37,88 -32,64 -29,42 -26,20 -15,6 0,2"
)
PRINTS = {
    "Narrow": "14,6 23,20 24,40 14,58 0,76 -9,96 -10,118 -2,138 16,154 34,168 42,182 42,198",
    "Wide": "14,6 24,22 26,44 27,66 29,90 31,114 35,138 40,156 44,172 44,188 40,202",
}
TOES = (("29,232", 13), ("7,233", 8), ("-10,228", 7), ("-26,219", 7), ("-41,206", 6))
PRINT_LENGTH = 210  # without the toes


def plates() -> Iterator[DrawnPlate]:
    """The plates of the inner arch and its measures."""
    yield _arch_heights()
    yield _arch_drop()
    yield _footprint()


def _arch_heights() -> DrawnPlate:
    plate = DrawnPlate(
        "arch-heights",
        "Flat, usual and high arch",
        "The right foot, seen from its inner side, toes to the left, three times. The thick line stands for the inner"
        " arch. With a flat arch the inner sole touches the floor or nearly does; with a high arch it stands well"
        " clear of it.",
        474,
    )
    for count, (name, clear, lift) in enumerate(
        (("Flat", "near the floor", -16.0), ("Usual", "", 0.0), ("High", "well above it", 11.0))
    ):
        view = View("inside", 1.62, (-131, 0), (331, 158 + 152 * count))
        foot_with_arch(plate, view, lift, highest=86)
        plate.name_place(f"{name} arch", "left", view.spot((176, 26 + lift / 4)), small=clear)
        if name == "Flat":
            plate.name_part("medial_longitudinal_arch", "top", view.spot((147, 24)), small="the thick line")
    return plate


def _arch_drop() -> DrawnPlate:
    plate = DrawnPlate(
        "arch-drop",
        "How far the arch sinks (navicular drop)",
        "The right foot, seen from its inner side, toes to the left, twice. The height of the bony bump on the navicular"
        " is measured above the floor: first with the foot held in its middle position, then with the foot at ease under"
        " your weight. The difference is the navicular drop, the thick line. It is drawn large, so that it can be seen.",
        424,
    )
    held, at_ease = (View("inside", 1.45, (-131, 0), (352, floor)) for floor in (214, 390))
    for view, lift in ((held, 0.0), (at_ease, SUNK)):
        _lifted_foot(plate, view, lift)
        bump = _bump(view, lift)
        plate.draw(shapely.LineString([bump, (RULER, bump[1]), (RULER, view.spot((0, 0))[1])]), "dashed")
        plate.draw(disc(bump, 6), "end-in")
    first, now = ((RULER, _bump(at_ease, lift)[1]) for lift in (0.0, SUNK))
    plate.draw(shapely.LineString([(RULER + 70, first[1]), first]), "dashed")
    plate.draw(shapely.LineString([first, now]), "turn")
    plate.name_part("navicular", "top", _bump(held, 0), small="its bony bump", where="its bony bump")
    plate.name_place("Held", "left", (RULER, held.spot((0, 20))[1]), small="in its middle position")
    plate.name_place("Navicular drop", "left", first, small="the difference")
    plate.name_place("At ease", "left", (RULER, at_ease.spot((0, 9))[1]), small="under your weight")
    return plate


def _footprint() -> DrawnPlate:
    plate = DrawnPlate(
        "footprint",
        "The footprint",
        "Two prints of a right foot, seen from above, the big toe on the left. The coloured part is the middle third of"
        " the print, measured without the toes. In the first print the middle is narrow, in the second it is wide: there"
        " more of the middle of the foot touches the ground.",
        470,
    )
    for (kind, inner), x in zip(PRINTS.items(), (226, 416), strict=True):
        view = View("inside", 1.6, (0, 105), (x, 236))
        print_ = outlined(view.flat(points(f"{inner} {OUTER_EDGE}")))
        plate.draw(print_, "skin-shape")
        third = PRINT_LENGTH / 3
        plate.draw(print_.intersection(view.box((-100, third), (100, 2 * third))), "end-in")
        plate.draw(print_.exterior, "rim")
        for at, radius in TOES:
            plate.draw(disc(view.flat(points(at))[0], radius * view.scale), "dashed")
        plate.name_place(f"{kind} in the middle", "bottom", view.spot((-4, 4)))
        if kind == "Narrow":
            plate.name_place("Toes", "left", view.spot((29, 232)), small="left out")
            plate.name_place("Middle third", "left", view.spot((-20, 100)))
    return plate


def _bump(view: View, lift: float) -> Point:
    return view.flat(points(_lifted(BUMP, lift)))[0]


def foot_with_arch(plate: DrawnPlate, view: View, lift: float, *, highest: float = 100) -> None:
    """The foot from the inner side, its arch raised by so many millimetres, with the line that stands for the arch.

    highest  where the shin is cut off (mm)
    """
    _lifted_foot(plate, view, lift, highest=highest)
    draw_arch(plate, view, "medial_longitudinal_arch", _lifted(INNER_ARCH, lift))


def _lifted_foot(plate: DrawnPlate, view: View, lift: float, *, highest: float = 100) -> None:
    lifted = {name: _lifted(outline, lift) for name, outline in INNER.items() if name != "sesamoid"}
    draw_bones(plate, view, lifted, far=("metatarsal-2", "cuneiform-2"), highest=highest)
    _, floor = view.spot((0, -1.5))
    ends = [(view.spot((x, 0))[0], floor) for x in (-10, 274)]
    plate.draw(shapely.LineString(ends), "ground")


def _lifted(outline: str, lift: float) -> str:
    """An outline of the inner side with the arch raised by so many millimetres at its middle."""
    words = []
    for word in outline.split():
        x, y = (float(value) for value in word.rstrip("!").split(","))
        from_heel, to_ball = (x - 20) / 90, (208 - x) / 98
        share = max(0.0, min(from_heel, to_ball, 1.0))
        if x < 90 and y > 60:
            share = 0.62
        raised = max(y + lift * share * share * (3 - 2 * share), min(y, 1))
        words.append(f"{x:g},{raised:g}" + ("!" if word.endswith("!") else ""))
    return " ".join(words)
