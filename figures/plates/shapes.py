"""Shapes in the plane: smooth lines, bones, tapered bellies and fans of fibres.

Points are (x, y) in drawing units; `along` works in three dimensions too. Shapes are shapely polygons,
so that what lies in front can be cut out of what lies behind, and a muscle that folds over itself still
has one outline.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import shapely

Point = tuple[float, float]
Point3 = tuple[float, float, float]
AnyPoint = TypeVar("AnyPoint", bound=tuple[float, ...])
Shape = Any  # a shapely geometry

COARSENESS = 0.14  # how far, in drawing units, an outline may stray from the curve it stands for


def along(line: Sequence[AnyPoint], count: int, *, closed: bool = False) -> list[AnyPoint]:
    """`count` points along the smooth curve through the line (Catmull-Rom), as many between any two.

    A point given twice makes a sharp corner.
    """
    controls = [line[-1], *line, line[0], line[1]] if closed else [line[0], *line, line[-1], line[-1]]
    spans = len(line) if closed else len(line) - 1
    points: list[AnyPoint] = []
    for step in range(count):
        position = step / (count - 1) * spans
        span = min(int(position), spans - 1)
        points.append(_between(controls[span : span + 4], position - span))
    return points


def _between(controls: Sequence[AnyPoint], t: float) -> AnyPoint:
    """The point at `t` (0 to 1) between the second and the third of four controls."""
    if controls[1] == controls[2]:
        return controls[1]  # a corner: a curve would loop here
    return tuple(  # type: ignore[return-value] # as many coordinates as each control has
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(*controls, strict=True)
    )


def smooth(line: Sequence[Point]) -> Shape:
    """A smooth open line."""
    return shapely.LineString(along(line, 8 * len(line)))


def outlined(points: Sequence[Point]) -> Shape:
    """A smooth closed shape that runs once round through the points."""
    return shapely.Polygon(along(points, 8 * len(points) + 1, closed=True)).buffer(0)


def disc(centre: Point, radius: float) -> Shape:
    """A full disc."""
    return shapely.Point(centre).buffer(radius)


def strand(line: Sequence[Point], widths: Sequence[float]) -> Shape:
    """A rounded band along the line; `widths` are its full widths at evenly spaced places."""
    count = 6 * len(line)
    broad = [width for (width,) in along([(width,) for width in widths], count)]
    discs = [disc(at, max(width, 1) / 2) for at, width in zip(along(line, count), broad, strict=True)]
    return joined(one.union(other).convex_hull for one, other in itertools.pairwise(discs))


def fan(fibres: Sequence[Sequence[Point]]) -> Shape:
    """What the fibres cover together, from the first to the last, with rounded corners."""
    rows = [along(fibre, 15) for fibre in fibres]
    columns = [along(column, 4 * len(rows)) for column in zip(*rows, strict=True)]
    triangles = []
    for one, other in itertools.pairwise(columns):
        for a, b, c, d in zip(one[:-1], one[1:], other[1:], other[:-1], strict=True):
            triangles += [shapely.Polygon([a, b, c]), shapely.Polygon([a, c, d])]
    return rounded(joined(triangles), 2.5)


def joined(shapes: Iterable[Shape]) -> Shape:
    """Shapes run into one; hairline gaps close."""
    return shapely.union_all([shape.buffer(0.05) for shape in shapes]).buffer(-0.05)


def rounded(shape: Shape, radius: float) -> Shape:
    """The shape with its corners rounded and its teeth filed off."""
    return shape.buffer(radius).buffer(-2 * radius).buffer(radius)


def fibres_between(fibres: Sequence[Sequence[Point]], count: int, within: Shape) -> Shape:
    """`count` lines spread evenly between the fibres, kept off the rim of the shape they lie in."""
    rows = [along(fibre, 12) for fibre in fibres]
    lines = []
    for step in range(1, count + 1):
        across = step / (count + 1)
        line = [along(column, 101)[round(100 * across)] for column in zip(*rows, strict=True)]
        lines.append(shapely.LineString(line[1:-1]))
    return shapely.MultiLineString(lines).intersection(within.buffer(-2))


def fibres_along(line: Sequence[Point], widths: Sequence[float]) -> Shape:
    """Lines along a strand: one where it is slender, three where it is broad."""
    count = 6 * len(line)
    mid = along(line, count)
    broad = [width for (width,) in along([(width,) for width in widths], count)]
    shares = (-0.27, 0.0, 0.27) if max(broad) > 20 else (0.0,)
    lines = []
    for share in shares:
        moved = []
        for (x0, y0), (x1, y1), width in zip(mid[:-1], mid[1:], broad, strict=False):
            length = math.dist((x0, y0), (x1, y1)) or 1
            moved.append((x0 - (y1 - y0) / length * width * share, y0 + (x1 - x0) / length * width * share))
        lines.append(shapely.LineString(moved[len(moved) // 7 : -len(moved) // 7]))
    return shapely.MultiLineString(lines)


def path_data(shape: Shape) -> str:
    """A shape or a line as SVG path data, to a tenth of a unit."""
    parts = getattr(shape, "geoms", [shape])
    return "".join(_part_data(part) for part in parts if not part.is_empty)


def _part_data(part: Shape) -> str:
    part = part.simplify(COARSENESS)
    if part.geom_type == "LineString":
        return _run(part.coords, closed=False)
    if part.geom_type == "Polygon":
        return "".join(_run(ring.coords[:-1], closed=True) for ring in (part.exterior, *part.interiors))
    return path_data(part) if hasattr(part, "geoms") else ""


def _run(points: Iterable[Point], *, closed: bool) -> str:
    """Relative path data, counted in tenths so that nothing drifts; nothing for what is too small to be seen."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in points]
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in itertools.pairwise(tenths)]
    moves = [value for step in steps if any(step) for value in step]
    return f"M{_compact(tenths[0])}l{_compact(moves)}{'z' if closed else ''}" if moves else ""


def _compact(tenths: Iterable[int]) -> str:
    """Numbers as short as SVG lets them be: ".5-1.2 3"."""
    text = ""
    for value in tenths:
        number = f"{value / 10:g}".replace("0.", ".", 1) if abs(value) < 10 else f"{value / 10:g}"
        text += number if number.startswith("-") or not text else f" {number}"
    return text
