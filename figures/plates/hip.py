"""Plates of the hip: its bones, its joint, and its muscles, group by group and all together."""

from collections.abc import Iterator

from figures.plates.body import BOTH, RIGHT, Body
from figures.plates.kit import WIDTH, DrawnPlate
from figures.plates.muscles import MUSCLES
from figures.plates.shapes import Point
from figures.plates.views import Direction, View

TO_THE_KNEE = 740  # height of a plate from the crest of the pelvis to below the knee


def plates() -> Iterator[DrawnPlate]:
    """All hip plates; of those that show the same part the one that shows it best comes first."""
    yield _bones_front()
    yield _bones_back()
    yield _hip_joint()
    yield _gluteal_side()
    yield _gluteal_side_deep()
    yield _deep_back()
    yield _deep_front()
    yield _iliopsoas_front()
    yield _adductors_front()
    yield _thigh_front()
    yield _thigh_back()
    yield _groups_front()
    yield _groups_back()
    yield _groups_side()


def _body(
    plate: DrawnPlate,
    seen_from: Direction,
    scale: float,
    centre: Point,
    *,
    dashed: bool = True,
) -> Body:
    """A body with the point `centre` (across, up) in the middle of the plate."""
    view = View(seen_from, scale, centre, (WIDTH / 2, plate.height / 2))
    return Body(plate, view, dashed=dashed)


# --- bones -----------------------------------------------------------------------------------------------


def _hip_joint() -> DrawnPlate:
    plate = DrawnPlate(
        "hip-joint",
        "The hip joint, from the front",
        "The right hip. The head of the thigh bone is a ball; it sits in the socket of the pelvis. The dashed line"
        " shows how the ball goes on behind the front wall of the socket.",
        460,
    )
    plate.about = ("hip_joint", "greater_trochanter")
    body = _body(plate, "front", 1.75, (-75, -34))
    body.sacrum(RIGHT)
    body.hip_bones(RIGHT)
    body.femurs(RIGHT)
    body.socket_walls(RIGHT)
    body.dashed_head()
    body.name_bone("hip_joint", "left", (95, -66))
    body.name_bone("greater_trochanter", "left", (142, -82))
    body.name_bone("femur", "left", (124, -140))
    body.name_bone("pelvis", "right", (84, 40))
    body.name_place("Socket", "right", (87, -57), small="acetabulum")
    body.name_place("Neck of the thigh bone", "left", (112, -92))
    body.name_place("Lesser trochanter", "right", (93, -130), small="inner bony point")
    body.name_bone("sacrum", "right", (26, 60))
    return plate


def _bones_front() -> DrawnPlate:
    plate = DrawnPlate(
        "bones-front",
        "Pelvis and thigh bones, from the front",
        "The bones from the top of the pelvis to below the knee. The ball of each thigh bone sits in a socket at the"
        " side of the pelvis.",
        TO_THE_KNEE,
    )
    body = _body(plate, "front", 1, (0, -260))
    body.sacrum()
    body.hip_bones()
    body.lower_legs()
    body.femurs()
    body.socket_walls()
    body.kneecaps()
    body.name_place("Iliac crest", "left", (104, 91), small="top of the hip bone")
    body.name_place("Front hip point", "left", (124, 0), small="ASIS")
    body.name_bone("greater_trochanter", "left", (146, -86))
    body.name_place("Lesser trochanter", "left", (93, -129))
    body.name_bone("femur", "left", (110, -270))
    body.name_bone("patella", "left", (92, -440))
    body.name_bone("fibula", "left", (122, -545))
    body.name_bone("sacrum", "right", (30, 66), left=True)
    body.name_bone("pelvis", "right", (96, 30), left=True)
    body.name_bone("hip_joint", "right", (100, -62), left=True)
    body.name_place("Pubic symphysis", "right", (0, -97))
    body.name_place("Sitting bone", "right", (58, -130), left=True, small="ischial tuberosity")
    body.name_bone("knee", "right", (110, -489), left=True)
    body.name_place("Tibial tuberosity", "right", (85, -533), left=True)
    body.name_bone("tibia", "right", (88, -585), left=True)
    return plate


def _bones_back() -> DrawnPlate:
    plate = DrawnPlate(
        "bones-back",
        "Pelvis and thigh bones, from behind",
        "The same bones from behind. The sacrum joins the two halves of the pelvis; the sitting bones point down.",
        TO_THE_KNEE,
    )
    plate.about = ("sacrum",)
    body = _body(plate, "back", 1, (0, -260))
    body.hip_bones()
    body.lower_legs()
    body.femurs()
    body.sacrum()
    body.hip_backs()
    body.name_bone("pelvis", "left", (104, 60), left=True)
    body.name_place("Back hip point", "left", (47, 42), left=True, small="PSIS")
    body.name_place("Ischial spine", "left", (54, -62), left=True)
    body.name_place("Sitting bone", "left", (56, -122), left=True, small="ischial tuberosity")
    body.name_place("Linea aspera", "left", (106, -290), left=True, small="rough line at the back")
    body.name_bone("tibia", "left", (86, -570), left=True)
    body.name_bone("sacrum", "right", (26, 66))
    body.name_place("Tailbone", "right", (3, -64), small="coccyx")
    body.name_bone("greater_trochanter", "right", (142, -76))
    body.name_place("Lesser trochanter", "right", (93, -129))
    body.name_bone("femur", "right", (116, -270))
    body.name_place("Outer condyle", "right", (112, -472))
    body.name_bone("fibula", "right", (122, -545))
    return plate


def _front_bones(body: Body, *, spine: int = 0) -> None:
    body.spine(highest=spine)
    body.sacrum()
    body.hip_bones()
    body.lower_legs()
    body.femurs()
    body.socket_walls()


def _side_bones(body: Body) -> None:
    body.sacrum()
    body.hip_bones(RIGHT)
    body.socket()
    body.lower_legs(RIGHT)
    body.femurs(RIGHT)
    body.quadriceps_tendon()
    body.kneecaps(RIGHT)


# --- superficial gluteal group ---------------------------------------------------------------------------


def _gluteal_side() -> DrawnPlate:
    plate = DrawnPlate(
        "gluteal-side",
        "The buttock and the outer hip, from the side",
        "Seen from the right; the person faces right. Gluteus maximus lies behind, gluteus medius above, tensor"
        " fasciae latae in front. The iliotibial band runs down to the knee; gluteus maximus ends in it and, under it,"
        " on the thigh bone.",
        TO_THE_KNEE,
        follows_model=True,
    )
    body = _body(plate, "side", 1, (-80, -260))
    _side_bones(body)
    body.muscle("gluteus_medius", fibres=7, pale=True)
    body.muscle("iliotibial_band")
    body.muscle("tfl")
    body.muscle("gluteus_maximus", fibres=9)
    body.name_muscle("gluteus_maximus", "left", at=(-140, -60, 90))
    body.name_muscle("gluteus_medius", "right", at=(-62, 44, 122))
    body.name_muscle("tfl", "right")
    body.name_place("Iliotibial band", "right", (-58, -300), small="tendon sheet")
    body.name_bone("patella", "right", (-16, -446))
    body.name_bone("femur", "left", (-78, -420))
    return plate


def _gluteal_side_deep() -> DrawnPlate:
    plate = DrawnPlate(
        "gluteal-side-deep",
        "Gluteus minimus, from the side",
        "Seen from the right; the person faces right. The muscles that cover gluteus minimus are taken away.",
        440,
        follows_model=True,
    )
    body = _body(plate, "side", 1.4, (-80, -44))
    _side_bones(body)
    body.muscle("gluteus_minimus", fibres=6)
    body.name_muscle("gluteus_minimus", "right")
    body.name_bone("greater_trochanter", "right", (-82, -90))
    body.name_bone("sacrum", "left", (-158, 10))
    body.name_place("Sitting bone", "left", (-126, -118), small="ischial tuberosity")
    body.name_bone("pelvis", "right", (-46, 60))
    return plate


# --- deep gluteal group ----------------------------------------------------------------------------------

FROM_BEHIND = (
    "quadratus_femoris",
    "obturator_internus",
    "gemellus_inferior",
    "gemellus_superior",
    "piriformis",
)
# From the side the gemelli would be slivers along obturator internus.
FROM_THE_SIDE = tuple(key for key in FROM_BEHIND if not key.startswith("gemellus"))


def _rotators_from_behind(body: Body, *, fibres: int = 3) -> None:
    for key in FROM_BEHIND:
        body.muscle(key, fibres=fibres, pale=key.startswith("gemellus"))


def _deep_back() -> DrawnPlate:
    plate = DrawnPlate(
        "deep-back",
        "The deep turners of the hip, from behind",
        "The right hip without the buttock muscles. What runs behind bone is dashed.",
        450,
        follows_model=True,
    )
    body = _body(plate, "back", 1.75, (76, -34))
    body.hip_bones(RIGHT)
    body.femurs(RIGHT)
    body.sacrum(RIGHT)
    body.hip_backs(RIGHT)
    _rotators_from_behind(body)
    body.name_muscle("piriformis", "right")
    body.name_muscle("gemellus_superior", "right")
    body.name_muscle("obturator_internus", "right")
    body.name_muscle("gemellus_inferior", "right")
    body.name_muscle("quadratus_femoris", "right", at=(-114, -112, 98))
    body.name_bone("sacrum", "left", (20, 52))
    body.name_place("Ischial spine", "left", (54, -62))
    body.name_place("Sitting bone", "left", (52, -126), small="ischial tuberosity")
    body.name_bone("greater_trochanter", "right", (144, -90))
    return plate


def _deep_front() -> DrawnPlate:
    plate = DrawnPlate(
        "deep-front",
        "Obturator externus, from the front",
        "The right hip. The muscle starts outside the ring of the pelvis and passes under the neck of the thigh"
        " bone to its back. What runs behind bone is dashed.",
        460,
        follows_model=True,
    )
    body = _body(plate, "front", 1.75, (-75, -34))
    body.sacrum(RIGHT)
    body.hip_bones(RIGHT)
    body.femurs(RIGHT)
    body.socket_walls(RIGHT)
    body.muscle("obturator_externus", fibres=5)
    body.name_muscle("obturator_externus", "right")
    body.name_bone("greater_trochanter", "left", (144, -84))
    body.name_bone("femur", "left", (120, -150))
    body.name_bone("pelvis", "right", (80, 10))
    return plate


# --- iliopsoas group -------------------------------------------------------------------------------------


def _iliopsoas_front() -> DrawnPlate:
    plate = DrawnPlate(
        "iliopsoas-front",
        "The deep hip benders, from the front",
        "On the left of the picture iliacus and psoas major; on the right psoas minor, with psoas major behind it.",
        530,
        follows_model=True,
    )
    body = _body(plate, "front", 1.06, (0, 66))
    _front_bones(body, spine=6)
    body.muscle("iliacus", fibres=7, pale=True)
    body.muscle("psoas_major")
    body.muscle("psoas_major", left=True, pale=True)
    body.muscle("psoas_minor", left=True)
    body.name_muscle("psoas_major", "left", where="left half")
    body.name_muscle("iliacus", "left", where="left half")
    body.name_place("Lesser trochanter", "left", (93, -129))
    plate.name_part(
        "psoas_minor",
        "right",
        body.at(MUSCLES["psoas_minor"].at, left=True),
        where="right half",
        small="often missing",
    )
    body.name_place("Lower spine", "right", (0, 140), left=True, small="L1 to L5")
    body.name_bone("hip_joint", "right", (98, -68), left=True)
    body.name_bone("pelvis", "right", (100, 50), left=True)
    return plate


# --- adductors -------------------------------------------------------------------------------------------


def _adductors_front() -> DrawnPlate:
    plate = DrawnPlate(
        "adductors-front",
        "The inner thigh, from the front",
        "On the left of the picture the surface layer; on the right pectineus, adductor longus and gracilis are"
        " taken away.",
        TO_THE_KNEE,
        follows_model=True,
    )
    body = _body(plate, "front", 1, (0, -260))
    _front_bones(body)
    for key in ("adductor_magnus", "adductor_minimus", "adductor_brevis"):
        body.muscle(key, left=True, pale=key == "adductor_brevis", behind=body.femur_shape(left=True))
    for key in ("gracilis", "adductor_longus", "pectineus"):
        body.muscle(key, pale=key != "adductor_longus", behind=body.femur_shape())
    body.kneecaps()
    body.name_muscle("pectineus", "left", where="left half, surface")
    body.name_muscle("adductor_longus", "left", where="left half, surface")
    body.name_muscle("gracilis", "left", at=(-96, -340, 37), where="left half, surface")
    body.name_muscle("adductor_brevis", "right", left=True, where="right half, deep")
    body.name_muscle("adductor_minimus", "right", left=True, where="right half, deep")
    body.name_muscle("adductor_magnus", "right", at=(-80, -290, 82), left=True, where="right half, deep")
    body.name_place("Adductor tubercle", "right", (50, -445), left=True)
    body.name_bone("pelvis", "right", (96, 40), left=True)
    body.name_bone("femur", "right", (104, -330), left=True)
    return plate


# --- thigh muscles ---------------------------------------------------------------------------------------


def _thigh_front() -> DrawnPlate:
    plate = DrawnPlate(
        "thigh-front",
        "Two thigh muscles that bend the hip, from the front",
        "On the left of the picture sartorius crosses the thigh. On the right rectus femoris runs to the kneecap, and its"
        " tendon from there to the front of the shin bone.",
        TO_THE_KNEE,
        follows_model=True,
    )
    body = _body(plate, "front", 1, (0, -260))
    _front_bones(body)
    body.muscle("rectus_femoris", left=True)
    body.kneecaps()
    body.muscle("sartorius")
    body.name_muscle("sartorius", "left", where="left half")
    body.name_muscle("rectus_femoris", "right", left=True, where="right half")
    body.name_place("Front hip point", "left", (124, 0), small="ASIS")
    body.name_bone("patella", "right", (92, -446), left=True)
    body.name_place("Lower front hip point", "right", (102, -30), left=True, small="AIIS")
    body.name_place("Tibial tuberosity", "right", (86, -532), left=True)
    body.name_bone("tibia", "right", (86, -590), left=True)
    return plate


def _thigh_back() -> DrawnPlate:
    plate = DrawnPlate(
        "thigh-back",
        "The hamstrings, from behind",
        "On the left of the picture the three muscles: they run from the sitting bone to the shin bone and the calf bone."
        " On the right the long head of biceps femoris is taken away. The short head below it starts on the thigh bone"
        " and does not cross the hip.",
        TO_THE_KNEE,
        follows_model=True,
    )
    body = _body(plate, "back", 1, (0, -260))
    body.hip_bones()
    body.lower_legs()
    body.femurs()
    body.sacrum()
    body.hip_backs()
    body.muscle("biceps_femoris_short")
    body.muscle("biceps_femoris_long", left=True)
    for left in BOTH:
        body.muscle("hamstrings", left=left)
    body.name_muscle("hamstrings", "right", at=(-126, -210, 68))
    body.name_place("Short head", "right", (112, -370), small="of biceps femoris")
    body.name_place("Sitting bone", "left", (56, -126), left=True, small="ischial tuberosity")
    body.name_place("Outer hamstring", "left", (106, -310), left=True, small="biceps femoris, long head")
    body.name_place("Inner hamstring", "left", (66, -230), left=True, small="semitendinosus")
    body.name_place(
        "Inner hamstring, deeper", "left", (53, -400), left=True, small="semi\N{SOFT HYPHEN}membranosus"
    )
    body.name_bone("fibula", "right", (122, -520))
    body.name_bone("tibia", "left", (86, -580), left=True)
    return plate


# --- all four groups together ----------------------------------------------------------------------------

ILIOPSOAS, GLUTEAL = "iliopsoas group", "superficial gluteal group"
DEEP, ADDUCTORS = "deep gluteal group", "adductor group"


def _groups_front() -> DrawnPlate:
    plate = DrawnPlate(
        "groups-front",
        "The four muscle groups of the hip, from the front",
        "On the left of the picture the surface layer, on the right the deep layer. The iliopsoas group comes down"
        " from the spine and the inside of the pelvis. The superficial gluteal group lies at the outer side, the"
        " adductor group at the inner thigh. Of the deep gluteal group only obturator externus shows here.",
        780,
        follows_model=True,
    )
    view = View("front", 0.88, (0, -140), (WIDTH / 2, plate.height / 2))
    body = Body(plate, view, lowest=-575, dashed=False)
    body.muscle("gluteus_medius", pale=True, fibres=3)
    body.muscle("gluteus_minimus", left=True, fibres=3)
    _front_bones(body, spine=6)
    body.muscle("obturator_externus", left=True, behind=body.femur_shape(left=True))
    for key in ("adductor_magnus", "adductor_minimus", "adductor_brevis"):
        body.muscle(key, left=True, pale=key != "adductor_magnus", behind=body.femur_shape(left=True))
    body.muscle("psoas_minor", left=True)
    for key in ("gracilis", "adductor_longus", "pectineus"):
        body.muscle(key, pale=key != "adductor_longus", behind=body.femur_shape())
    body.muscle("iliacus", fibres=6, pale=True)
    body.muscle("psoas_major")
    body.muscle("iliotibial_band")
    body.muscle("tfl")
    body.kneecaps()
    for key, at, part_of in (
        ("psoas_major", (-62, 135, 42), ILIOPSOAS),
        ("iliacus", (-56, 40, 112), ILIOPSOAS),
        ("gluteus_medius", (-50, 0, 146), GLUTEAL),
        ("tfl", (-25, -60, 140), GLUTEAL),
        ("pectineus", (-50, -106, 70), ADDUCTORS),
        ("adductor_longus", (-46, -190, 64), ADDUCTORS),
        ("gracilis", (-96, -340, 37), ADDUCTORS),
    ):
        body.name_muscle(key, "left", at=at, where=f"{part_of}, left half")
    body.name_place("Iliotibial band", "left", (126, -410))
    for key, at, part_of in (
        ("psoas_minor", (-54, 222, 28), ILIOPSOAS),
        ("gluteus_minimus", (-60, -30, 136), GLUTEAL),
        ("obturator_externus", (-56, -102, 50), DEEP),
        ("adductor_minimus", (-78, -132, 84), ADDUCTORS),
        ("adductor_brevis", (-66, -180, 84), ADDUCTORS),
        ("adductor_magnus", (-80, -290, 82), ADDUCTORS),
    ):
        body.name_muscle(key, "right", at=at, left=True, where=f"{part_of}, right half")
    return plate


def _groups_back() -> DrawnPlate:
    plate = DrawnPlate(
        "groups-back",
        "The four muscle groups of the hip, from behind",
        "On the left of the picture the surface layer, on the right the deep layer. The superficial gluteal group"
        " makes the buttock and the outer hip. The deep gluteal group lies under it, close to the joint. The"
        " adductor group fills the inner thigh. The iliopsoas group lies in front and does not show from here.",
        TO_THE_KNEE,
        follows_model=True,
    )
    body = _body(plate, "back", 1, (0, -260), dashed=False)
    body.hip_bones()
    body.lower_legs()
    body.femurs()
    body.sacrum()
    for left in BOTH:
        body.muscle("gracilis", left=left, pale=True)
        body.muscle("adductor_magnus", left=left, fibres=6)
    body.muscle("adductor_minimus", pale=True)
    body.hip_backs()
    body.muscle("gluteus_minimus", fibres=4)
    _rotators_from_behind(body, fibres=2)
    body.muscle("gluteus_medius", left=True, fibres=6, pale=True)
    body.muscle("iliotibial_band", left=True, behind=body.femur_shape(left=True))
    body.muscle("gluteus_maximus", left=True, fibres=9)
    for key, at, part_of in (
        ("gluteus_medius", (-84, 60, 124), GLUTEAL),
        ("gluteus_maximus", MUSCLES["gluteus_maximus"].at, GLUTEAL),
        ("adductor_magnus", (-90, -310, 72), ADDUCTORS),
        ("gracilis", (-96, -350, 38), ADDUCTORS),
    ):
        body.name_muscle(key, "left", at=at, left=True, where=f"{part_of}, left half")
    body.name_place("Iliotibial band", "left", (136, -260), left=True)
    for key, at, part_of in (
        ("gluteus_minimus", (-84, 10, 112), GLUTEAL),
        *((key, MUSCLES[key].at, DEEP) for key in FROM_BEHIND),
        ("adductor_minimus", (-78, -146, 100), ADDUCTORS),
    ):
        body.name_muscle(key, "right", at=at, where=f"{part_of}, right half")
    return plate


def _groups_side() -> DrawnPlate:
    plate = DrawnPlate(
        "groups-side",
        "The four muscle groups of the hip, from the side",
        "The right hip twice; the person faces right. On the left the surface layer: the superficial gluteal group."
        " On the right it is taken away but for gluteus minimus: the deep gluteal group lies behind the joint, the"
        " iliopsoas group passes in front of it, and the adductor group lies at the inner side of the thigh bone. The"
        " two gemelli are left out.",
        TO_THE_KNEE,
        follows_model=True,
    )
    surface, deep = (
        Body(plate, View("side", 0.82, (-80, -158), (x, plate.height / 2)), dashed=False) for x in (203, 368)
    )
    surface.spine(highest=6)
    _side_bones(surface)
    surface.muscle("gluteus_medius", fibres=7, pale=True)
    surface.muscle("iliotibial_band")
    surface.muscle("tfl")
    surface.muscle("gluteus_maximus", fibres=9)
    for key, at in (
        ("gluteus_medius", (-84, 40, 122)),
        ("gluteus_maximus", MUSCLES["gluteus_maximus"].at),
        ("tfl", (-30, -80, 142)),
    ):
        surface.name_muscle(key, "left", at=at, where=f"{GLUTEAL}, left picture")
    surface.name_place("Iliotibial band", "left", (-64, -320))
    deep.spine(highest=6)
    deep.sacrum()
    deep.muscle("psoas_major")
    deep.muscle("iliacus", pale=True)
    deep.muscle("gracilis", pale=True)
    deep.muscle("adductor_magnus")
    deep.hip_bones(RIGHT)
    deep.socket()
    deep.lower_legs(RIGHT)
    deep.femurs(RIGHT)
    deep.quadriceps_tendon()
    deep.kneecaps(RIGHT)
    for key in FROM_THE_SIDE:
        deep.muscle(key, fibres=1)
    deep.muscle("gluteus_minimus", fibres=5)
    for key, at, part_of in (
        ("psoas_major", (-60, 120, 42), ILIOPSOAS),
        ("iliacus", (-24, -66, 80), ILIOPSOAS),
        ("gluteus_minimus", (-70, 0, 116), GLUTEAL),
        *((key, MUSCLES[key].at, DEEP) for key in FROM_THE_SIDE),
        ("adductor_magnus", (-100, -250, 70), ADDUCTORS),
        ("gracilis", (-96, -380, 38), ADDUCTORS),
    ):
        deep.name_muscle(key, "right", at=at, where=f"{part_of}, right picture")
    return plate
