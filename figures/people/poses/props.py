"""Things people hold on to, sit on and lift."""

import numpy as np

from figures.people.geometry import Array
from figures.people.pose import Pose
from figures.people.scene import Paint, Scene

SEAT = 0.45  # height of a kitchen chair


def wall_ahead(scene: Scene, at: float, near: float = 0.5) -> Scene:
    """A wall in front of the person; it goes on past the picture's edge.

    near  how far it goes to the right: seen from behind there, what is beyond the hands would hide where they lie
    """
    scene.box((-near, 0, at), (0.5, 2.6, at + 0.9), Paint.WALL, framed=False)
    scene.framed.append(np.array([[0, 0, at + 0.10]]))
    return scene


def wall_behind(scene: Scene, at: float) -> Scene:
    """A wall behind the person, at z = at."""
    scene.box((-0.5, 0, at - 0.9), (0.5, 2.6, at), Paint.WALL, framed=False)
    scene.framed.append(np.array([[0, 0, at - 0.10]]))
    return scene


def wall_beside(scene: Scene, at: float, depth: float = 0.25) -> Scene:
    """A wall on one side of the person, at x = at; it goes on past the picture's edge."""
    out = np.sign(at)
    low, high = sorted((at, at + out * 0.9))
    scene.box((low, 0, -depth), (high, 2.6, depth + 0.2), Paint.WALL, framed=False)
    scene.framed.append(np.array([[at + out * 0.10, 0, 0]]))
    return scene


def chair(
    scene: Scene,
    at: tuple[float, float] = (0, 0),
    *,
    turn: float = 0,
    back: float = 0.88,
    wide: float = 0.42,
) -> Scene:
    """A plain kitchen chair; its front looks to +z before it is turned."""
    x, z = at
    half, r, about = wide / 2, 0.017, (x, 0, z)
    for side in (-1, 1):
        edge = x + side * (half - r)
        front, rear = (z + half - 2 * r, z + half), (z - half, z - half + 2 * r)
        scene.box((edge - r, 0, front[0]), (edge + r, SEAT - 0.035, front[1]), turn=turn, about=about)
        scene.box((edge - r, 0, rear[0]), (edge + r, back, rear[1]), turn=turn, about=about)
    scene.box(
        (x - half, SEAT - 0.035, z - half + 2 * r + 0.002), (x + half, SEAT, z + half), turn=turn, about=about
    )
    inner = half - 2 * r - 0.002
    return scene.box(
        (x - inner, back - 0.14, z - half + 0.006),
        (x + inner, back - 0.005, z - half + 2 * r - 0.006),
        turn=turn,
        about=about,
    )


def seat_edge(scene: Scene, front: float) -> Scene:
    """The front of a chair, for pictures that show no more of it."""
    scene.box((-0.3, SEAT - 0.04, front - 0.44), (0.3, SEAT, front))
    return scene.box((-0.3, 0, front - 0.04), (-0.26, SEAT - 0.04, front))


def mat(scene: Scene, low: tuple[float, float], high: tuple[float, float]) -> Scene:
    """A mat on the floor between two corners (x, z)."""
    return scene.box((low[0], -0.02, low[1]), (high[0], -0.001, high[1]), Paint.MAT)


def bag(scene: Scene, grip: Array) -> Scene:
    """A packed bag that hangs from the hands at `grip`."""
    top = grip + [0, 0.012, 0]
    scene.box(top + [-0.13, -0.30, -0.07], top + [0.13, -0.05, 0.07])
    for x in (-0.07, 0.07):
        scene.rod(top + [x, -0.05, 0], top + [x * 0.7, 0.005, 0], 0.008)
    return scene


def kettlebell(scene: Scene, grip: Array) -> Scene:
    """A kettlebell held at `grip`."""
    scene.ball(grip + [0, -0.16, 0], 0.098, Paint.METAL)
    for x in (-0.06, 0.06):
        scene.rod(grip + [x * 0.9, -0.005, 0], grip + [x, -0.10, 0], 0.013, Paint.METAL)
    return scene.rod(grip + [-0.056, 0, 0], grip + [0.056, 0, 0], 0.014, Paint.METAL)


def barbell(scene: Scene, centre: Array) -> Scene:
    """A barbell with one plate on each side."""
    scene.rod(centre - [0.62, 0, 0], centre + [0.62, 0, 0], 0.014, Paint.METAL)
    for side in (-1, 1):
        scene.rod(centre + [side * 0.46, 0, 0], centre + [side * 0.50, 0, 0], 0.215, Paint.METAL)
    return scene


def band_above_knees(scene: Scene, pose: Pose, width: float = 0.055) -> Scene:
    """A band round both thighs, just above the knees."""
    body = pose.body
    height = body.bare[:, 1] - body.head["lowerleg01.L"][1]
    ring = pose.skin()[(height > 0.075) & (height < 0.115) & (body.share("upperleg") > 0.5)]
    return scene.loop(ring, _axis(pose, "upperleg01", "lowerleg01"), width)


def band_at_ankles(scene: Scene, pose: Pose, width: float = 0.05) -> Scene:
    """A band round both ankles."""
    body = pose.body
    height = body.bare[:, 1]
    ring = pose.skin()[(height > 0.115) & (height < 0.15) & (body.share("lowerleg") > 0.5)]
    return scene.loop(ring, _axis(pose, "lowerleg02", "foot"), width)


def band_round_forefeet(scene: Scene, pose: Pose, width: float = 0.075) -> Scene:
    """A band round the front of both feet."""
    body = pose.body
    ball = body.foot["L"].ball[2]
    on = (np.abs(body.bare[:, 2] - ball + 0.03) < 0.02) & (body.share("foot", "toe") > 0.5)
    return scene.loop(pose.skin()[on], np.array([0, 0.55, 0.83]), width)


def ankle_weight(scene: Scene, pose: Pose, side: str) -> Scene:
    """A cuff round one ankle."""
    body = pose.body
    height = body.bare[:, 1]
    mine = body.bare[:, 0] * (1 if side == "L" else -1) > 0
    ring = pose.skin()[(height > 0.12) & (height < 0.19) & (body.share("lowerleg") > 0.5) & mine]
    _, places = pose.skeleton()
    return scene.loop(
        ring, places[f"lowerleg02.{side}"] - places[f"foot.{side}"], 0.10, puff=0.014, paint=Paint.METAL
    )


def _axis(pose: Pose, upper: str, lower: str) -> Array:
    """The mean direction of both limbs."""
    return np.asarray(sum(pose.where(f"{upper}.{s}") - pose.where(f"{lower}.{s}") for s in "LR"))


def bench(scene: Scene, along: tuple[float, float], top: float) -> Scene:
    """A low bench across the picture's depth, from z to z, with its seat at `top`."""
    scene.box((-0.4, top - 0.07, along[0]), (0.4, top, along[1]))
    for z in (along[0] + 0.04, along[1] - 0.08):
        scene.box((-0.36, 0, z), (0.36, top - 0.07, z + 0.04))
    return scene


def step(scene: Scene, low: tuple[float, float], high: tuple[float, float], height: float) -> Scene:
    """A step or block between two corners (x, z)."""
    return scene.box((low[0], 0, low[1]), (high[0], height, high[1]))


def padded_weight(scene: Scene, centre: Array) -> Scene:
    """A dumbbell across the hips, with a cushion under it."""
    for x in (-0.16, 0.16):
        scene.rod(centre + [x - 0.03, 0, 0], centre + [x + 0.03, 0, 0], 0.075, Paint.METAL)
    return scene.rod(centre - [0.16, 0, 0], centre + [0.16, 0, 0], 0.016, Paint.METAL)


def band_under_feet(scene: Scene, pose: Pose) -> Scene:
    """A band round both feet: its two strands from the left, standing foot to the right, lifted one."""
    body = pose.body
    skin = pose.skin()
    on = body.midfoot > 0.05
    left, right = (skin[on & (body.share("foot", side=f".{side}") > 0.6)] for side in "LR")
    for strand in (0.02, -0.02):
        under, over = left.mean(0) + [-0.02, 0, strand], right.mean(0) + [0, 0, strand]
        scene.rod([under[0], left[:, 1].min() + 0.015, under[2]], over, 0.016, Paint.BAND)
    return scene.loop(right, right.max(0) * [0, 0, 1] - right.min(0) * [0, 0, 1], 0.045)
