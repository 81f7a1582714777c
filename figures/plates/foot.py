"""Plates of the foot: its bones and arches, what holds them up, and the muscles that help.

Outlines are drawn by hand in millimetres of the right foot. From the sides: forward from the back of the heel,
up from the floor. From below: towards the big toe, forward from the heel. Across: towards the big toe, up.
"""

from collections.abc import Iterator, Mapping

import shapely

from figures.plates.bones import points
from figures.plates.kit import COLUMN, WIDTH, DrawnPlate
from figures.plates.shapes import Shape, disc, fan, fibres_between, outlined, smooth, strand
from figures.plates.views import View

INNER = {
    "skin": (
        "44,168 42,120 36,96 16,74 3,50 0,26 6,6 22,0 40,0 58,4 84,10 118,13 152,10 174,4 192,0 220,0 "
        "232,4 246,1 258,4 262,14 256,24 240,29 222,35 196,46 164,62 138,75 112,90 98,106 92,124 92,168"
    ),
    "metatarsal-2": "136,66 156,60 184,44 206,32 204,24 176,34 150,46",
    "calcaneus": (
        "8,40 5,28 8,14 18,7 30,8 40,14 56,19 74,25 90,29 95,38 92,46 84,50 76,55 64,52 56,56 46,62 34,60 "
        "20,56"
    ),
    "talus": "42,68 46,78 56,84 68,85 80,82 88,76 98,74 108,67 111,57 106,49 96,50 86,55 76,58 62,56 54,60",
    "tibia": "50,172! 53,130 48,106 43,92 47,83 56,79 61,71 67,67 73,71 78,80 87,88 86,106 82,130 84,172!",
    "navicular": "111,71 120,69 126,62 126,48 122,39 114,35 107,38 108,46 113,55 112,64",
    "cuneiform-2": "128,70 148,64 150,56 128,60",
    "cuneiform-1": "128,65 140,62 152,56 155,42 152,29 140,27 128,33 126,42 129,54",
    "metatarsal-1": "155,57 162,55 174,44 188,35 200,35 211,31 215,21 211,11 203,9 195,13 184,22 170,30 157,29 155,42",
    "sesamoid": "194,11 200,7 207,6 205,11 198,14",
    "phalanx-1": "217,27 222,26 232,20 240,20 243,14 240,8 231,11 222,9 216,11 218,19",
    "phalanx-2": "245,20 250,17 257,14 258,9 252,8 245,8 244,14",
}
OUTER = {
    "skin": (
        "46,168 44,120 38,96 17,74 3,50 0,26 6,6 22,0 60,0 100,2 140,1 176,0 210,0 228,2 240,1 250,6 "
        "250,16 240,23 214,31 184,46 150,66 120,84 104,98 96,122 94,168"
    ),
    "tibia": "56,168 58,120 54,96 64,86 84,88 88,100 84,124 86,168",
    "talus": "48,72 56,84 70,87 84,84 94,76 106,72 112,62 106,54 94,56 82,58 66,60 54,66",
    "navicular": "112,72 122,68 126,58 120,50 112,54 114,64",
    "cuneiform-3": "126,66 144,58 148,46 136,42 124,50",
    "metatarsal-3": "146,56 168,47 196,32 214,24 212,15 190,22 166,32 148,42",
    "calcaneus": (
        "8,42 5,28 8,14 18,7 34,8 52,12 76,16 98,20 104,30 102,44 94,52 84,50 76,54 64,62 50,66 34,61 20,56"
    ),
    "cuboid": "105,48 118,47 132,41 138,32 137,21 126,19 118,14 107,17 106,30",
    "metatarsal-4": "137,42 152,38 176,29 196,22 208,21 211,13 206,7 196,9 176,16 154,22 139,27",
    "metatarsal-5": "138,32 150,30 172,22 188,18 198,18 203,11 198,5 188,6 170,10 150,13 138,13 126,10 124,15 132,21",
    "phalanx-4": "212,18 224,15 234,12 236,7 226,7 212,9",
    "phalanx-5": "205,15 214,13 224,11 228,7 220,5 206,6",
    "fibula": "58,168 60,118 56,96 56,78 62,66 70,62 77,70 80,84 76,104 72,124 72,168",
}
BELOW = {
    "skin": (
        "0,-4 20,4 31,26 32,56 39,84 44,108 44,134 45,170 49,200 44,222 45,240 40,260 28,264 19,256 15,246 8,252 "
        "0,246 -5,238 -14,242 -20,232 -24,224 -31,228 -37,216 -46,212 -52,194 -53,172 -51,140 -49,112 -42,84 "
        "-36,54 -31,24 -18,4"
    ),
    "talus": "2,72 14,70 22,82 22,96 12,102 2,98 -2,86",
    "calcaneus": "-4,6 10,10 18,24 14,42 20,54 24,62 20,70 8,70 0,80 -8,92 -22,92 -28,82 -26,56 -24,30 -18,12",
    "navicular": "2,102 14,105 24,100 34,96 38,104 32,114 20,116 6,117 0,110",
    "cuboid": "-26,95 -8,95 -2,102 -3,116 -8,126 -22,124 -31,116 -31,104",
    "cuneiform-3": "-2,118 6,119 6,138 -1,140 -7,128",
    "cuneiform-2": "8,119 16,118 17,132 9,134",
    "cuneiform-1": "18,118 32,116 36,124 35,140 24,142 18,136",
    "metatarsal-1": "22,144 36,142 37,152 33,170 36,186 43,196 42,206 32,210 22,206 21,196 26,184 25,166 21,152",
    "metatarsal-2": "8,136 17,134 18,146 14,170 14,194 18,204 13,213 6,211 5,202 8,192 9,168 8,150",
    "metatarsal-3": "-4,142 6,140 5,154 1,176 0,194 2,202 -3,209 -10,206 -10,198 -6,188 -4,166 -4,152",
    "metatarsal-4": "-17,127 -6,130 -7,146 -12,168 -15,186 -13,194 -18,201 -25,198 -25,190 -20,178 -17,160 -15,142",
    "metatarsal-5": (
        "-30,118 -20,126 -18,138 -24,156 -31,176 -29,184 -34,191 -41,188 -42,179 -36,166 -31,148 -34,130 "
        "-42,116 -38,110"
    ),
    "phalanx-1a": "24,213 40,212 38,222 37,232 27,232 26,222",
    "phalanx-1b": "25,235 39,235 37,246 38,254 28,255 27,246",
    "phalanx-2": "7,215 15,214 12,226 12,243 5,243 6,226",
    "phalanx-3": "-10,211 -2,211 -4,222 -5,238 -12,238 -10,222",
    "phalanx-4": "-25,203 -17,203 -19,214 -20,228 -27,226 -25,214",
    "phalanx-5": "-41,193 -33,193 -35,204 -36,214 -43,211 -42,202",
    "sesamoid-a": "25,198 30,196 31,204 26,206",
    "sesamoid-b": "34,196 39,198 38,206 33,204",
}
INNER_LEG = {
    "fibula": (
        "29,460 37,465 46,458 46,442 43,418 45,348 49,248 51,168 56,110 58,90! 46,90 44,108 44,138 41,208 37,308 "
        "33,418 27,444"
    ),
    "tibia": (
        "43,92 48,106 53,130 54,170 55,270 54,370 47,438 33,460 33,474 61,478 89,476 99,468 100,454 105,440 "
        "101,426 94,398 87,328 83,248 82,168 84,130 86,106 87,88 78,80 73,71 67,67 61,71 56,79 47,83"
    ),
}
OUTER_LEG = {
    "tibia": (
        "33,474 61,478 89,476 99,468 100,454 105,440 101,426 94,398 87,328 84,248 84,168 84,124 88,100 84,88 64,86 "
        "54,96 56,120 56,168 55,248 54,368 47,438 33,460"
    ),
    "fibula": (
        "28,444 29,456 37,465 46,458 46,442 44,418 47,348 53,248 60,168 72,124 76,104 80,84 77,70 70,62 62,66 "
        "56,78 56,96 57,118 50,168 42,248 38,348 33,418"
    ),
}
ACROSS = {
    "skin": "-56,24 -52,44 -38,60 -18,71 6,76 25,73 38,64 45,48 46,32 40,19 27,13 11,11 -8,9 -24,3 -42,1 -52,8",
    "cuboid": "-20,59 -19,50 -17,40 -18,29 -25,21 -37,19 -46,26 -47,37 -39,49 -29,57",
    "cuneiform-3": "-17,61 -1,66 0,55 -2,43 -6,35 -11,34 -15,42 -17,51",
    "cuneiform-2": "1,67 15,65 14,53 12,43 8,39 4,43 2,55",
    "cuneiform-1": "17,64 25,64 33,55 38,41 37,28 29,22 20,25 16,34 15,48",
}

INNER_ARCH = "22,14 56,27 92,38 118,41 146,35 176,26 204,16"
SPRING_LIGAMENT = "84,50 92,52 102,52 109,47 111,38 105,34 97,36 90,40 85,44"
# The plantar fascia from below: fibres of its broad part, and its slips from the big toe to the little toe.
FASCIA = ("10,17 16,60 28,120 38,170", "2,15 2,60 1,120 -1,176", "-6,17 -11,60 -24,120 -34,160")
SLIPS = (
    "32,168 34,194 34,220",
    "14,172 12,198 11,221",
    "-2,172 -5,197 -6,218",
    "-16,167 -20,189 -21,209",
    "-28,159 -34,178 -37,199",
)

# The key of the page of each kind of bone; what follows a hyphen tells one from another.
KEYS = {
    "calcaneus": "calcaneus",
    "talus": "talus",
    "navicular": "navicular",
    "cuboid": "cuboid",
    "cuneiform": "cuneiforms",
    "metatarsal": "metatarsals",
    "tibia": "tibia",
    "fibula": "fibula",
}
ARCHES = {"medial_longitudinal_arch": "in", "lateral_longitudinal_arch": "out", "transverse_arch": "across"}


def plates() -> Iterator[DrawnPlate]:
    """All foot plates; of those that show the same part the one that shows it best comes first."""
    yield _foot_inner()
    yield _foot_outer()
    yield _foot_across()
    yield _foot_below()
    yield _foot_sole()
    yield _helpers_inner()
    yield _helpers_outer()


def draw_bones(
    plate: DrawnPlate,
    view: View,
    bones: Mapping[str, str],
    *,
    far: tuple[str, ...] = (),
    highest: float = 1000,
) -> None:
    """Skin and bones, back to front; those named in `far` lie behind. `highest` is where they are cut off (mm)."""
    for name, outline in bones.items():
        paint = "skin-shape" if name == "skin" else "bone far" if name in far else "bone"
        plate.draw(
            _cut_off(outlined(view.flat(points(outline))), view, highest),
            paint,
            KEYS.get(name.split("-")[0], ""),
        )


def _cut_off(shape: Shape, view: View, highest: float) -> Shape:
    _, y = view.spot((0, highest))
    return shape.intersection(shapely.box(-1000, y, 2000, 2000))


def _floor(plate: DrawnPlate, view: View, *, margin: float = 14) -> None:
    _, y = view.spot((0, -1.5))
    plate.draw(shapely.LineString([(margin, y), (WIDTH - margin, y)]), "ground")


def draw_arch(plate: DrawnPlate, view: View, key: str, line: str) -> None:
    """The line of an arch between its two ends."""
    way = view.flat(points(line))
    plate.draw(smooth(way), f"line-{ARCHES[key]}", key)
    for end in (way[0], way[-1]):
        plate.draw(disc(end, 6.5), f"end-{ARCHES[key]}", key)


def _ligament(plate: DrawnPlate, view: View, line: str, *widths: float, key: str = "") -> None:
    plate.draw(strand(view.flat(points(line)), [width * view.scale for width in widths]), "ligament", key)


# --- arches ----------------------------------------------------------------------------------------------


def _foot_inner() -> DrawnPlate:
    plate = DrawnPlate(
        "foot-inner",
        "The foot from the inner side",
        "The bones of the right foot, seen from its inner side, toes to the left. The inner arch runs from the heel"
        " bone over the talus to the ball of the big toe. The thick line stands for it; no such line is found in the"
        " body. The talus is its keystone, the top stone of an arch. The spring ligament holds the talus from below."
        " Seen from here, the first of the three wedge bones (cuneiforms) hides most of the other two.",
        440,
    )
    view = View("inside", 1.98, (-131, 0), (WIDTH / 2, 342))
    _floor(plate, view)
    draw_bones(plate, view, INNER, far=("metatarsal-2", "cuneiform-2"), highest=130)
    _ligament(plate, view, "24,8 62,13 110,19.5 158,15 198,5 228,9", 8, 7, 5.5, 5, 4, 2, key="plantar_fascia")
    talus, spring = (outlined(view.flat(points(outline))) for outline in (INNER["talus"], SPRING_LIGAMENT))
    plate.draw(spring.difference(talus), "ligament", "spring_ligament")
    draw_arch(plate, view, "medial_longitudinal_arch", INNER_ARCH)
    plate.name_part("ankle_joint", "top", view.spot((82, 83)))
    plate.name_part("talus", "top", view.spot((99, 66)), small="keystone", where="keystone")
    plate.name_part("navicular", "top", view.spot((119, 60)))
    plate.name_part(
        "cuneiforms", "top", view.spot((141, 52)), small="the first of three", where="the first of three"
    )
    plate.name_part("metatarsals", "top", view.spot((182, 33)))
    plate.name_part("calcaneus", "bottom", view.spot((34, 36)))
    plate.name_part("spring_ligament", "bottom", view.spot((105.5, 36.5)))
    plate.name_part("medial_longitudinal_arch", "bottom", view.spot((136, 37)))
    plate.name_part("plantar_fascia", "bottom", view.spot((172, 11.5)))
    plate.name_part("big_toe_joint", "bottom", view.spot((216, 18)))
    return plate


def _foot_outer() -> DrawnPlate:
    plate = DrawnPlate(
        "foot-outer",
        "The foot from the outer side",
        "The bones of the right foot, seen from its outer side, toes to the right. The low outer arch runs from the"
        " heel bone over the cuboid to the fourth and fifth metatarsals. The dashed line stands for it; no such line"
        " is found in the body.",
        440,
    )
    view = View("side", 1.98, (127, 0), (WIDTH / 2, 342))
    _floor(plate, view)
    draw_bones(plate, view, OUTER, far=("tibia", "navicular", "cuneiform-3", "metatarsal-3"), highest=130)
    _ligament(plate, view, "34,9 70,11 112,14 146,15", 6, 5, 4.5, 3)
    draw_arch(plate, view, "lateral_longitudinal_arch", "22,12 66,18 112,24 150,21 196,11")
    plate.name_part("fibula", "top", view.spot((63, 122)))
    plate.name_part("subtalar_joint", "top", view.spot((82, 55)))
    plate.name_part("talus", "top", view.spot((101, 66)))
    plate.name_part("cuboid", "top", view.spot((121, 41)))
    plate.name_part("metatarsals", "top", view.spot((176, 25)))
    plate.name_part("calcaneus", "bottom", view.spot((30, 36)))
    plate.name_place("Long plantar ligament", "bottom", view.spot((92, 13)))
    plate.name_part("lateral_longitudinal_arch", "bottom", view.spot((162, 19)))
    return plate


def _foot_across() -> DrawnPlate:
    plate = DrawnPlate(
        "foot-across",
        "Across the middle of the foot",
        "The right foot, cut across its middle and seen from the front, the inner side on the right. The cuboid and"
        " the three wedge bones (cuneiforms) stand side by side and make the cross arch. The dotted line stands for"
        " it. The tendon of peroneus longus runs"
        " below, from the outer to the inner side.",
        300,
    )
    view = View("side", 3.15, (-5, 0), (WIDTH / 2, 268))
    _floor(plate, view, margin=COLUMN + 8)
    draw_bones(plate, view, ACROSS)
    way = "-50,26 -44,16 -33,14 -18,19 -4,27 10,30 22,24"
    plate.draw(strand(view.flat(points(way)), [18, 18, 16, 15, 16, 20]), "tendon", "peroneus_longus")
    draw_arch(plate, view, "transverse_arch", "-36,26 -22,37 -8,46 8,50 21,44 30,30")
    plate.name_part("cuboid", "left", view.spot((-32, 45)))
    plate.name_part("peroneus_longus", "left", view.spot((-30, 14)), small="its tendon")
    plate.name_part("cuneiforms", "right", view.spot((29, 54)))
    plate.name_part("transverse_arch", "right", view.spot((26, 37.5)))
    plate.name_place("Middle cuneiform", "right", view.spot((9, 61)))
    return plate


def _foot_below() -> DrawnPlate:
    plate = DrawnPlate(
        "foot-below",
        "The foot from below, with its three arches",
        "The sole of the right foot, the big toe on the right. The solid line stands for the inner arch, the dashed"
        " line for the outer arch, the dotted line for the cross arch. The tinted triangle joins three places on which"
        " the foot stands: the heel, the ball of the big toe and the ball of the little toe.",
        600,
    )
    plate.about = ("metatarsals",)
    view = _sole_view(plate)
    draw_bones(plate, view, BELOW, far=("talus",))
    plate.draw(shapely.Polygon(view.flat([(-4, 22), (32, 200), (-35, 183)])), "load")
    draw_arch(plate, view, "medial_longitudinal_arch", "-2,24 20,60 30,104 33,150 32,198")
    draw_arch(plate, view, "lateral_longitudinal_arch", "-7,24 -20,60 -27,104 -32,140 -35,181")
    draw_arch(plate, view, "transverse_arch", "34,124 16,131 -4,127 -28,112")
    plate.name_part("medial_longitudinal_arch", "right", view.spot((33, 160)))
    plate.name_part("transverse_arch", "right", view.spot((24, 129)))
    plate.name_part("navicular", "right", view.spot((36, 108)))
    plate.name_place("Ball of the big toe", "right", view.spot((32, 199)))
    plate.name_part("big_toe_joint", "right", view.spot((40, 211)))
    plate.name_part("calcaneus", "right", view.spot((9, 36)))
    plate.name_part("lateral_longitudinal_arch", "left", view.spot((-31, 134)))
    plate.name_part("cuboid", "left", view.spot((-18, 106)))
    plate.name_part("cuneiforms", "left", view.spot((1, 123)))
    plate.name_part("metatarsals", "left", view.spot((-22, 176)))
    plate.name_place("Ball of the little toe", "left", view.spot((-35, 182)))
    plate.name_place("Heel contact", "left", view.spot((-6, 23)))
    return plate


def _sole_view(plate: DrawnPlate) -> View:
    return View("side", 2.1, (-2, 130), (WIDTH / 2, plate.height / 2))


def _foot_sole() -> DrawnPlate:
    plate = DrawnPlate(
        "foot-sole",
        "The band of the sole",
        "The sole of the right foot, the big toe on the right. The plantar fascia, the band of the sole, starts at the"
        " heel bone. It grows broader and parts into five slips, one for each toe. A thinner outer strip ends at the"
        " fifth metatarsal.",
        600,
    )
    plate.about = ("plantar_fascia",)
    view = _sole_view(plate)
    draw_bones(plate, view, BELOW, far=("talus",))
    outer = strand(view.flat(points("-10,20 -23,56 -33,92 -37,113")), [16, 17, 14, 9])
    plate.draw(outer, "ligament", "plantar_fascia")
    fibres = [view.flat(points(line)) for line in FASCIA]
    band = fan(fibres)
    slips = [strand(view.flat(points(line)), [25, 21, 17]) for line in SLIPS]
    whole = shapely.union_all([band, *slips]).buffer(4).buffer(-4)
    plate.draw(whole, "ligament", "plantar_fascia")
    plate.draw(fibres_between(fibres, 7, band), "crease", "plantar_fascia")
    for line in ("-32,164 -16,173 1,178 18,179 38,174", "-33,157 -16,166 1,171 18,172 38,167"):
        plate.draw(smooth(view.flat(points(line))).intersection(whole.buffer(-2)), "crease", "plantar_fascia")
    plate.name_part("plantar_fascia", "right", view.spot((8, 100)))
    plate.name_part("calcaneus", "right", view.spot((12, 34)))
    plate.name_part("metatarsals", "left", view.spot((-33, 150)))
    plate.name_part("big_toe_joint", "right", view.spot((41, 212)))
    plate.name_place("Outer strip", "left", view.spot((-28, 74)), small="of the band")
    return plate


# --- muscles that help -----------------------------------------------------------------------------------


def _muscle(
    plate: DrawnPlate,
    view: View,
    key: str,
    belly: tuple[str, tuple[float, ...]] | None,
    tendon: tuple[str, tuple[float, ...]] | None,
) -> None:
    """A muscle of the lower leg or the foot: its tendon, and its belly over that."""
    for way, paint in ((tendon, "tendon"), (belly, "muscle helpers")):
        if way:
            line, widths = way
            plate.draw(strand(view.flat(points(line)), [width * view.scale for width in widths]), paint, key)


def _helpers_inner() -> DrawnPlate:
    plate = DrawnPlate(
        "helpers-inner",
        "Muscles that help the arch, from the inner side",
        "The right foot and the lower end of the leg, seen from the inner side, toes to the left. The tendons of tibialis"
        " posterior and flexor hallucis longus come down behind the inner ankle. The first ends mainly at the navicular,"
        " the second at the tip of the big toe. Abductor hallucis lies along the inner edge of the foot.",
        620,
        follows_model=True,
    )
    view = View("inside", 1.9, (-131, 0), (WIDTH / 2, 540))
    cut = 250
    _floor(plate, view)
    foot = {name: outline for name, outline in INNER.items() if name not in {"skin", "tibia"}}
    draw_bones(plate, view, {"fibula": INNER_LEG["fibula"]}, far=("fibula",), highest=cut)
    for key, line, widths in (
        ("flexor_hallucis_longus", "40,290 37,230 35,170 39,112", (5, 17, 19, 6)),
        ("tibialis_posterior", "54,420 51,340 49,250 47,170 48,118", (8, 22, 22, 16, 7)),
    ):
        belly = strand(view.flat(points(line)), [width * view.scale for width in widths])
        plate.draw(_cut_off(belly, view, cut), "muscle helpers", key)
    draw_bones(plate, view, foot, far=("metatarsal-2", "cuneiform-2"))
    draw_bones(plate, view, {"tibia": INNER_LEG["tibia"]}, highest=cut)
    _muscle(
        plate,
        view,
        "flexor_hallucis_longus",
        None,
        ("39,120 45,86 56,60 82,43 106,31 150,21 202,11 228,9 250,11", (6, 5, 5, 5, 5, 4.5, 4.5, 4, 4)),
    )
    _muscle(
        plate,
        view,
        "tibialis_posterior",
        None,
        ("48,124 52,98 58,78 70,63 94,53 115,43", (6, 5.5, 5.5, 5.5, 6, 9)),
    )
    _muscle(
        plate,
        view,
        "abductor_hallucis",
        ("24,11 50,17 90,19 130,20 165,17", (8, 14, 18, 15, 6)),
        ("150,18 190,14 217,15", (6, 4.5, 6)),
    )
    plate.name_part("tibialis_posterior", "top", view.spot((47, 216)))
    plate.name_part("flexor_hallucis_longus", "top", view.spot((31, 190)))
    plate.name_part("tibia", "top", view.spot((74, 230)))
    plate.name_part("talus", "left", view.spot((98, 62)))
    plate.name_part("navicular", "left", view.spot((121, 54)))
    plate.name_place("Tendon of tibialis posterior", "bottom", view.spot((104, 48)))
    plate.name_part("abductor_hallucis", "bottom", view.spot((150, 15)))
    plate.name_part("calcaneus", "bottom", view.spot((22, 40)))
    return plate


def _helpers_outer() -> DrawnPlate:
    plate = DrawnPlate(
        "helpers-outer",
        "Peroneus longus, from the outer side",
        "The right lower leg and foot, seen from the outer side, toes to the right. The tendon of peroneus longus runs"
        " behind the outer ankle, turns under the foot at the cuboid and crosses to the inner side. What runs behind"
        " bone is dashed.",
        620,
        follows_model=True,
    )
    plate.about = ("peroneus_longus",)
    view = View("side", 1.18, (122, 236), (WIDTH / 2, 310))
    _floor(plate, view, margin=COLUMN + 8)
    foot = {name: outline for name, outline in OUTER.items() if name not in {"skin", "tibia", "fibula"}}
    draw_bones(plate, view, {"tibia": OUTER_LEG["tibia"]}, far=("tibia",))
    draw_bones(plate, view, foot, far=("navicular", "cuneiform-3", "metatarsal-3"))
    draw_bones(plate, view, {"fibula": OUTER_LEG["fibula"]})
    _muscle(
        plate,
        view,
        "peroneus_longus",
        ("40,456 44,400 49,330 52,260 53,190", (7, 21, 24, 18, 7)),
        (
            "53,210 53,150 51,105 52,80 59,62 78,49 99,36 109,24 121,17",
            (7, 6, 5.5, 5.5, 5.5, 5.5, 5.5, 5.5, 5),
        ),
    )
    under = view.flat(points("118,18 132,20 144,24 157,27"))
    plate.draw(
        strand(under, [5.5 * view.scale, 5.5 * view.scale, 6 * view.scale]),
        "tendon hidden",
        "peroneus_longus",
    )
    plate.name_part("peroneus_longus", "left", view.spot((48, 330)))
    plate.name_part("fibula", "left", view.spot((62, 140)))
    plate.name_part("tibia", "right", view.spot((76, 300)))
    plate.name_part("calcaneus", "left", view.spot((20, 36)))
    plate.name_part("cuboid", "right", view.spot((124, 36)))
    return plate
