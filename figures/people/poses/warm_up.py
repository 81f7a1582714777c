"""Warm-up and stretches: ready for the pages that will show them.

Walk and march are also shown with both hands on a wall. They begin with the left leg up;
else the right one works.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from figures.people.cast import CAST, person
from figures.people.picture import Movement
from figures.people.pose import Pose
from figures.people.poses.props import chair, wall_ahead
from figures.people.scene import Scene, View

NAME = "mei"
FROM_RIGHT = View(yaw=-72, pitch=4)


def pictures() -> Iterator[Movement]:
    """Every picture of the warm-up and of the stretches."""
    tone = CAST[NAME].tone
    yield Movement("warm_up-hinge", _hinge, FROM_RIGHT, tone)
    for key, at in {"walk": _walk, "march": _march}.items():
        yield Movement(f"warm_up-{key}", partial(at, held=False), FROM_RIGHT, tone)
        yield Movement(f"warm_up-{key}_held", partial(at, held=True), FROM_RIGHT, tone)
    yield Movement("stretch-calf", _calf_stretch, FROM_RIGHT, CAST["ana"].tone)
    yield Movement("stretch-standing", _standing_stretch, FROM_RIGHT, CAST["ana"].tone, marks=_hips_ahead)
    yield Movement("stretch-kneeling", _kneeling_stretch, FROM_RIGHT, CAST["ana"].tone, marks=_hips_ahead)


def _upright(*, leaning: bool) -> Pose:
    """Both feet on the floor; leaning on a wall, they stand a little behind the hips."""
    body = person(NAME)
    high = body.head["upperleg01.L"][1] - (0.016 if leaning else 0.008)
    pose = Pose(body).place(hips=(0, high, 0), lean=9 * leaning)
    return pose.stand(wide=0.18, ahead=0.0 if leaning else 0.12, toes_out=4, kneecap_out=4)


def _finished(pose: Pose, swing: float, *, held: bool) -> Scene:
    """Hands on a wall, which hides no knee as a chair would, or arms that swing."""
    if held:
        return _hands_on_wall(pose, 0.525, low=0.06)
    pose.arm("L", shoulder_flexion=swing, shoulder_abduction=9, elbow_flexion=24 + abs(swing))
    pose.arm("R", shoulder_flexion=-swing, shoulder_abduction=9, elbow_flexion=24 + abs(swing))
    return Scene().person(pose)


def _hands_on_wall(pose: Pose, wall: float, low: float = 0.14) -> Scene:
    """Both palms on a wall, `low` metres below the shoulders."""
    high = pose.where("upperarm01.L")[1] - low
    pose.reach(at=(0.14, high, wall - 0.055), elbow_to=(0.5, -1, -0.2), palm_inward=-40)
    pose.hand(along=(0, 1, 0.10), palm=(0, -0.1, 1)).fingers(finger_flexion=3)
    return wall_ahead(Scene().person(pose), wall)


def _walk(share: float, *, held: bool) -> Scene:
    """On the spot: the foot leaves the floor and no more, so that nobody takes it for a march."""
    pose = _upright(leaning=held)
    for side, up in _in_turn(share):
        pose.leg(side, hip_flexion=38 * up, knee_flexion=68 * up, ankle_up=-18 * up)
    return _finished(pose, 34 * (2 * share - 1), held=held)


def _march(share: float, *, held: bool) -> Scene:
    pose = _upright(leaning=held)
    for side, up in _in_turn(share):
        pose.leg(side, hip_flexion=80 * up, knee_flexion=88 * up, ankle_up=4 * up)
    return _finished(pose, 30 * (2 * share - 1), held=held)


def _in_turn(share: float) -> Iterator[tuple[str, float]]:
    """From the left leg up, over standing, to the right leg up: how high each is, if it is."""
    side, up = ("L", 1 - 2 * share) if share < 0.5 else ("R", 2 * share - 1)
    if up:
        yield side, up


def _hinge(share: float) -> Scene:
    body = person(NAME)
    lean = 2 + 44 * share
    high = body.head["upperleg01.L"][1] - 0.012 - 0.05 * share
    pose = Pose(body).place(hips=(0, high, -0.17 * share), lean=lean)
    pose.stand(wide=0.22, ahead=0.10, toes_out=5, kneecap_out=5)
    pose.look(neck_flexion=-lean * 0.3)
    thigh = pose.where("upperleg01.L") * 0.75 + pose.where("lowerleg01.L") * 0.25
    pose.reach(at=thigh + [0.03, 0.10, 0.12], elbow_to=(1, 0, -0.6), palm_inward=-70)
    return Scene().person(pose)


def _standing_stretch(share: float) -> Scene:
    """The right leg behind, its heel up, the pelvis upright and ahead; a hand on a chair."""
    body = person("ana")
    high = body.head["upperleg01.L"][1] - 0.055 - 0.035 * share
    pose = Pose(body).place(hips=(0, high, -0.02 + 0.07 * share), lean=-3 * share)
    pose.stand("L", at=(0.08, 0.20), toes_out=2, kneecap_out=2)
    pose.stand("R", at=(-0.08, -0.18), toes_out=2, kneecap_out=2, heel_up=28 + 8 * share)
    return _on_chair(pose, 0.34)


def _calf_stretch(share: float) -> Scene:
    """At a wall, the right leg behind with its heel down, the left knee bending."""
    body = person("ana")
    high = body.head["upperleg01.L"][1] - 0.055 - 0.012 * share
    pose = Pose(body).place(hips=(0, high, 0.0 + 0.07 * share), lean=8 + 4 * share)
    pose.stand("L", at=(0.08, 0.24), toes_out=0, kneecap_out=0)
    pose.stand("R", at=(-0.08, -0.12), toes_out=0, kneecap_out=0)
    return _hands_on_wall(pose, 0.535)


def _kneeling_stretch(share: float) -> Scene:
    """The right knee stays on a cushion and its toes on the floor; the left foot is ahead."""
    body = person("ana")
    thigh = body.length("upperleg01.L", "lowerleg01.L")
    ahead = 4 + 13 * share  # degrees that the right thigh leans forward
    hips = (0, 0.077 + thigh * np.cos(np.radians(ahead)), thigh * np.sin(np.radians(ahead)))
    pose = Pose(body).place(hips=hips, lean=-4 * share)
    pose.stand("L", at=(0.10, thigh + 0.10), toes_out=2, kneecap_out=3)
    pose.leg("R", hip_flexion=-ahead - 4 * share, knee_flexion=94 - ahead, ankle_up=-40)
    pose.reach(
        at=pose.where("lowerleg01.L") * 0.65 + pose.where("upperleg01.L") * 0.35 + [-0.02, 0.13, 0.0],
        elbow_to=(1, -0.2, -0.6),
        palm_inward=20,
    )
    pose.hand(along=(-0.3, -0.2, 1), palm=(0, -1, -0.1))
    scene = Scene().person(pose)
    knee = pose.where("lowerleg01.R")
    return scene.box((-0.24, 0, knee[2] - 0.16), (0.02, 0.045, knee[2] + 0.12))


def _on_chair(pose: Pose, ahead: float) -> Scene:
    pose.reach(at=(0.14, 0.94, ahead), elbow_to=(0.8, -0.3, -1), palm_inward=-30)
    pose.hand(along=(0, -0.25, 1), palm=(0, -1, -0.2)).fingers(finger_flexion=45)
    return chair(Scene().person(pose), (0, ahead + 0.22))


def _hips_ahead(scene: Scene) -> None:
    scene.arrow((-0.3, 0.66, -0.36), (-0.3, 0.66, -0.17))
