"""What stands before the camera: a person and things, as triangles of one mesh, and the arrows over them."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, Self

import numpy as np
from scipy.spatial import ConvexHull

from figures.people.geometry import Array, Vector, Y, rotation, unit
from figures.people.mesh import finer
from figures.people.pose import Pose, outward


class Paint(IntEnum):
    """What a pixel shows; the name is the class that paints it."""

    NOTHING = 0
    SKIN = 1
    CLOTH = 2
    SHIRT = 3
    HAIR = 4
    PROP = 5
    BAND = 6
    METAL = 7
    MAT = 8
    WALL = 9


FIRST_THING = 60  # parts below are the person's
# Columns of what each vertex carries: fields of cloth, how far it is face or foot, its place on the body at rest.
SHORTS, TOP, HAIR, FACE, FOOT, MIDFOOT = range(6)
PLACE = slice(6, 9)
COLUMNS = 9


@dataclass(frozen=True)
class View:
    """Where the camera stands.

    yaw    degrees round the person: 0 in front, 90 on their left
    pitch  degrees from above
    mirror as in a mirror: the person's left is on the left
    light  the direction to it, in the picture's own axes
    """

    yaw: float = 0
    pitch: float = 0
    mirror: bool = False
    light: tuple[float, float, float] = (-0.55, 0.55, 0.62)

    def axes(self) -> Array:
        """Rows: to the right of the picture, up, and towards the camera."""
        yaw, pitch = np.radians([self.yaw, self.pitch])
        towards = np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])
        right = np.array([np.cos(yaw), 0, -np.sin(yaw)])
        return np.stack([right * (-1 if self.mirror else 1), np.cross(towards, right), towards])


class Mark(NamedTuple):
    """A line over the picture: points in the world, and the class that paints it.

    closed  a way round; it lies behind what it goes round, so that it hides none of it
    headed  an arrow
    """

    points: Array
    paint: str
    closed: bool = False
    headed: bool = True


class Kneecap(NamedTuple):
    """Where a kneecap is on the body at rest, and how large."""

    knee: Array
    scale: float


class Feature(NamedTuple):
    """A dark shape of the face, on the body at rest: its middle, half its width and height, how much its ends rise."""

    middle: Array
    wide: float
    high: float
    rise: float = 0


@dataclass
class Scene:
    """Triangles with what they show."""

    points: list[Array] = field(default_factory=list)
    triangles: list[Array] = field(default_factory=list)
    carried: list[Array] = field(default_factory=list)
    paints: list[Array] = field(default_factory=list)
    parts: list[Array] = field(default_factory=list)
    framed: list[Array] = field(default_factory=list)
    kneecaps: list[Kneecap] = field(default_factory=list)
    face: list[Feature] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    soles: bool = False
    count: int = 0
    things: int = 0

    def add(
        self,
        points: Array,
        quads: Array,
        paint: Paint,
        part: float | Array,
        *,
        carried: Array | None = None,
        framed: bool = True,
    ) -> Self:
        """A mesh of quads; `framed` where the picture must show all of it."""
        triangles = np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
        self.points.append(points)
        self.triangles.append(triangles + self.count)
        self.carried.append(np.zeros((len(points), COLUMNS)) if carried is None else carried)
        self.paints.append(np.full(len(triangles), paint))
        self.parts.append(
            np.concatenate([part, part]) if isinstance(part, np.ndarray) else np.full(len(triangles), part)
        )
        if framed:
            self.framed.append(points[np.unique(triangles)])
        self.count += len(points)
        return self

    def _next_thing(self) -> float:
        self.things += 1
        return FIRST_THING + self.things

    # -- the person -------------------------------------------------------------------------------------

    def person(self, pose: Pose, *, kneecaps: str = "LR", only: str = "", kneecap_size: float = 1) -> Self:
        """The posed body; `only`: one leg, "L" or "R", up to the hip. Raises PoseError for an impossible joint."""
        pose.require_possible()
        body = pose.body
        subdivide, quads = finer()
        carried = np.column_stack(
            [
                *(body.shorts_field, body.top_field, body.hair_field, body.face),
                *(body.share("foot", "toe"), body.midfoot, body.bare),
            ]
        )
        digits = np.stack(
            [
                body.share(f"{kind}{i}-") * (body.skin[:, 0] * g > 0)
                for kind in ("toe", "finger")
                for i in range(1, 6)
                for g in (1, -1)
            ],
            1,
        )
        of_quads = (subdivide @ digits)[quads].mean(1)
        part = np.where(of_quads.max(1) > 0.4, 2 + of_quads.argmax(1), 1)
        if only:
            self.soles = True
            keep = _leg(pose, only)
            quads, part = quads[keep], part[keep]
        self.add(subdivide @ pose.skin(), quads, Paint.SKIN, part, carried=subdivide @ carried)
        thigh = body.head["upperleg01.L"][1] - body.head["lowerleg01.L"][1]
        self.kneecaps = [
            Kneecap(body.head[f"lowerleg01.{side}"], thigh / 0.42 * kneecap_size) for side in kneecaps
        ]
        if not only:
            self._add_head(pose)
        return self

    def ghost(self, pose: Pose, side: str, paint: Paint = Paint.MAT) -> Self:
        """A pale leg: what the picture's own is seen against, or where it comes by. As a wall it has an outline."""
        subdivide, quads = finer()
        return self.add(subdivide @ pose.skin(), quads[_leg(pose, side)], paint, self._next_thing())

    def _add_head(self, pose: Pose) -> None:
        body = pose.body
        for side in "LR":
            eye = body.head[f"eye.{side}"]
            self.face += [
                Feature(eye, 0.0105, 0.0058),
                Feature(eye + [0, 0.022, 0], 0.016, 0.003, -0.0035),
            ]
        middle = (body.head["eye.L"] + body.head["eye.R"]) / 2
        self.face.append(Feature(middle + [0, -0.069, 0], 0.023, 0.0027, 0.005))
        if body.build.hair == "bun":
            turns, places = pose.skeleton()
            self.ball(places["head"] + turns["head"] @ np.array([0, 0.155, -0.1]), 0.043, Paint.HAIR)

    # -- things -----------------------------------------------------------------------------------------

    def ball(self, centre: Vector, radius: float, paint: Paint) -> Self:
        """A ball."""
        u, w = np.meshgrid(np.linspace(0, 2 * np.pi, 25), np.linspace(0, np.pi, 13))
        points = np.stack([np.cos(u) * np.sin(w), np.cos(w), np.sin(u) * np.sin(w)], -1).reshape(-1, 3)
        return self.add(np.asarray(centre) + points * radius, grid(13, 25), paint, self._next_thing())

    def rod(self, start: Vector, end: Vector, radius: float, paint: Paint = Paint.PROP) -> Self:
        """A cylinder."""
        a, b = np.asarray(start, float), np.asarray(end, float)
        along = unit(b - a)
        aside = unit(np.cross(along, [0.3, 0.9, 0.2]))
        n = 49 if radius > 0.05 else 17
        u = np.linspace(0, 2 * np.pi, n)
        ring = (np.cos(u)[:, None] * aside + np.sin(u)[:, None] * np.cross(along, aside)) * radius
        rows = max(int(np.linalg.norm(b - a) / 0.05), 2)
        wall = np.vstack([a + (b - a) * t + ring for t in np.linspace(0, 1, rows)])
        self.add(wall, grid(rows, n), paint, self._next_thing())
        for centre in (a, b):
            cap = np.vstack([np.repeat(centre[None], n, 0), centre + ring])
            self.add(cap, grid(2, n), paint, self._next_thing())
        return self

    def box(
        self,
        low: Vector,
        high: Vector,
        paint: Paint = Paint.PROP,
        *,
        turn: float = 0,
        about: Vector = (0, 0, 0),
        framed: bool = True,
    ) -> Self:
        """A box between two corners, turned about a point."""
        a, b = np.asarray(low, float), np.asarray(high, float)
        n = 12
        for axis in range(3):
            j, k = (other for other in range(3) if other != axis)
            across, down = np.meshgrid(np.linspace(a[j], b[j], n), np.linspace(a[k], b[k], n))
            for level in (a[axis], b[axis]):
                points = np.zeros((n * n, 3))
                points[:, axis], points[:, j], points[:, k] = level, across.ravel(), down.ravel()
                points = (points - about) @ rotation(Y, turn).T + about
                self.add(points, grid(n, n), paint, self._next_thing(), framed=framed)
        return self

    def loop(
        self, around: Array, along: Vector, width: float, *, puff: float = 0.006, paint: Paint = Paint.BAND
    ) -> Self:
        """A taut band: the convex hull of points, seen along `along`, as a ribbon."""
        way = unit(along)
        aside = unit(np.cross(way, [0.1, 0.2, 0.97]))
        other = np.cross(way, aside)
        flat = np.stack([around @ aside, around @ other], 1)
        hull = flat[ConvexHull(flat).vertices]
        hull = np.vstack([hull, hull[:1]])
        steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(hull, axis=0), axis=1))])
        at = np.linspace(0, steps[-1], 160)
        ring = np.stack([np.interp(at, steps, hull[:, i]) for i in (0, 1)], 1)
        centre = ring.mean(0)
        ring = centre + (ring - centre) * (1 + puff / np.linalg.norm(ring - centre, axis=1, keepdims=True))
        level = (around @ way).mean()
        rows = [
            ring[:, :1] * aside + ring[:, 1:] * other + way * (level + height)
            for height in np.linspace(-width / 2, width / 2, 5)
        ]
        return self.add(np.vstack(rows), grid(5, 160), paint, self._next_thing())

    # -- marks ------------------------------------------------------------------------------------------

    def arrow(self, *points: Vector, bad: bool = False, closed: bool = False) -> Self:
        """An arrow along points; `bad` shows what goes wrong, `closed` a way round."""
        self.marks.append(Mark(np.array(points, float), "arrow bad" if bad else "arrow", closed))
        self.framed.append(np.array(points, float))
        return self

    def cross(self, centre: Vector, view: View, size: float) -> Self:
        """A cross over what goes wrong, so that red is not all that says so."""
        right, up, _ = view.axes()
        self.framed.append(np.array([centre], float))
        for slant in (1, -1):
            arm = size * (right + slant * up)
            self.marks.append(Mark(np.stack([centre - arm, centre + arm]), "arrow bad", headed=False))
        return self


def _leg(pose: Pose, side: str) -> Array:
    """Which quads of the finer body are one leg, up to the hip."""
    subdivide, quads = finer()
    body = pose.body
    leg = body.share("upperleg", "lowerleg", "foot", "toe") * (body.skin[:, 0] * outward(side) > 0)
    return np.asarray((subdivide @ leg > 0.5)[quads].all(1))


def grid(rows: int, columns: int) -> Array:
    """The quads of a mesh of rows and columns of points."""
    i = np.arange(rows * columns).reshape(rows, columns)
    return np.stack([i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]], -1).reshape(-1, 4)
