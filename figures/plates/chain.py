"""Plates of the chain from pelvis to foot: what turns with what while a person stands.

The leg stands in the frame of the pelvis (see `views`): across, up, and here forward of the line from the hip
to the ankle, about which thigh and shin turn. The foot has millimetres of its own: towards the big toe, forward
from the back of the heel, up from the floor. The turns are drawn larger than they are in life.
"""

import math
from collections.abc import Iterator, Sequence

import shapely
from shapely import affinity

from figures.plates import bones
from figures.plates.arches import foot_with_arch
from figures.plates.bones import points, points3
from figures.plates.kit import COLUMN, EDGE, WIDTH, DrawnPlate, Place
from figures.plates.shapes import Point, Shape, disc, joined, outlined, smooth, strand
from figures.plates.views import View

TURN = 22  # degrees that thigh and shin turn
TIP = 12  # degrees that the pelvis tips
AXIS = 84  # the line from hip to ankle, across
ANKLE = 66  # the ankle, forward from the back of the heel
FOOT_UP = -886  # the top of the foot at the ankle, up
FOOT_SCALE = 1.5  # the foot is drawn larger than the leg
FROM_ABOVE = 0.2  # how far down the plate a millimetre forward of the ankle lies: seen a little from above
SKIN_FROM = -800  # where the skin of the foot begins, up

FEMUR = (
    "84,-74,4 84,-62,4 98,-54,-2 108,-61,-4 115,-68,-8 120,-63,-14 127,-57,-20 136,-58,-24 144,-68,-24 148,-86,-20 "
    "145,-106,-16 138,-130,-8 132,-170,0 127,-240,6 122,-310,8 119,-370,6 118,-408,2 121,-432,0 125,-452,-4 "
    "124,-472,-4 114,-485,0 100,-485,6 90,-477,14 80,-476,14 70,-484,6 56,-487,0 45,-477,-4 42,-458,-4 50,-443,0 "
    "66,-422,2 80,-396,4 88,-364,6 93,-310,8 98,-240,6 103,-180,0 104,-150,-8 97,-140,-22 90,-130,-28 92,-120,-26 "
    "99,-112,-12 100,-102,0 95,-92,4"
)
FEMUR_CREASES = (
    "127,-74,-6 122,-90,2 110,-108,4 102,-118,0",
    "64,-466,24 74,-452,34 84,-449,36 94,-452,34 105,-466,24",
)
PATELLA = "84,-422 98,-426 105,-438 101,-454 91,-466 84,-469 77,-466 67,-454 63,-438 70,-426"
PATELLA_FORWARD = 50
TIBIA = (
    "44,-494,-4 58,-490,4 76,-492,10 84,-486,0 92,-492,10 110,-490,4 124,-494,-4 125,-506,-4 116,-526,2 105,-552,8 "
    "100,-580,4 97,-650,0 95,-720,0 94,-790,0 98,-840,0 104,-870,2 106,-884,4 88,-886,6 72,-884,8 68,-896,6 62,-904,4 "
    "56,-900,4 57,-880,4 64,-840,2 69,-790,0 70,-720,0 70,-650,0 69,-590,0 64,-552,0 52,-526,-4 44,-508,-4"
)
TIBIA_CREASES = (
    "77,-522,34 76,-534,36 81,-545,38 88,-545,38 93,-534,36 91,-522,34",
    "84,-548,34 85,-600,18 84,-680,14 82,-760,12 77,-830,10 70,-876,8",
)
FIBULA = (
    "116,-510,-18 124,-506,-18 131,-512,-18 130,-524,-18 124,-545,-18 121,-620,-18 119,-720,-16 118,-800,-12 "
    "120,-850,-16 124,-880,-3 124,-905,-3 117,-918,-3 110,-908,-3 108,-885,-3 108,-840,-16 109,-780,-12 "
    "111,-700,-16 113,-600,-18 114,-545,-18"
)

# The foot from the front. Outlines of the bones of ankle and midfoot; lines and widths of the long ones.
TARSALS = {
    "calcaneus": "12,50,52 -16,60,52 -24,76,42 -24,92,26 -12,98,22 6,92,34 18,80,50",
    "talus": "-10,68,88 22,68,88 24,82,76 28,100,66 26,110,54 14,112,50 4,108,54 0,94,62 -12,80,66",
    "navicular": "2,112,62 14,113,68 28,112,64 37,110,52 36,116,42 26,121,47 12,122,54 4,119,55",
    "cuboid": "-6,97,52 -20,97,46 -31,104,34 -32,118,24 -24,125,24 -10,126,36 -4,118,47",
    "cuneiform-3": "-7,121,55 6,120,61 8,140,53 -3,143,47",
    "cuneiform-2": "7,120,64 17,119,66 18,135,58 8,136,56",
    "cuneiform-1": "18,119,66 30,119,60 38,124,46 38,142,34 28,145,44 19,138,57",
}
LONG_BONES: dict[str, tuple[str, tuple[float, ...]]] = {
    "metatarsal-5": ("-40,112,13 -33,128,22 -34,158,18 -36,176,13 -37,188,11", (9, 15, 9, 10, 14)),
    "metatarsal-4": ("-13,132,38 -15,152,31 -18,172,24 -21,197,15", (14, 9, 9, 14)),
    "metatarsal-3": ("0,144,49 -1,164,40 -3,182,30 -5,205,18", (14, 9, 9, 14)),
    "metatarsal-2": ("13,139,55 13,162,45 12,184,32 11,209,19", (13, 9, 9, 14)),
    "metatarsal-1": ("31,147,41 31,166,35 31,184,28 32,205,20", (20, 13, 14, 22)),
    "phalanx-5": ("-38,199,11 -38,212,8 -39,224,5", (11, 8, 9)),
    "phalanx-4": ("-22,208,14 -22,224,10 -23,238,6", (11, 8, 9)),
    "phalanx-3": ("-6,217,16 -6,234,11 -7,250,6", (11, 8, 9)),
    "phalanx-2": ("11,221,17 10,239,12 9,258,6", (12, 8, 10)),
    "phalanx-1a": ("33,219,18 33,229,15 33,239,12", (18, 13, 15)),
    "phalanx-1b": ("33,247,11 33,256,8 33,263,6", (15, 12, 11)),
}
# From behind: towards the outer side from the middle of the heel, up from the floor.
HEEL = {
    "skin": (
        "-32,158! -30,124 -33,100 -38,82 -34,62 -30,36 -28,12 -18,0 18,0 28,10 31,34 34,56 42,72 38,96 32,124 34,158!"
    ),
    "fibula": "20,158! 20,124 19,98 19,76 22,62 28,56 34,64 35,82 31,106 31,158!",
    "talus": "-17,84 -8,89 8,89 17,84 19,74 15,64 6,59 -10,60 -18,67 -19,76",
    "tibia": "-20,158! -20,124 -28,98 -31,84 -29,70 -24,66 -19,73 -15,86 -6,90 8,90 18,86 20,98 15,124 15,158!",
    "calcaneus": "-12,58 0,62 13,60 19,50 20,34 19,18 12,7 0,4 -11,7 -17,18 -16,34 -18,42 -24,48 -22,56",
}
KEYS = {"calcaneus": "calcaneus", "talus": "talus", "tibia": "tibia", "fibula": "fibula"}


HEIGHT, FLOOR = 776, 756
LEG = View("front", 0.63, (-AXIS, 92), (184, 14))
SIDE = View("side", 0.66, (-71, -66), (366, 142))
BEHIND = View("back", 1.4, (0, 0), (352, 534))
INSIDE = View("inside", 0.76, (-131, 0), (340, FLOOR - 1))


def plates() -> Iterator[DrawnPlate]:
    """Both directions of the chain."""
    yield _chain_inward()
    yield _chain_outward()


def _chain_inward() -> DrawnPlate:
    plate = DrawnPlate(
        "chain-inward",
        "From the foot to the hip: turning inward",
        "The bones of a right leg that stands, seen from the front. It is the person's right leg, so it is on the"
        " left of the picture; the big toe is on the side of the middle of the body. When the heel tilts inward,"
        " shin and thigh turn inward too, and the pelvis tips forward a little: this was seen in healthy adults who"
        " stood on wedges. The kneecap then faces inward, and the inner arch comes lower. Three small pictures show"
        " parts from elsewhere: the pelvis from its right side, facing right; the heel from behind, its inner side on"
        " the left; the foot from its inner side, toes to the left. The turns are drawn larger than they are in life.",
        HEIGHT,
    )
    _leg(plate, TURN, lift=-13)
    _pelvis_from_the_side(plate)
    _heel_from_behind(plate, tilt=13)
    _turn(plate, [BEHIND.spot(at) for at in ((36, 40), (20, 45), (2, 46), (-14, 43))])
    foot_with_arch(plate, INSIDE, -14)
    _turn(plate, [INSIDE.spot(at) for at in ((146, 118), (146, 84))])
    _name(plate, "pelvis", "right", SIDE.spot((-70, 50)), "tips forward")
    _name(plate, "femur", "left", LEG.spot((112, -200)), "turns inward")
    _name(plate, "patella", "left", LEG.spot((72, -440)), "faces inward")
    _name(plate, "tibia", "left", LEG.spot((86, -760)), "turns inward")
    _name(plate, "calcaneus", "right", BEHIND.spot((0, 24)), "tilts inward")
    _name(plate, "medial_longitudinal_arch", "right", INSIDE.spot((64, 23)), "comes lower")
    return plate


def _chain_outward() -> DrawnPlate:
    plate = DrawnPlate(
        "chain-outward",
        "From the hip to the foot: turning outward",
        "The bones of a right leg that stands, seen from the front. It is the person's right leg, so it is on the"
        " left of the picture; the big toe is on the side of the middle of the body. The thigh turns outward while"
        " the foot stays on the floor. The shin turns with it, and the kneecap faces outward. In a foot that can move,"
        " the heel tends to straighten and the inner arch to rise. How far they do is not known. The ball of the big"
        " toe stays down. Two small pictures show the foot from elsewhere: the heel from behind, its inner side on the"
        " left; the foot from its inner side, toes to the left. The turns are drawn larger than they are in life. The"
        " picture says nothing about strength.",
        HEIGHT,
    )
    _leg(plate, -TURN, lift=11)
    _heel_from_behind(plate, tilt=0)
    _turn(plate, [BEHIND.spot(at) for at in ((-34, 42), (-16, 46), (2, 46), (20, 41))])
    foot_with_arch(plate, INSIDE, 11)
    _turn(plate, [INSIDE.spot(at) for at in ((146, 92), (146, 126))])
    _name(plate, "femur", "left", LEG.spot((112, -200)), "turns outward")
    _name(plate, "patella", "left", LEG.spot((96, -440)), "faces outward")
    _name(plate, "tibia", "left", LEG.spot((86, -760)), "turns outward")
    _name(plate, "calcaneus", "right", BEHIND.spot((0, 24)), "straightens")
    _name(plate, "medial_longitudinal_arch", "right", INSIDE.spot((64, 34)), "rises")
    plate.name_place("Ball of the big toe", "left", _foot_spots("32,204,20", 11)[0], small="stays down")
    return plate


def _name(plate: DrawnPlate, key: str, place: Place, at: Point, does: str = "") -> None:
    """Name a part, and say what it does here."""
    plate.name_part(key, place, at, small=does, where=does)


# --- arrows ----------------------------------------------------------------------------------------------


def _turn(plate: DrawnPlate, way: Sequence[Point]) -> None:
    """An arrow along a line on the plate."""
    (x0, y0), (x1, y1) = way[-2:]
    back = math.atan2(y0 - y1, x0 - x1)
    barbs = [(x1 + 13 * math.cos(back + side), y1 + 13 * math.sin(back + side)) for side in (-0.6, 0.6)]
    head = shapely.LineString([barbs[0], (x1, y1), barbs[1]])
    plate.draw(shapely.MultiLineString([*getattr(smooth(way), "geoms", [smooth(way)]), head]), "turn")


def _turn_about(plate: DrawnPlate, at: Point, radius: float, degrees: float) -> None:
    """An arrow round the front of an upright bone; inward when `degrees` is above zero."""
    x, y = LEG.spot(at)
    steps = [math.radians(angle) for angle in range(188, 24, -4)]
    ring = [(x + radius * math.cos(step), y + radius * 0.34 * math.sin(step)) for step in steps]
    _turn(plate, ring if degrees > 0 else [(2 * x - across, down) for across, down in ring])


# --- the leg from the front ------------------------------------------------------------------------------


def _leg(plate: DrawnPlate, degrees: float, lift: float) -> None:
    """The right half of the pelvis, the turned leg (inward above zero) and the foot, its arch raised by `lift`."""
    pelvis = bones.FRONT
    half = points(pelvis["sacrum"])
    plate.draw(outlined([*LEG.flat(half), *LEG.flat(half, left=True)[::-1][1:-1]]), "bone", "sacrum")
    for hole in points(pelvis["foramina"]):
        for left in (False, True):
            plate.draw(disc(LEG.spot(hole, left=left), 2.2), "hole")
    hole = outlined(LEG.flat(points(pelvis["foramen"])))
    plate.draw(outlined(LEG.flat(points(pelvis["hip_bone"]))).difference(hole), "bone", "pelvis")
    for line in bones.FRONT_CREASES["hip_bone"]:
        plate.draw(smooth(LEG.flat(points(line))), "crease", "pelvis")
    fibula, tibia = (outlined(_turned(bone, degrees)) for bone in (FIBULA, TIBIA))
    _foot(plate, lift, joined([fibula, tibia]))
    plate.draw(fibula, "bone far", "fibula")
    plate.draw(tibia, "bone", "tibia")
    for line in TIBIA_CREASES:
        plate.draw(smooth(_turned(line, degrees)), "crease", "tibia")
    head = disc(LEG.spot((AXIS, bones.HIP_CENTRE[1])), bones.HEAD_RADIUS * LEG.scale)
    plate.draw(joined([outlined(_turned(FEMUR, degrees)), head]), "bone", "femur")
    for line in FEMUR_CREASES:
        plate.draw(smooth(_turned(line, degrees)), "crease", "femur")
    rim = LEG.flat(points(pelvis["socket_rim"]))
    wall = outlined([rim[0], *rim, rim[-1], *LEG.flat(points(bones.FRONT["socket_wall"]))])
    plate.draw(
        wall.intersection(outlined(LEG.flat(points(pelvis["hip_bone"]))).buffer(-1)), "bone plain", "pelvis"
    )
    plate.draw(smooth(rim), "rim", "hip_joint")
    plate.draw(outlined(_turned(PATELLA, degrees, forward=PATELLA_FORWARD)), "bone", "patella")
    _turn_about(plate, (110, -262), 34, degrees)
    _turn_about(plate, (90, -672), 36, degrees)


def _turned(outline: str, degrees: float, *, forward: float | None = None) -> list[Point]:
    """An outline on the plate, turned about the line from hip to ankle; flat ones lie `forward` of it."""
    solid = points3(outline) if forward is None else [(x, y, forward) for x, y in points(outline)]
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return LEG.flat([(AXIS + (x - AXIS) * cos - depth * sin, y) for x, y, depth in solid])


def _foot(plate: DrawnPlate, lift: float, shin: Shape) -> None:
    """The foot from the front and a little from above, standing on the floor."""
    bones_of_foot = [
        ("bone far" if name == "calcaneus" else "bone", outlined(_foot_spots(outline, lift)))
        for name, outline in TARSALS.items()
    ]
    for line, widths in LONG_BONES.values():
        broad = [width * FOOT_SCALE * LEG.scale for width in widths]
        bones_of_foot.append(("bone", strand(_foot_spots(line, lift), broad)))
    _, top = LEG.spot((0, SKIN_FROM))
    skin = joined([shin, *(shape for _, shape in bones_of_foot)]).buffer(14).buffer(-8)
    plate.draw(skin.intersection(shapely.box(0, top, WIDTH, FLOOR)), "skin-shape")
    plate.draw(shapely.LineString([(COLUMN + EDGE, FLOOR), (WIDTH / 2, FLOOR)]), "ground")
    for paint, shape in bones_of_foot:
        plate.draw(shape, paint)


def _foot_spots(line: str, lift: float) -> list[Point]:
    """Where points of the foot lie on the plate when its inner arch is raised by `lift` millimetres."""
    spots: list[Point] = []
    for inner, forward, height in points3(line):
        share = max(0.0, min((forward - ANKLE) / 44, (205 - forward) / 90, 1.0))
        share *= share * (3 - 2 * share)
        raised = height + lift * share * max(0.2, min(1.0, (inner + 20) / 40))
        aside = inner - 0.35 * lift * share
        down = (88 - raised) * 0.98 + (forward - ANKLE) * FROM_ABOVE
        spots.append(LEG.spot((AXIS + (6 - aside) * FOOT_SCALE, FOOT_UP - down * FOOT_SCALE)))
    return spots


# --- seen from elsewhere ---------------------------------------------------------------------------------


def _pelvis_from_the_side(plate: DrawnPlate) -> None:
    """The right half of the pelvis, tipped forward about the hip."""
    hip = SIDE.spot((-71, -66))

    def shape(outline: str, degrees: float) -> Shape:
        return affinity.rotate(outlined(SIDE.flat(points(outline))), degrees, origin=hip)

    thigh = shape(bones.SIDE["femur"], 0).intersection(shapely.box(0, 0, WIDTH, hip[1] + 74))
    plate.draw(shape(bones.SIDE["sacrum"], TIP), "bone far", "sacrum")
    hole = shape(bones.SIDE["foramen"], TIP)
    plate.draw(shape(bones.SIDE["hip_bone"], TIP).difference(hole), "bone", "pelvis")
    plate.draw(disc(hip, bones.SOCKET_RADIUS * SIDE.scale), "hole", "pelvis")
    plate.draw(thigh, "bone", "femur")
    steps = [math.radians(angle) for angle in range(-118, -62, 8)]
    _turn(plate, [(hip[0] + 122 * math.cos(step) - 6, hip[1] + 122 * math.sin(step)) for step in steps])


def _heel_from_behind(plate: DrawnPlate, tilt: float) -> None:
    """The heel from behind, its top leaning towards the inner side by so many millimetres."""
    for name, outline in HEEL.items():
        leaning = [(x - tilt * min(height, 62) / 62, height) for x, height in points(outline)]
        paint = "skin-shape" if name == "skin" else "bone far" if name == "fibula" else "bone"
        plate.draw(outlined(BEHIND.flat(leaning)), paint, KEYS.get(name, ""))
    plate.draw(shapely.LineString([BEHIND.spot((-58, -2)), BEHIND.spot((58, -2))]), "ground")
