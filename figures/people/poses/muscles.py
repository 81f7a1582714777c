"""The muscle that an exercise loads most, where it lies under the skin: the end of one of its steps, coloured in."""

from collections.abc import Iterator
from functools import partial
from itertools import permutations
from typing import NamedTuple

import numpy as np

from figures.people.body import normals
from figures.people.cast import CAST, person
from figures.people.geometry import Array
from figures.people.mesh import finer
from figures.people.picture import Movement, Picture
from figures.people.pose import outward
from figures.people.poses import lifting, lying, standing
from figures.people.scene import FIRST_THING, Paint, Scene, View

# Metres from the hip joint of somebody with a thigh of 0.42: outwards, up, to the front; then half the size each way.
# Roughly where the muscle shows, not its outline: the plates have that.
PLACES = {
    "gluteus_maximus": ((0.03, 0.0, -0.11), (0.115, 0.115, 0.125)),
    "gluteus_medius": ((0.10, 0.045, -0.015), (0.13, 0.10, 0.115)),
}
THIGH = 0.42
ARMS = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
MUSCLE = FIRST_THING + 900  # a part of its own


class Lit(NamedTuple):
    """A muscle of one side in a step of an exercise, and the camera where the step's own does not show it."""

    step: str
    muscle: str
    side: str
    cast: str
    view: View | None = None


LIT = {
    "banded_walk": Lit("no_band", "gluteus_medius", "L", "ana"),
    "side_lying_abduction": Lit("straight_leg", "gluteus_medius", "L", "ruth", View(pitch=40)),
    "bridge": Lit("two_legs", "gluteus_maximus", "R", "karl"),
    "deadlift": Lit("from_floor", "gluteus_maximus", "L", "ben", View(yaw=125, pitch=8)),
    "hip_circle": Lit("one_hand", "gluteus_medius", "L", "mei"),
}


def pictures() -> Iterator[Picture]:
    """One of each exercise whose main muscle lies under the skin."""
    drawn = {one.name: one for module in (lifting, lying, standing) for one in module.pictures()}
    for exercise, lit in LIT.items():
        movement = drawn[f"{exercise}-{lit.step}"]
        if not isinstance(movement, Movement):
            raise TypeError(f"{movement.name} is no movement")
        view = lit.view or movement.view
        tone = CAST[lit.cast].tone
        yield Picture(
            f"{exercise}-{lit.muscle}", partial(_lit, movement, lit), view, tone, floor=movement.floor
        )


def _lit(movement: Movement, lit: Lit) -> Scene:
    scene = movement.at(movement.end if movement.telling is None else movement.telling)
    subdivide, quads = finer()
    body, g = person(lit.cast), outward(lit.side)
    centre, size = (np.array(each) for each in PLACES[lit.muscle])
    hip = body.head[f"upperleg01.{lit.side}"]
    long = (hip[1] - body.head[f"lowerleg01.{lit.side}"][1]) / THIGH
    from_it = ((subdivide @ body.bare - hip) * [g, 1, 1] / long - centre) / size
    away = np.sqrt((from_it**2).sum(1))  # 1 is the rim
    away[subdivide @ body.share(*ARMS) >= 0.3] = np.inf
    skin = scene.points[0]  # the person comes first
    covered = quads[(away[quads] < 1).any(1) & np.isfinite(away[quads]).all(1)]
    over = skin + normals(skin, quads) * 0.006
    return scene.add(_drawn_in(over, covered, away), covered, Paint.BAND, MUSCLE)


def _drawn_in(points: Array, quads: Array, away: Array) -> Array:
    """The points with those beyond the rim put on it, so that the patch ends in a smooth line.

    away  how far each point is from the middle; 1 is the rim
    """
    pairs = np.concatenate([quads[:, [a, b]] for a, b in permutations(range(4), 2)])
    inner, outer = pairs[(away[pairs[:, 0]] < 1) & (away[pairs[:, 1]] >= 1)].T
    cut = ((1 - away[inner]) / (away[outer] - away[inner]))[:, None]
    sums, times = np.zeros_like(points), np.zeros(len(points))
    np.add.at(sums, outer, points[inner] + cut * (points[outer] - points[inner]))
    np.add.at(times, outer, 1)
    beyond = times > 0
    drawn_in = points.copy()
    drawn_in[beyond] = sums[beyond] / times[beyond, None]
    return drawn_in
