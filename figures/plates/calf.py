"""The calf: from behind, the left leg with its surface and the right without gastrocnemius; and from the inner side.

Outlines are drawn by hand in millimetres of the right leg. From behind: outward from the middle of the shin, up from
the floor; the left leg is its mirror image. From the inner side: as the foot (`foot`), forward from the heel, up.
"""

from collections.abc import Iterator, Sequence

from figures.plates import foot
from figures.plates.bones import points
from figures.plates.kit import COLUMN, WIDTH, DrawnPlate
from figures.plates.shapes import Point, Shape, fan, fibres_between, joined, outlined, strand
from figures.plates.views import View

MIDDLE_OF_LEG = 76.0  # from the middle of the body
SCALE = 1.04

SKIN = (
    "-52,560! -54,500 -52,462 -60,420 -66,370 -64,320 -54,260 -42,190 -36,130 -37,96 -33,70 -35,40 -38,16 -32,1 0,-2 "
    "32,1 40,14 38,40 35,70 38,92 35,130 40,190 50,260 60,320 62,370 58,420 53,462 54,500 52,560!"
)
# Back to front, with the key of the page of each.
BONES = (
    ("metatarsals", "-34,22 -20,30 4,30 30,24 42,12 40,3 -34,3"),
    (
        "femur",
        "-15,560! -15,540 -20,520 -38,504 -43,488 -40,472 -26,463 -10,466 -3,478 3,478 10,467 26,464 40,472 43,488 "
        "38,504 20,520 15,540 15,560!",
    ),
    (
        "fibula",
        "33,452 43,452 48,442 45,430 38,418 35,330 33,220 32,130 36,104 37,84 31,70 24,76 24,104 26,130 28,220 29,330 32,418 29,438",
    ),
    (
        "tibia",
        "-40,461 -20,457 0,462 20,458 38,459 41,448 36,434 24,420 15,390 10,330 7,250 8,170 14,124 20,104 18,95 0,92 "
        "-16,95 -20,84 -28,76 -34,84 -33,104 -25,130 -19,180 -17,250 -17,330 -21,390 -32,424 -42,446",
    ),
    ("talus", "-18,92 0,90 18,93 21,82 17,68 0,64 -16,68 -20,80"),
    ("calcaneus", "-16,66 0,69 16,66 20,52 24,34 25,16 18,4 0,1 -18,4 -25,15 -23,36 -20,52"),
)
# The fibres of each head of gastrocnemius, and of soleus, from the inner to the outer edge.
INNER_HEAD = (
    "-34,496 -50,440 -58,372 -50,312 -32,284",
    "-26,500 -36,440 -38,372 -32,306 -20,274",
    "-14,494 -12,440 -8,380 -6,320 -6,276",
)
OUTER_HEAD = (
    "12,494 10,440 6,384 5,330 5,294",
    "25,500 34,440 36,384 30,322 18,292",
    "33,496 46,440 52,384 46,330 30,302",
)
SOLEUS = (
    "-22,388 -44,350 -53,300 -44,236 -14,166",
    "-6,406 -22,350 -26,290 -20,226 -6,156",
    "12,424 6,350 4,290 2,220 0,150",
    "30,440 28,360 28,300 22,230 6,160",
    "40,436 48,360 50,300 42,240 14,172",
)
GASTROCNEMIUS_SHEET = (
    "-36,300 -30,250 -15,180 -8,140",
    "0,300 0,250 0,190 0,140",
    "34,314 28,250 14,180 8,140",
)
ACHILLES, ACHILLES_WIDTHS = "0,190 0,150 0,110 0,76 0,52", (24, 16, 12, 14, 22)


# From the inner side.
SIDE_LEG = (
    "46,150 42,200 24,260 -10,320 -28,380 -22,436 4,490 8,530 0,600! 104,600! 112,540 114,500 108,462 100,424 97,350 "
    "93,270 92,150"
)
SIDE_FEMUR = "50,600! 50,566 40,540 30,516 36,492 56,480 80,480 98,492 104,512 98,532 84,552 80,572 80,600!"
SIDE_SOLEUS = ("48,436 53,350 52,270 47,196", "36,424 22,350 28,280 44,190", "30,408 -4,340 8,264 38,190")
SIDE_GASTROCNEMIUS = (
    "38,520 26,450 10,390 8,318",
    "30,520 4,450 -12,390 -4,312",
    "24,510 -16,440 -26,384 -12,322",
)
SIDE_TENDON = "-2,330 16,268 36,212 42,160 40,120 27,84 10,50", (20, 14, 10, 8, 8, 9, 12)


def plates() -> Iterator[DrawnPlate]:
    """The plates of the calf."""
    yield _from_behind()
    yield _from_the_side()


def _from_the_side() -> DrawnPlate:
    plate = DrawnPlate(
        "calf-side",
        "The calf, from the inner side",
        "The right lower leg and foot, seen from the inner side, toes to the left. Gastrocnemius starts on the thigh"
        " bone and crosses the knee; soleus lies beneath it, starts on shin bone and calf bone, and does not. Both pull"
        " on the heel bone by the Achilles tendon.",
        640,
    )
    plate.about = ("soleus",)
    view = View("inside", 0.98, (-122, 300), (WIDTH / 2, 324))
    _, ground = view.spot((0, -2))
    plate.draw(strand([(COLUMN + 8, ground), (WIDTH - COLUMN - 8, ground)], [1, 1]), "ground")

    def flat(line: str) -> list[Point]:
        return view.flat(points(line))

    plate.draw(joined([outlined(flat(foot.INNER["skin"])), outlined(flat(SIDE_LEG))]), "skin-shape")
    plate.draw(outlined(flat(foot.INNER_LEG["fibula"])), "bone far", "fibula")
    for name, outline in foot.INNER.items():
        if name not in {"skin", "tibia"}:
            paint = "bone far" if name in {"metatarsal-2", "cuneiform-2"} else "bone"
            plate.draw(outlined(flat(outline)), paint, foot.KEYS.get(name.split("-")[0], ""))
    _belly(plate, "soleus", [[flat(line) for line in SIDE_SOLEUS]], rows=3)
    plate.draw(outlined(flat(foot.INNER_LEG["tibia"])), "bone", "tibia")
    plate.draw(outlined(flat(SIDE_FEMUR)), "bone", "femur")
    plate.draw(strand(flat(SIDE_TENDON[0]), SIDE_TENDON[1]), "tendon", "gastrocnemius")
    _belly(plate, "gastrocnemius", [[flat(line) for line in SIDE_GASTROCNEMIUS]], rows=3)
    for key, at in (
        ("femur", (66, 570)),
        ("knee", (80, 479)),
        ("tibia", (72, 330)),
        ("ankle_joint", (78, 82)),
    ):
        plate.name_part(key, "left", view.spot(at))
    for key, at in (("gastrocnemius", (-8, 400)), ("soleus", (32, 290)), ("calcaneus", (24, 28))):
        plate.name_part(key, "right", view.spot(at))
    plate.name_place("Achilles tendon", "right", view.spot((41, 140)))
    return plate


def _from_behind() -> DrawnPlate:
    plate = DrawnPlate(
        "calf-back",
        "The calf, from behind",
        "Both lower legs, seen from behind. On the left leg lies gastrocnemius, which starts with two heads on the"
        " thigh bone, above the knee. On the right leg it is taken away: beneath it lies soleus, which starts below the"
        " knee. Both end in the Achilles tendon, at the heel bone.",
        640,
    )
    plate.about = ("gastrocnemius",)
    view = View("back", SCALE, (0, 280), (WIDTH / 2, 322))
    _, ground = view.spot((0, -2))
    plate.draw(strand([(COLUMN + 8, ground), (WIDTH - COLUMN - 8, ground)], [1, 1]), "ground")
    for left in (True, False):
        _leg(plate, view, left=left)
    _soleus(plate, view)
    _gastrocnemius(plate, view)
    for key, at in (("femur", (0, 530)), ("gastrocnemius", (-38, 380)), ("calcaneus", (-14, 16))):
        plate.name_part(key, "left", _spot(view, at, left=True))
    plate.name_place("Achilles tendon", "left", _spot(view, (-3, 110), left=True))
    plate.name_part("knee", "right", _spot(view, (30, 462)))
    plate.name_part("fibula", "right", _spot(view, (33, 190)))
    plate.name_part("soleus", "right", _spot(view, (36, 320)))
    plate.name_part("tibia", "right", _spot(view, (-19, 128)))
    plate.name_part("ankle_joint", "right", _spot(view, (14, 94)))
    return plate


def _spot(view: View, at: Point, *, left: bool = False) -> Point:
    return view.spot((at[0] + MIDDLE_OF_LEG, at[1]), left=left)


def _line(view: View, line: str, *, left: bool = False) -> list[Point]:
    """A line of the right leg where it lies on the plate; a point with a mark is given twice, for a corner."""
    return [_spot(view, (x, y), left=left) for x, y in points(line)]


def _leg(plate: DrawnPlate, view: View, *, left: bool) -> None:
    plate.draw(outlined(_line(view, SKIN, left=left)), "skin-shape")
    for key, outline in BONES:
        plate.draw(outlined(_line(view, outline, left=left)), "bone", key)


def _soleus(plate: DrawnPlate, view: View) -> None:
    _tendon(plate, view, "soleus", left=False)
    _belly(plate, "soleus", [[_line(view, line) for line in SOLEUS]], rows=7)


def _gastrocnemius(plate: DrawnPlate, view: View) -> None:
    sheet = fan([_line(view, line, left=True) for line in GASTROCNEMIUS_SHEET])
    plate.draw(joined([sheet, _tendon_shape(view, left=True)]), "tendon", "gastrocnemius")
    heads = [[_line(view, line, left=True) for line in head] for head in (INNER_HEAD, OUTER_HEAD)]
    _belly(plate, "gastrocnemius", heads, rows=4)


def _tendon_shape(view: View, *, left: bool) -> Shape:
    return strand(_line(view, ACHILLES, left=left), [width * SCALE for width in ACHILLES_WIDTHS])


def _tendon(plate: DrawnPlate, view: View, key: str, *, left: bool) -> None:
    plate.draw(_tendon_shape(view, left=left), "tendon", key)


def _belly(plate: DrawnPlate, key: str, parts: Sequence[Sequence[Sequence[Point]]], *, rows: int) -> None:
    plate.colours.add("calf")
    for fibres in parts:
        shape = fan(fibres)
        plate.draw(shape, "muscle calf", key)
        plate.draw(fibres_between(fibres, rows, shape), "fibre", key)
