"""Lying down: the side-lying leg lift from the front, head to the left; the bridge from the right side, head to the left."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from figures.people.cast import CAST, person
from figures.people.geometry import X, Y, Z, rotation
from figures.people.picture import Fault, Movement
from figures.people.pose import Pose
from figures.people.poses.props import (
    ankle_weight,
    band_above_knees,
    band_at_ankles,
    bench,
    mat,
    padded_weight,
)
from figures.people.scene import Scene, View

SUPINE = np.array([[-1, 0, 0], [0, 0, 1], [0, 1, 0.0]])
ON_RIGHT_SIDE = np.stack([Y, -X, Z], 1)
FROM_FRONT = View(pitch=15)
FROM_SIDE = View(yaw=90)
FROM_SIDE_ABOVE = View(yaw=90, pitch=16)
Drawn = Movement | Fault


def pictures() -> Iterator[Drawn]:
    """Every picture of the two exercises."""
    yield from _side_lying()
    yield from _bridges()


# -- side-lying leg lift: the left leg, on top, works --------------------------------------------------


def _side_lying() -> Iterator[Drawn]:
    looks: dict[str, Callable[[float], Scene]] = {
        "clam": _clam,
        "straight_leg": partial(_leg_lift),
        "rolled_forward": partial(_leg_lift, roll=16, back=9),
        "ankle_weight": partial(_leg_lift, weighted=True),
        "band_at_ankles": partial(_leg_lift, banded=True),
        "side_bridge_on_knees": _side_bridge,
    }
    tone = CAST["ruth"].tone
    for key, at in looks.items():
        marks = _knee_opens if key == "clam" else _leg_rises
        view = View(pitch=22) if key == "clam" else FROM_FRONT
        yield Movement(f"side_lying_abduction-{key}", at, view, tone, marks=marks, floor=False)
    yield Fault(
        "side_lying_abduction-toes_up",
        partial(_leg_lift, 0.8, outward=58, mat_under=False),
        partial(_leg_lift, 0.8, mat_under=False),
        (0.98, 0.40, 0),
        FROM_FRONT,
        tone,
    )


def _arms_at_rest(pose: Pose) -> None:
    pose.arm("R", shoulder_flexion=150, shoulder_abduction=-4, elbow_flexion=95, shoulder_inward=-20)
    pose.look(neck_side=-24)
    pose.arm("L", shoulder_flexion=42, shoulder_abduction=-12, elbow_flexion=58, shoulder_inward=30)


def _leg_lift(
    share: float,
    *,
    roll: float = 0,
    back: float = 0,
    outward: float = 0,
    weighted: bool = False,
    banded: bool = False,
    mat_under: bool = True,
) -> Scene:
    pose = Pose(person("ruth")).place(hips=(0, 0.17, 0), lying=rotation(X, roll) @ ON_RIGHT_SIDE)
    lift = 32 * share
    pose.leg("L", hip_abduction=lift + 2, hip_flexion=-back * share, hip_outward=outward, ankle_up=5)
    if banded:
        pose.leg("R", hip_flexion=8, knee_flexion=14, hip_abduction=-4)
    else:
        pose.leg("R", hip_flexion=45, knee_flexion=85, hip_abduction=-4, ankle_up=-10)
    _arms_at_rest(pose)
    pose.drop()
    scene = Scene().person(pose)
    if weighted:
        ankle_weight(scene, pose, "L")
    if banded:
        band_at_ankles(scene, pose)
    return mat(scene, (-1.02, -0.42), (0.97, 0.40)) if mat_under else scene


def _clam(share: float) -> Scene:
    """The knees open and the feet stay together: the three angles of the hip go on together."""
    pose = Pose(person("ruth")).place(hips=(0, 0.17, 0), lying=ON_RIGHT_SIDE)
    pose.leg("R", hip_flexion=52, knee_flexion=84, hip_abduction=-4)
    pose.leg(
        "L",
        hip_flexion=52 - 12 * share,
        knee_flexion=84,
        hip_abduction=-9 + 33 * share,
        hip_outward=54 * share,
    )
    _arms_at_rest(pose)
    pose.drop()
    return mat(Scene().person(pose), (-0.98, -0.42), (0.74, 0.42))


def _side_bridge(share: float) -> Scene:
    """On knee and forearm, the hips up; the top leg lifts."""
    lying = rotation(Z, -17) @ ON_RIGHT_SIDE
    pose = Pose(person("ruth")).place(hips=(0, 0.36, 0), lying=lying)
    pose.leg("R", hip_flexion=6, knee_flexion=88, hip_abduction=-2)
    pose.leg("L", hip_flexion=0, hip_abduction=6 + 26 * share, ankle_up=5)
    pose.look(neck_side=-4)
    pose.arm("R", shoulder_abduction=72, shoulder_inward=0, elbow_flexion=90)
    shoulder = pose.where("upperarm01.R")
    pose.reach("R", at=shoulder + [0.0, -0.22, 0.22], elbow_to=(-0.05, -1, -0.4), palm_inward=40)
    pose.hand("R", along=(0, -0.05, 1), palm=(0, -1, 0)).fingers("R", finger_flexion=4)
    hip = pose.where("upperleg01.L")
    pose.reach("L", at=hip + [-0.10, 0.10, 0.09], elbow_to=(0.2, 1, -0.3), palm_inward=-40)
    pose.drop()
    return mat(Scene().person(pose), (-1.02, -0.42), (0.97, 0.42))


def _leg_rises(scene: Scene) -> None:
    scene.arrow((0.98, 0.28, 0), (0.97, 0.42, 0), (0.90, 0.56, 0))


def _knee_opens(scene: Scene) -> None:
    scene.arrow((0.30, 0.62, 0.30), (0.30, 0.84, 0.30))


# -- bridge: the right leg, near to us, works ----------------------------------------------------------


def _bridges() -> Iterator[Drawn]:
    tone = CAST["karl"].tone

    def bridge(key: str, at: partial[Scene], view: View = FROM_SIDE, up: float = 0.25) -> Movement:
        return Movement(f"bridge-{key}", at, view, tone, marks=partial(_hips_rise, up))

    yield bridge("small_lift", partial(_bridge, most=0.42), up=0.12)
    yield bridge("two_legs", partial(_bridge))
    yield bridge("knees_apart_hold", partial(_bridge, apart=0.5), FROM_SIDE_ABOVE)
    yield bridge("band_above_knees", partial(_bridge, apart=0.36, banded=True), FROM_SIDE_ABOVE)
    yield Movement("bridge-march", _march, FROM_SIDE, tone, marks=_foot_rises)
    yield bridge("one_leg", partial(_bridge, one_leg=True))
    yield Movement("bridge-hip_thrust", _hip_thrust, FROM_SIDE, tone, marks=_thrust_rises)
    yield Fault(
        "bridge-back_arches",
        partial(_bridge, 1, arched=True),
        partial(_bridge, 1),
        (0, 0.22, 0.46),
        FROM_SIDE,
        tone,
    )
    yield Fault(
        "bridge-knees_together",
        partial(_bridge, 1, inward=26),
        partial(_bridge, 1),
        (0, 0.42, -0.2),
        View(yaw=180, pitch=22),
        tone,
    )


def _on_back(up: float, *, arched: bool = False) -> Pose:
    """Supine; `up` 0 to 1 brings shoulder, hip and knee into one line. The shoulders stay where they lie."""
    body = person("karl")
    pose = Pose(body)
    back = body.share("spine03", "spine02", "spine01", "clavicle", "shoulder") > 0.7
    seat = body.share("root", "pelvis", "upperleg01") > 0.6
    skull = (body.share("head") > 0.6) | (body.hair_field > 0)

    def lie(lean: float) -> float:
        pose.shift = np.zeros(3)
        pose.place(hips=(0, 0.1, 0.35), lying=rotation(X, lean) @ SUPINE)
        pose.trunk(spine_flexion=-28 if arched else -5)
        pose.shift = pose.shift + [0, -pose.skin()[back, 1].min(), 0.80 - pose.where("spine01")[2]]
        return float(abs(pose.skin()[seat, 1].min()))

    flat = min(np.linspace(-20, 12, 17), key=lie)
    lie(flat + ((16 if arched else 27) - flat) * up)
    pose.look(
        neck_flexion=min(
            np.linspace(-4, 52, 15),
            key=lambda bend: abs(pose.look(neck_flexion=bend).skin()[skull, 1].min()),
        )
    )
    pose.shift = pose.shift - [0, min(pose.skin()[skull, 1].min(), 0), 0]
    return pose


def _arms_on_floor(pose: Pose) -> None:
    long = pose.body.length("upperarm01.L", "lowerarm01.L", "wrist.L") * 0.985
    for side, g in (("L", -1), ("R", 1)):
        shoulder = pose.where(f"upperarm01.{side}")
        down, aside = shoulder[1] - 0.045, 0.10
        ahead = np.sqrt(long**2 - down**2 - aside**2)
        wrist = (shoulder[0] + g * aside, 0.045, shoulder[2] - ahead)
        pose.reach(side, at=wrist, elbow_to=(g * 0.8, 0.25, 0.4), palm_inward=-60)
    pose.hand(along=(0, -0.12, -1), palm=(0, -1, 0.12)).fingers(finger_flexion=3)


def _bridge(
    share: float,
    *,
    most: float = 1,
    apart: float = 0.26,
    banded: bool = False,
    one_leg: bool = False,
    arched: bool = False,
    inward: float = 0,
) -> Scene:
    pose = _on_back(share * most, arched=arched)
    spread = (apart - 0.26) * 2.2
    for side, g in (("L", -1), ("R", 1)):
        knee_to = (g * (spread - inward / 40), 0.6, -1)
        pose.stand(side, wide=apart, ahead=0.08, facing=180, toes_out=3 + spread * 20, knee_to=knee_to)
    if one_leg:
        # the thighs side by side, the left knee straight
        thigh = float(pose.angles()["hip_flexion", "R"])
        pose.leg("L", hip_flexion=thigh, knee_flexion=6, ankle_up=5)
    _arms_on_floor(pose)
    scene = Scene().person(pose)
    return band_above_knees(scene, pose) if banded else scene


def _march(share: float) -> Scene:
    pose = _on_back(1)
    pose.stand(wide=0.26, ahead=0.08, facing=180, toes_out=3, knee_to=(0, 0.6, -1))
    if share:
        flexion = float(pose.angles()["hip_flexion", "R"])
        pose.leg("R", hip_flexion=flexion + 58 * share, knee_flexion=92, ankle_up=5)
    _arms_on_floor(pose)
    return Scene().person(pose)


def _hip_thrust(share: float) -> Scene:
    """The shoulder blades on a bench, a padded weight across the hips."""
    pose = Pose(person("karl"))
    seat, top = 0.42, 0.42
    core = pose.body.share("spine", "clavicle", "breast") > 0.5

    def lie(lean: float) -> None:
        pose.shift = np.zeros(3)
        pose.place(hips=(0, seat, 0), lying=rotation(X, lean) @ SUPINE).trunk(spine_flexion=4 * (1 - share))
        pose.shift = pose.shift + np.array([0, top, 0.62]) - pose.where("spine01")
        skin = pose.skin()[core]
        over = (skin[:, 2] > 0.56) & (skin[:, 2] < 0.92)
        pose.shift = pose.shift + [0, top - skin[over, 1].min(), 0]

    lie(-32 + 34 * share)
    pose.look(neck_flexion=34 - 16 * share)
    pose.stand(wide=0.28, ahead=0.38, facing=180, toes_out=4, knee_to=(0, 0.8, -1))
    hips = (pose.where("upperleg01.L") + pose.where("upperleg01.R")) / 2
    front = pose.turned @ Z
    weight = hips + front * 0.17 + pose.turned @ Y * 0.02
    pose.reach(at=weight + [-0.24, 0.02, 0.06], elbow_to=(-1, -0.3, 0.4), palm_inward=-40)
    pose.fingers(finger_flexion=60)
    scene = padded_weight(Scene().person(pose), weight)
    return bench(scene, (0.56, 0.92), top)


def _hips_rise(height: float, scene: Scene) -> None:
    scene.arrow((0, 0.04, 0.33), (0, 0.04 + height, 0.33))


def _foot_rises(scene: Scene) -> None:
    scene.arrow((1, 0.06, -0.16), (1, 0.28, -0.16))


def _thrust_rises(scene: Scene) -> None:
    scene.arrow((1, 0.08, 0.22), (1, 0.30, 0.22))
