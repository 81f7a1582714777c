"""Standing: banded walk, hip circles, heel raise, knee lift, small squat and step-down.

Walk and circles are seen from behind and aside, so that the person's left is on the left and nobody has to turn it round.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from figures.people.cast import CAST, person
from figures.people.geometry import Array
from figures.people.picture import Fault, Movement
from figures.people.pose import Pose
from figures.people.poses.props import (
    band_above_knees,
    band_at_ankles,
    band_round_forefeet,
    band_under_feet,
    chair,
    step,
    wall_ahead,
)
from figures.people.scene import Scene, View

Drawn = Movement | Fault
BEHIND_LEFT = View(yaw=148, pitch=8)
BEHIND_ABOVE = View(yaw=152, pitch=16)
FROM_FRONT = View(pitch=6)
FROM_RIGHT = View(yaw=-90)
FROM_RIGHT_BEHIND = View(yaw=-116, pitch=10)
HEAD_FREE = np.linspace(0.6, 1.6, 13)[:-1]  # shares of a circle, so that the arrow's head is not at the foot
LEGS = (None, None, None, 0.72)


def pictures() -> Iterator[Drawn]:
    """Every picture of these exercises."""
    yield from _walks()
    yield from _circles()
    yield from _heel_raises()
    yield from _knee_lifts()
    yield from _squats()


def squatting(
    name: str, wide: float, *, deep: float = 0.15, lean: float = 30, kneecap_out: float = 8, aside: float = 0
) -> Pose:
    """A squat on both feet."""
    body = person(name)
    pose = Pose(body).place(hips=(aside, body.head["upperleg01.L"][1] - deep, 0.02 - deep * 0.9), lean=lean)
    pose.stand(wide=wide, ahead=0.10, toes_out=5, kneecap_out=kneecap_out)
    return pose.look(neck_flexion=-lean * 0.5)


def hands_together(pose: Pose) -> Pose:
    """Hands clasped before the chest."""
    chest = pose.where("spine02")
    pose.reach(at=(0.035, chest[1] - 0.03, chest[2] + 0.30), elbow_to=(1, -0.6, -0.3), palm_inward=-30)
    return pose.fingers(finger_flexion=60)


# -- banded walk: a step to the left --------------------------------------------------------------------


def _walks() -> Iterator[Drawn]:
    tone = CAST["ana"].tone
    bands = {
        "no_band": None,
        "band_at_knees_upright": band_above_knees,
        "band_at_knees": band_above_knees,
        "band_at_ankles": band_at_ankles,
        "heavy_band_at_ankles": partial(band_at_ankles, width=0.10),
        "band_round_forefeet": band_round_forefeet,
    }
    for key, band in bands.items():
        upright = key.endswith("upright")
        at = partial(_walk, band=band, upright=upright)
        yield Movement(f"banded_walk-{key}", at, BEHIND_LEFT, tone, marks=_steps_left)
    yield Fault(
        "banded_walk-knees_in",
        partial(_half_squat, -13),
        partial(_half_squat, 8),
        (0, 0.30, 0.2),
        FROM_FRONT,
        tone,
    )


def _walk(share: float, *, band: object, upright: bool) -> Scene:
    near, far = 0.185, 0.185 + 0.30 * share
    pose = squatting(
        "ana", 0.34, deep=0.035 if upright else 0.17, lean=10 if upright else 34, aside=0.14 * share
    )
    for side, x in (("L", far), ("R", -near)):
        out = 8 if side == "L" else 8 + 10 * share
        pose.stand(side, at=(x, 0.10), toes_out=4, kneecap_out=out)
    hands_together(pose)
    scene = Scene().person(pose)
    if band is not None:
        band(scene, pose)  # type: ignore[operator]
    return scene


def _half_squat(kneecap_out: float) -> Scene:
    pose = hands_together(squatting("ana", 0.34, kneecap_out=kneecap_out))
    return band_above_knees(Scene().person(pose), pose)


def _steps_left(scene: Scene) -> None:
    scene.arrow((0.56, 0.20, 0.10), (0.82, 0.20, 0.10))


# -- hip circles: the left leg draws them --------------------------------------------------------------


def _circles() -> Iterator[Drawn]:
    tone = CAST["mei"].tone
    standing = {
        "two_hands": partial(_circle, size=7, hold="two"),
        "one_hand": partial(_circle, size=7, hold="one"),
        "fingertips": partial(_circle, size=11, hold="tips"),
        "no_support": partial(_circle, size=16, hold="near"),
        "no_support_band": partial(_circle, size=11, hold="near", banded=True),
    }
    yield Movement(
        "hip_circle-lying_or_sitting",
        _sitting_circle,
        View(yaw=-38, pitch=12),
        CAST["lena"].tone,
        marks=_round_the_lifted_foot,
        end=0.25,
        round=True,
    )
    for key, at in standing.items():
        marks = partial(_round_the_foot, size=at.keywords["size"])
        yield Movement(f"hip_circle-{key}", at, BEHIND_ABOVE, tone, marks=marks, end=0.25, round=True)
    yield Fault(
        "hip_circle-pelvis_tips",
        partial(_circle, 0.25, size=11, hold="one", tipped=12),
        partial(_circle, 0.25, size=11, hold="one"),
        (-0.25, 1.0, 0),
        View(yaw=180, pitch=6),
        tone,
    )


def _circling(share: float, size: float, tipped: float = 0) -> Pose:
    """On the right leg; the left one, straight, a share of the way round its circle."""
    body = person("mei")
    pose = Pose(body).place(hips=(0.0, body.head["upperleg01.L"][1] - 0.008, 0), side=-2 - tipped)
    if tipped:
        pose.trunk(spine_side=-tipped * 0.6)
    pose.stand("R", at=(-0.055, 0.12), toes_out=4, kneecap_out=4)
    angle = 2 * np.pi * share
    pose.leg(
        "L",
        hip_flexion=size + 4 + size * np.cos(angle),
        hip_abduction=size + 6 + size * np.sin(angle),
        knee_flexion=8,
        ankle_up=8,
    )
    return pose


def _circle(share: float, *, size: float, hold: str, banded: bool = False, tipped: float = 0) -> Scene:
    pose = _circling(share, size, tipped)
    scene = Scene()
    hip = pose.where("upperleg01.R")
    rail = (-0.40, 0.90)
    if hold == "two":
        pose.reach(at=(0.13, 0.93, 0.30), elbow_to=(0.8, -0.3, -1), palm_inward=-30)
        pose.hand(along=(0, -0.25, 1), palm=(0, -1, -0.2)).fingers(finger_flexion=45)
    else:
        pose.reach(
            "L",
            at=pose.where("upperleg01.L") + [0.085, 0.12, 0.05],
            elbow_to=(1, -0.1, -0.4),
            palm_inward=-60,
        )
        pose.hand("L", along=(-0.62, -0.42, 0.66), palm=(-0.75, 0.1, -0.65))
        if hold == "near":
            pose.arm("R", shoulder_abduction=42, elbow_flexion=14)
        else:
            lifted = 0.05 if hold == "tips" else 0.02
            pose.reach(
                "R", at=(rail[0] + 0.02, rail[1] + lifted, 0.04), elbow_to=(-0.4, -0.5, -1), palm_inward=-30
            )
            along = (-0.15, -1, 0.35) if hold == "tips" else (-0.5, -0.35, 0.8)
            pose.hand("R", along=along, palm=(0.3, -1, -0.2) if hold != "tips" else (0.6, -0.2, -0.8))
    scene.person(pose)
    if banded:
        band_at_ankles(scene, pose)
    if hold == "two":
        return chair(scene, (0, 0.52))
    away = 0.16 if hold == "near" else 0
    return chair(scene, (-0.62 - away, hip[2] + 0.02), turn=-90)


def _round_the_foot(scene: Scene, *, size: float) -> None:
    spots = []
    for share in HEAD_FREE:
        pose = _circling(share, size)
        spots.append(pose.where("foot.L") * 0.4 + pose.where("toe2-1.L") * 0.6)
    scene.arrow(*_wider(spots, max(1, 11 / size)), closed=True)


def _wider(spots: list[Array], times: float) -> Array:
    """A small circle larger than life, so that it comes out round the foot."""
    middle = np.mean(spots, 0)
    return np.asarray(middle + (spots - middle) * times)


def seated(name: str, *, back: float = -0.05) -> Pose:
    """Sitting tall on a chair, both feet on the floor, hands beside the seat."""
    body = person(name)
    high = 0.46 + 0.075
    pose = Pose(body).place(hips=(0, high, back), lean=-3)
    pose.stand(
        wide=0.2, ahead=back + body.length("upperleg01.L", "lowerleg01.L") + 0.08, toes_out=4, kneecap_out=4
    )
    return pose


def _hands_at_seat(pose: Pose) -> None:
    pose.reach(at=(0.225, 0.575, pose.where("upperleg01.L")[2] + 0.10), elbow_to=(0.7, 0, -1), palm_inward=0)
    pose.fingers(finger_flexion=40)


def _sitting_circling(share: float) -> Pose:
    """The left foot off the floor, a share of the way round its circle."""
    pose = seated("lena", back=-0.03)
    angle = 2 * np.pi * share
    pose.stand(
        "L",
        at=(0.27 + 0.09 * float(np.sin(angle)), 0.72),
        on=0.20 + 0.09 * float(np.cos(angle)),
        toes_out=8,
        heel_up=-14,
        knee_to=(0.12, 1, 0.4),
    )
    return pose


def _sitting_circle(share: float) -> Scene:
    pose = _sitting_circling(share)
    _hands_at_seat(pose)
    return chair(Scene().person(pose), (0, 0.04))


def _round_the_lifted_foot(scene: Scene) -> None:
    spots = []
    for share in HEAD_FREE:
        pose = _sitting_circling(share)
        spots.append(pose.where("foot.L") * 0.4 + pose.where("toe2-1.L") * 0.6)
    scene.arrow(*_wider(spots, 1.3), closed=True)


# -- heel raise: the right foot works ------------------------------------------------------------------


def _heel_raises() -> Iterator[Drawn]:
    tone = CAST["tom"].tone
    looks: dict[str, Callable[[float], Scene]] = {
        "two_legs": partial(_heel_raise),
        "up_two_down_one": _up_two_down_one,
        "one_leg": partial(_heel_raise, one=True),
    }
    for key, at in looks.items():
        marks = _foot_lowers if key == "up_two_down_one" else _heel_rises
        yield Movement(f"heel_raise-{key}", at, FROM_RIGHT_BEHIND, tone, marks=marks, near=LEGS)


def _on_toes(up: float, lifted: float = 0) -> Pose:
    body = person("tom")
    pose = Pose(body).place(hips=(0, body.head["upperleg01.L"][1] - 0.004 + 0.088 * up, 0.055 * up))
    pose.stand("LR", wide=0.15, ahead=0.13, toes_out=3, heel_up=38 * up, kneecap_out=3)
    if lifted:
        pose.leg("L", hip_flexion=4 * lifted, knee_flexion=70 * lifted, ankle_up=-15)
    shoulder = pose.where("upperarm01.L")
    pose.reach(at=(0.13, shoulder[1] - 0.16, 0.49), elbow_to=(0.5, -1, -0.2), palm_inward=-40)
    pose.hand(along=(0, 1, 0.10), palm=(0, -0.1, 1))
    return pose.fingers(finger_flexion=3)


def _heel_raise(share: float, *, one: bool = False) -> Scene:
    return wall_ahead(Scene().person(_on_toes(share, 1.0 if one else 0)), 0.55, near=0.2)


def _up_two_down_one(share: float) -> Scene:
    """From the toes of both feet: one foot leaves the floor, the other lowers the body."""
    return wall_ahead(Scene().person(_on_toes(1 - share, min(share * 2, 1))), 0.55, near=0.2)


def _heel_rises(scene: Scene) -> None:
    scene.arrow((0, 0.03, -0.16), (0, 0.20, -0.16))


def _foot_lowers(scene: Scene) -> None:
    scene.arrow((0, 0.19, -0.21), (0, 0.03, -0.21))


# -- knee lift: the right knee ---------------------------------------------------------------------------


def _knee_lifts() -> Iterator[Drawn]:
    tone = CAST["karl"].tone
    yield Movement(
        "march-sitting", _sitting_lift, View(yaw=-80, pitch=3), tone, marks=partial(_knee_rises, 0.76, 0.46)
    )
    yield Movement(
        "march-standing", partial(_standing_lift), FROM_RIGHT, tone, marks=partial(_knee_rises, 0.06, 0.36)
    )
    yield Movement(
        "march-standing_with_band",
        partial(_standing_lift, banded=True),
        FROM_RIGHT,
        tone,
        marks=partial(_knee_rises, 0.06, 0.40),
    )
    yield Fault(
        "march-body_leans_back",
        partial(_standing_lift, 1, back=20),
        partial(_standing_lift, 1),
        (0, 1.40, -0.30),
        FROM_RIGHT,
        tone,
    )


def _sitting_lift(share: float) -> Scene:
    pose = seated("karl", back=0.02)
    if share:
        pose.leg("R", hip_flexion=84 + 26 * share, hip_abduction=2, knee_flexion=86 + 8 * share)
    _hands_at_seat(pose)
    return chair(Scene().person(pose), (0, 0.04))


def _standing_lift(share: float, *, banded: bool = False, back: float = 0) -> Scene:
    body = person("karl")
    high = body.head["upperleg01.L"][1] - 0.006
    pose = Pose(body).place(hips=(0.0, high, -0.02 + 0.002 * back), lean=-back * 0.6)
    pose.trunk(spine_flexion=-back * 0.6)
    pose.stand("LR", wide=0.16, ahead=0.10, toes_out=3, kneecap_out=3)
    if share:
        pose.leg("R", hip_flexion=85 * share, hip_abduction=2, knee_flexion=92 * share, ankle_up=5)
    shoulder = pose.where("upperarm01.L")
    pose.reach(
        "L",
        at=(0.16, shoulder[1] - 0.14, 0.455 if not back else 0.33),
        elbow_to=(0.5, -1, -0.2),
        palm_inward=-40,
    )
    pose.hand("L", along=(0, 1, 0.10), palm=(0, -0.1, 1)).fingers("L", finger_flexion=3)
    pose.arm("R", shoulder_abduction=10, shoulder_flexion=-8, elbow_flexion=14)
    scene = Scene().person(pose)
    if banded:
        band_under_feet(scene, pose)
    return wall_ahead(scene, 0.505)


def _knee_rises(low: float, z: float, scene: Scene) -> None:
    scene.arrow((-0.2, low, z), (-0.2, low + 0.24, z))


# -- small squat and step-down: the right leg works ----------------------------------------------------


def _squats() -> Iterator[Drawn]:
    tone = CAST["ben"].tone
    yield Movement("small_squat-from_chair", _from_chair, View(yaw=-62, pitch=5), tone, telling=0.4)
    yield Movement("small_squat-two_legs", _small_squat, View(yaw=-62, pitch=5), tone)
    for key, held in (("step_down_supported", True), ("step_down", False)):
        yield Movement(f"small_squat-{key}", partial(_step_down, held=held), View(yaw=-62, pitch=8), tone)
    yield Fault(
        "small_squat-knee_in",
        partial(_at_the_mirror, drifts=16),
        partial(_at_the_mirror),
        (0.05, 0.36, 0.25),
        View(pitch=15, mirror=True),
        tone,
        (None, None, None, 0.74),
    )


def _arms_ahead(pose: Pose, share: float) -> Pose:
    return pose.arm(shoulder_flexion=24 + 48 * share, shoulder_abduction=4, elbow_flexion=12, palm_inward=-20)


def _from_chair(share: float) -> Scene:
    """From sitting to standing."""
    body = person("ben")
    stands = body.head["upperleg01.L"][1] - 0.01
    rising = np.sin(np.pi * share)
    hips = (0, 0.545 + (stands - 0.545) * share, -0.02 + 0.36 * share - 0.04 * rising)
    pose = Pose(body).place(hips=hips, lean=2 + 32 * rising)
    pose.stand(wide=0.26, ahead=0.44, toes_out=6, kneecap_out=8)
    pose.look(neck_flexion=-12 * rising)
    _arms_ahead(pose, 1 - share)
    return chair(Scene().person(pose), (0, 0.02))


def _small_squat(share: float) -> Scene:
    pose = squatting("ben", 0.26, deep=0.01 + 0.13 * share, lean=2 + 26 * share)
    return Scene().person(_arms_ahead(pose, share))


def _at_the_mirror(*, drifts: float = 0) -> Scene:
    """The small squat as the mirror shows it: both kneecaps over the second toes, or the left one drifting in."""
    pose = squatting("ben", 0.26, deep=0.14, lean=24)
    pose.stand("L", at=(0.13, 0.10), toes_out=5, kneecap_out=8 - drifts)
    return Scene().person(hands_together(pose), kneecap_size=1.4)


def _step_down(share: float, *, held: bool = False) -> Scene:
    """On the right foot on a low step; the heel of the left one touches the floor ahead and comes back."""
    body, high = person("ben"), 0.10
    deep = 0.012 + 0.175 * share
    pose = Pose(body).place(
        hips=(-0.03, body.head["upperleg01.L"][1] + high - deep, 0.0 - 0.10 * share), lean=2 + 24 * share
    )
    pose.stand("R", at=(-0.09, 0.09), on=high, toes_out=5, kneecap_out=11)
    off = 1 - share
    pose.stand(
        "L",
        at=(0.10, 0.19 + 0.02 * share),
        on=0.16 * off,
        toes_out=4,
        kneecap_out=4,
        heel_up=-16,
        pivot="heel",
    )
    if held:
        pose.reach("L", at=(0.40, 1.04, 0.06), elbow_to=(0.6, 0, -1), palm_inward=-30)
        pose.hand("L", along=(0.2, -0.3, 1), palm=(0, -1, -0.2)).fingers("L", finger_flexion=40)
        pose.arm("R", shoulder_abduction=14, shoulder_flexion=22, elbow_flexion=18)
    else:
        pose.arm(shoulder_abduction=22, shoulder_flexion=22, elbow_flexion=16)
    scene = step(Scene().person(pose), (-0.26, -0.20), (0.12, 0.17), high)
    return chair(scene, (0.63, 0.06), turn=90, back=1.0) if held else scene
