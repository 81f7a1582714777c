"""Plates of the knee, and of the lower leg down to the ankle."""

from collections.abc import Iterator

from figures.plates import bones
from figures.plates.body import RIGHT, Body
from figures.plates.bones import points
from figures.plates.kit import DrawnPlate
from figures.plates.shapes import smooth
from figures.plates.views import View

# Ankle and foot from the front, in the frame of the pelvis: outward, up.
FLOOR = -975
SKIN = (
    "36,-440! 33,-490 38,-530 32,-590 36,-660 46,-730 53,-790 53,-850 50,-880 49,-897 52,-914 46,-936 39,-952 35,-966 "
    "42,-974 55,-974 62,-968! 69,-974 76,-974 82,-968! 88,-974 95,-974 100,-968! 106,-974 112,-974 117,-968! 124,-974 "
    "134,-974 141,-966 139,-950 135,-932 131,-916 131,-898 127,-870 126,-830 127,-790 134,-730 140,-660 142,-590 "
    "138,-530 137,-490 132,-440!"
)
TOES = (
    "62,-968 60,-958 61,-948",
    "82,-968 80,-956 80,-946",
    "100,-968 98,-957 97,-947",
    "117,-968 114,-958 112,-949",
)
CALCANEUS = "98,-914 108,-917 112,-930 111,-950 106,-964 94,-969 82,-965 77,-950 78,-934 69,-922 72,-912"
TALUS = "72,-889 80,-891 98,-891 106,-889 108,-900 107,-911 100,-914 96,-923 87,-928 77,-924 72,-914 71,-902"


def plates() -> Iterator[DrawnPlate]:
    """The plates of knee and ankle."""
    yield _knee()
    yield _ankle()


def _knee() -> DrawnPlate:
    plate = DrawnPlate(
        "knee",
        "The knee, from the front and from the side",
        "The right knee twice; in the picture on the right it faces right. The kneecap lies inside the tendon of the big"
        " muscle at the front of the thigh (quadriceps), in front of the thigh bone. Below the kneecap the tendon runs on"
        " to the front of the shin bone. Between thigh bone and shin bone lie two pads of gristle (menisci).",
        440,
    )
    plate.about = ("knee", "patella")
    middle = plate.height / 2
    front = Body(plate, View("front", 1.5, (-84, -464), (189, middle)), highest=-326)
    side = Body(plate, View("side", 1.5, (-62, -464), (350, middle)), highest=-326)
    for body in (front, side):
        body.lower_legs(RIGHT)
        body.menisci()
        body.femurs(RIGHT)
        body.quadriceps_tendon()
        body.kneecaps(RIGHT)
    front.name_bone("femur", "left", (106, -370))
    front.name_bone("patella", "left", (96, -440))
    front.name_bone("knee", "left", (121, -489))
    front.name_bone("fibula", "left", (123, -560))
    front.name_bone("tibia", "left", (82, -580))
    side.name_place("Tendon of the quadriceps", "right", (-28, -404))
    side.name_place("Kneecap", "right", (-18, -446), small="from the side")
    side.name_place("Pad of gristle", "right", (-62, -490), small="meniscus")
    side.name_place("Tibial tuberosity", "right", (-38, -533), small="bump on the shin bone")
    return plate


def _ankle() -> DrawnPlate:
    plate = DrawnPlate(
        "ankle",
        "The lower leg and the ankle, from the front",
        "The right lower leg from the knee to the floor, and beside it its ankle, drawn larger. The person's outer side is"
        " on the left. The lower ends of shin bone and calf bone make the bumps at the inner and the outer ankle. They"
        " hold the talus between them, like a clamp. Of the foot only talus and heel bone are drawn.",
        520,
    )
    plate.about = ("tibia", "fibula", "ankle_joint")
    leg = Body(plate, View("front", 0.92, (-84, -440), (170, 16)), highest=-446, lowest=FLOOR)
    ankle = Body(plate, View("front", 1.86, (-89, FLOOR), (332, 508)), highest=-796, lowest=FLOOR)
    for body in (leg, ankle):
        plate.draw(body.shape(SKIN), "skin-shape")
        for toe in TOES:
            plate.draw(smooth(body.view.flat(points(toe))), "crease")
        plate.draw(body.shape(CALCANEUS), "bone far", "calcaneus")
        body.lower_legs(RIGHT)
        body.femurs(RIGHT)
        talus, tibia = body.shape(TALUS), body.shape(bones.TIBIA)
        plate.draw(talus, "bone", "talus")
        plate.draw(talus.exterior.intersection(body.view.box((60, -880), (112, -907))), "edge", "ankle_joint")
        plate.draw(tibia.exterior.intersection(body.view.box((62, -880), (106, -904))), "edge", "ankle_joint")
        floor = body.view.box((18, FLOOR), (156, FLOOR)).boundary
        plate.draw(floor, "ground")
    leg.name_bone("knee", "left", (121, -489))
    leg.name_bone("fibula", "left", (120, -640))
    leg.name_bone("tibia", "left", (88, -700))
    leg.name_place("Bump at the outer ankle", "left", (118, -902))
    ankle.name_place("Bump at the inner ankle", "right", (62, -890))
    ankle.name_bone("ankle_joint", "right", (78, -888))
    ankle.name_bone("talus", "right", (84, -908))
    ankle.name_bone("calcaneus", "right", (92, -950))
    return plate
