"""From pixels to short paths: outlines are traced, softened, and fitted with cubic Beziers."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from scipy import ndimage

from figures.people.geometry import Array, unit

Spot = tuple[int, int]


class Edge(NamedTuple):
    """A piece of a line along a pixel's edge, and how strongly it parts what lies beside it."""

    start: Spot
    end: Spot
    strength: float


class Curve(NamedTuple):
    """A cubic Bezier."""

    start: Array
    first: Array
    second: Array
    end: Array


def loops(mask: Array) -> list[Array]:
    """Closed outlines of a mask along the pixels' edges, inside on the left."""
    padded = np.pad(mask, 1)
    onward: dict[Spot, list[Spot]] = {}
    sides = (
        (-1, 0, (1, 0), (0, 0)),
        (0, -1, (0, 0), (0, 1)),
        (1, 0, (0, 1), (1, 1)),
        (0, 1, (1, 1), (1, 0)),
    )
    for y, x in zip(*(axis.tolist() for axis in np.nonzero(padded)), strict=True):
        for dy, dx, a, b in sides:
            if not padded[y + dy, x + dx]:
                onward.setdefault((x + a[0], y + a[1]), []).append((x + b[0], y + b[1]))
    found = []
    while onward:
        start = at = next(iter(onward))
        path = [at]
        way: Spot | None = None
        while True:
            ends = onward[at]
            end = ends[0] if way is None or len(ends) == 1 else _leftmost(at, way, ends)
            ends.remove(end)
            if not ends:
                del onward[at]
            way, at = (end[0] - at[0], end[1] - at[1]), end
            if at == start:
                break
            path.append(at)
        found.append(np.array(path, float) - 1)
    return found


def _leftmost(at: Spot, way: Spot, ends: Iterable[Spot]) -> Spot:
    return max(ends, key=lambda end: way[0] * (end[1] - at[1]) - way[1] * (end[0] - at[0]))


def chains(edges: Iterable[Edge]) -> list[tuple[Array, Array]]:
    """Open or closed runs through edges, each with the strengths along it."""
    near: dict[Spot, dict[Spot, float]] = {}
    for edge in edges:
        near.setdefault(edge.start, {})[edge.end] = edge.strength
        near.setdefault(edge.end, {})[edge.start] = edge.strength
    done: set[tuple[Spot, Spot]] = set()
    found = []

    def walked(a: Spot, b: Spot) -> tuple[Array, Array]:
        path, strengths = [a], []
        while True:
            done.update({(a, b), (b, a)})
            strengths.append(near[a][b])
            path.append(b)
            further = [spot for spot in near[b] if (b, spot) not in done]
            if len(near[b]) != 2 or not further:
                return np.array(path, float), np.array(strengths)
            a, b = b, further[0]

    for a in sorted(near, key=lambda spot: len(near[spot]) == 2):
        for b in list(near[a]):
            if (a, b) not in done:
                found.append(walked(a, b))
    return found


def softened(path: Array, sigma: float, *, closed: bool) -> Array:
    """The path without its pixel steps."""
    if len(path) < 4:
        return path
    if closed:
        return np.asarray(ndimage.gaussian_filter1d(path, sigma, axis=0, mode="wrap"))
    longer = np.vstack([2 * path[0] - path[:0:-1], path, 2 * path[-1] - path[-2::-1]])
    smooth = ndimage.gaussian_filter1d(longer, sigma, axis=0)
    return np.asarray(smooth[len(path) - 1 : 2 * len(path) - 1])


def fitted(path: Array, sigma: float, tolerance: float, *, closed: bool) -> list[Curve]:
    """Curves within so many pixels of the softened path."""
    path = softened(path, sigma, closed=closed)
    path = path[np.concatenate([[True], np.linalg.norm(np.diff(path, axis=0), axis=1) > 1e-3])]
    if closed and len(path) > 8:
        ahead = np.roll(path, -4, 0) - path
        behind = np.roll(ahead, 4, 0)
        bend = np.abs(ahead[:, 0] * behind[:, 1] - ahead[:, 1] * behind[:, 0])
        path = np.roll(path, -int(bend.argmax()), 0)  # the seam hides in a corner
    if closed:
        path = np.vstack([path, path[:1]])
    if len(path) < 3:
        return []
    n = min(3, len(path) - 1)
    found: list[Curve] = []
    _fit(path, unit(path[n] - path[0]), unit(path[-1 - n] - path[-1]), tolerance, found)
    return found


def _fit(path: Array, leave: Array, arrive: Array, tolerance: float, found: list[Curve]) -> None:
    """Schneider's curve fitting."""
    if len(path) < 3:
        third = np.linalg.norm(path[-1] - path[0]) / 3
        found.append(Curve(path[0], path[0] + leave * third, path[-1] + arrive * third, path[-1]))
        return
    u = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    u /= u[-1]
    for _ in range(4):
        curve, miss = _nearest_curve(path, leave, arrive, u)
        if miss.max() < tolerance**2:
            found.append(curve)
            return
        q = np.stack(curve)
        speed = (
            3 * ((1 - u) ** 2)[:, None] * (q[1] - q[0])
            + (6 * u * (1 - u))[:, None] * (q[2] - q[1])
            + (3 * u**2)[:, None] * (q[3] - q[2])
        )
        off = _bernstein(u) @ q - path
        u = np.clip(u - (off * speed).sum(1) / np.maximum((speed * speed).sum(1), 1e-9), 0, 1)
        u[0], u[-1] = 0, 1
        if (np.diff(u) <= 0).any():
            break
    split = int(np.clip(miss.argmax(), 1, len(path) - 2))
    reach = min(5, split, len(path) - 1 - split)
    tangent = unit(path[split - reach] - path[split + reach])
    _fit(path[: split + 1], leave, tangent, tolerance, found)
    _fit(path[split:], -tangent, arrive, tolerance, found)


def _bernstein(u: Array) -> Array:
    return np.stack([(1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u**2 * (1 - u), u**3], 1)


def _nearest_curve(path: Array, leave: Array, arrive: Array, u: Array) -> tuple[Curve, Array]:
    """The curve with these tangents that is nearest to the path, and the squared distances."""
    b = _bernstein(u)
    a1, a2 = b[:, 1, None] * leave, b[:, 2, None] * arrive
    rest = path - path[0] * b[:, :2].sum(1)[:, None] - path[-1] * b[:, 2:].sum(1)[:, None]
    c = np.array([[(a1 * a1).sum(), (a1 * a2).sum()], [(a1 * a2).sum(), (a2 * a2).sum()]])
    right = np.array([(a1 * rest).sum(), (a2 * rest).sum()])
    span = float(np.linalg.norm(path[-1] - path[0]))
    first, second = np.linalg.solve(c, right) if abs(np.linalg.det(c)) > 1e-9 else (span / 3, span / 3)
    if min(first, second) < span * 0.02 or max(first, second) > span * 3:
        first = second = span / 3
    curve = Curve(path[0], path[0] + leave * first, path[-1] + arrive * second, path[-1])
    return curve, ((b @ np.stack(curve) - path) ** 2).sum(1)


class Pen:
    """Writes curves as short path data with relative steps of a tenth of a unit."""

    def __init__(self, scale: float) -> None:
        self.scale = scale

    def _tenths(self, point: Array) -> Array:
        return np.rint(np.asarray(point) * self.scale * 10).astype(int)

    @staticmethod
    def _number(tenths: int) -> str:
        if tenths % 10 == 0:
            return str(tenths // 10)
        text = f"{tenths / 10:.1f}"
        return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text

    def path(self, curves: Iterable[Curve], *, closed: bool) -> str:
        """Path data, empty without curves."""
        data, at = "", np.zeros(2, int)
        for curve in curves:
            if not data:
                at = self._tenths(curve.start)
                data = f"M{self._number(int(at[0]))} {self._number(int(at[1]))}"
            steps = np.concatenate([self._tenths(point) - at for point in curve[1:]]).tolist()
            if not any(steps):
                continue
            data += "c" + "".join(
                (" " if i and step >= 0 else "") + self._number(step) for i, step in enumerate(steps)
            )
            at = self._tenths(curve.end)
        return data + "z" if data and closed else data
