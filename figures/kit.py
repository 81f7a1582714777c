"""Geometry and marks: joints become tapered limbs, limbs become outlined SVG.

Coordinates are SVG user units, x to the right and y down. A heading is in degrees, 0 to the right
and 90 down. Markup is plain text: every function that draws returns one or more SVG elements.
"""

import math
import re
from collections.abc import Iterable
from typing import NamedTuple


class Point(NamedTuple):
    """A place in the picture, in user units."""

    x: float
    y: float

    def shifted(self, dx: float, dy: float) -> "Point":
        """The point dx further right and dy further down."""
        return Point(self.x + dx, self.y + dy)

    def onward(self, length: float, heading: float) -> "Point":
        """The point reached by going `length` units along `heading`."""
        angle = math.radians(heading)
        return Point(self.x + length * math.cos(angle), self.y + length * math.sin(angle))

    def towards(self, other: "Point", share: float) -> "Point":
        """The point that lies `share` (0 to 1) of the way to `other`."""
        return Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)

    def turned(self, angle: float) -> "Point":
        """The point turned round the origin by `angle` degrees clockwise."""
        origin = Point(0, 0)
        return origin.onward(math.dist(origin, self), origin.heading(self) + angle)

    def opposite(self, axis: float) -> "Point":
        """The point as in a mirror standing at x = axis."""
        return Point(2 * axis - self.x, self.y)

    def heading(self, other: "Point") -> float:
        """The heading from here to `other`."""
        return math.degrees(math.atan2(other.y - self.y, other.x - self.x))


class Shape(NamedTuple):
    """A closed path and the class that paints it."""

    path: str
    paint: str


def number(value: float) -> str:
    """A coordinate with at most one decimal and no idle zeros."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def pair(point: Point) -> str:
    """A point as path data."""
    return f"{number(point.x)} {number(point.y)}"


def middle_joint(root: Point, tip: Point, upper: float, lower: float, *, clockwise: bool) -> Point:
    """The knee of a leg, or the elbow of an arm, whose two ends are given (two-bone inverse kinematics).

    upper, lower  lengths of the two bones
    clockwise     whether the way root, joint, tip turns clockwise on the screen

    Raises ValueError when the tip is too far from, or too near to, the root for these bones: a pose
    that would need longer limbs is a mistake, not something to stretch.
    """
    reach = math.dist(root, tip)
    if not abs(upper - lower) <= reach <= upper + lower:
        raise ValueError(f"a limb of {upper} + {lower} cannot span {reach:.1f} from {root} to {tip}")
    opening = math.degrees(math.acos((upper**2 + reach**2 - lower**2) / (2 * upper * reach)))
    return root.onward(upper, root.heading(tip) + (-opening if clockwise else opening))


def capsule(start: Point, start_radius: float, end: Point, end_radius: float) -> str:
    """Path of a tapered limb: the hull of two discs.

    Raises ValueError when one disc lies inside the other.
    """
    length = math.dist(start, end)
    if length <= abs(start_radius - end_radius):
        raise ValueError(f"no limb between {start} and {end}: one end swallows the other")
    along = start.heading(end)
    slope = math.degrees(math.acos((start_radius - end_radius) / length))
    large_at_start, large_at_end = int(slope < 90), int(slope > 90)
    r0, r1 = number(start_radius), number(end_radius)
    return (
        f"M{pair(start.onward(start_radius, along + slope))}"
        f"A{r0} {r0} 0 {large_at_start} 1 {pair(start.onward(start_radius, along - slope))}"
        f"L{pair(end.onward(end_radius, along - slope))}"
        f"A{r1} {r1} 0 {large_at_end} 1 {pair(end.onward(end_radius, along + slope))}Z"
    )


def disc(centre: Point, radius: float) -> str:
    """Path of a full disc."""
    r, across = number(radius), number(2 * radius)
    return f"M{pair(centre.shifted(-radius, 0))}a{r} {r} 0 1 1 {across} 0a{r} {r} 0 1 1 -{across} 0Z"


_COORDINATES = re.compile(r"(-?[\d.]+) (-?[\d.]+)")


def widened(path: str, factor: float) -> str:
    """A path drawn round the origin, with every x multiplied by `factor`; for paths as `placed` takes them."""
    return _COORDINATES.sub(lambda match: f"{number(float(match[1]) * factor)} {match[2]}", path)


def placed(path: str, at: Point, *, turn: float = 0, size: float = 1) -> str:
    """A path drawn round the origin, moved to `at`, scaled by `size` and turned by `turn` degrees clockwise.

    The path uses absolute commands with coordinate pairs only (M, L, Q, C, Z).
    """
    cos, sin = math.cos(math.radians(turn)) * size, math.sin(math.radians(turn)) * size

    def move(match: re.Match[str]) -> str:
        x, y = float(match[1]), float(match[2])
        return pair(Point(at.x + x * cos - y * sin, at.y + x * sin + y * cos))

    return _COORDINATES.sub(move, path)


def solid(*shapes: Shape) -> str:
    """Shapes that make up one body: a common outline first, then each in its own paint.

    Outlining before filling lets limbs run into each other without a line between them.
    """
    outline = "".join(shape.path for shape in shapes)
    return f'<path class="o" d="{outline}"/>' + "".join(fill(shape) for shape in shapes)


def fill(shape: Shape) -> str:
    """A shape without an outline."""
    return f'<path class="{shape.paint}" d="{shape.path}"/>'


def stroke(path: str, paint: str = "line") -> str:
    """An open line."""
    return f'<path class="{paint}" d="{path}"/>'


def straight(*points: Point) -> str:
    """Path of a line through points."""
    return "M" + "L".join(pair(point) for point in points)


def stick(start: Point, end: Point) -> str:
    """A stick, a broom handle say."""
    return solid(Shape(capsule(start, 3.5, end, 3.5), "bag"))


def band(start: Point, end: Point, *, behind: bool = False, thick: bool = False, depth: float = 6) -> str:
    """Half of the loop of an exercise band round what lies between start and end.

    behind  the half that runs behind the limbs, to be drawn before them; else the one in front
    depth   how far the loop bulges to each side of the straight line
    """
    half = math.dist(start, end) / 2
    turn = number(start.heading(end))
    arc = f"M{pair(start)}A{number(half)} {number(depth)} {turn} 0 {int(behind)} {pair(end)}"
    width = " thick" if thick else ""
    return stroke(arc, f"band-o{width}") + stroke(arc, f"band{width}")


def floor(left: float, right: float, y: float) -> str:
    """The line a person stands on."""
    return stroke(straight(Point(left, y), Point(right, y)))


def rug(*corners: Point) -> str:
    """A mat seen from a little above."""
    return solid(Shape(straight(*corners) + "Z", "rug"))


def mat(left: float, right: float, y: float) -> str:
    """The mat a person lies on, seen from its edge; `y` is its upper edge."""
    width = number(right - left)
    return f'<rect class="mat" x="{number(left)}" y="{number(y)}" width="{width}" height="8" rx="4"/>'


def kneecap(centre: Point, radius: float, look: float | None = 0) -> str:
    """A kneecap drawn as an eye.

    look  where it points: -1 to the left of the picture, 0 to the viewer, 1 to the right;
          None for not known, a plain ring without a pupil
    """
    x, y, r = number(centre.x), number(centre.y), number(radius)
    eye = f'<circle class="eye" cx="{x}" cy="{y}" r="{r}"/>'
    if look is None:
        return eye
    pupil = number(centre.x + look * radius * 0.52)
    return eye + f'<circle class="pupil" cx="{pupil}" cy="{y}" r="{number(radius * 0.45)}"/>'


def arrow(start: Point, control: Point, end: Point, paint: str = "arrow") -> str:
    """A curved arrow from start to end, bent towards `control`; "arrow bad" shows what goes wrong."""
    return stroke(f"M{pair(start)}Q{pair(control)} {pair(end)}{_head(end, control.heading(end), 10)}", paint)


def straight_arrow(start: Point, end: Point, paint: str = "arrow") -> str:
    """A straight arrow."""
    return arrow(start, start.towards(end, 0.5), end, paint)


def cross(centre: Point, size: float) -> str:
    """A cross, `size` wide: what is drawn is wrong, also for whoever sees no red."""
    half = size / 2
    corners = ((-half, -half), (half, half)), ((half, -half), (-half, half))
    return stroke("".join(straight(*(centre.shifted(*end) for end in line)) for line in corners), "arrow bad")


def round_arrow(  # noqa: PLR0913  (an ellipse has that many measures)
    centre: Point,
    half_axes: tuple[float, float],
    first: float,
    sweep: float,
    *,
    turn: float = 0,
    paint: str = "arrow",
) -> str:
    """An arrow along an ellipse, clockwise.

    half_axes     of the ellipse, along and across
    first, sweep  degrees at which it starts and over which it goes
    turn          degrees by which the whole ellipse is turned clockwise
    """
    rx, ry = half_axes

    def on_ellipse(angle: float) -> Point:
        x, y = rx * math.cos(math.radians(angle)), ry * math.sin(math.radians(angle))
        return centre.shifted(*Point(x, y).turned(turn))

    start, end = on_ellipse(first), on_ellipse(first + sweep)
    heading = on_ellipse(first + sweep - 12).heading(end)
    arc = f"A{number(rx)} {number(ry)} {number(turn)} {int(sweep > 180)} 1 {pair(end)}"
    return stroke(f"M{pair(start)}{arc}{_head(end, heading, 9)}", paint)


def _head(tip: Point, heading: float, size: float) -> str:
    """Two strokes of an arrow head, as path data that continues an arrow ending at `tip`."""
    barbs = [tip.onward(size, heading + side) for side in (140, -140)]
    return f"M{pair(barbs[0])}L{pair(tip)}L{pair(barbs[1])}"


def mirrored(markup: str, axis: float) -> str:
    """The markup as in a mirror standing at x = axis."""
    return f'<g transform="matrix(-1 0 0 1 {number(2 * axis)} 0)">{markup}</g>'


def cropped(markup: str, view: "View") -> str:
    """The markup cut off at the edges of `view`, also where the page lets a picture overflow."""
    left, top, width, height = (number(side) for side in view)
    box = f"{left} {top} {width} {height}"
    return f'<svg x="{left}" y="{top}" width="{width}" height="{height}" viewBox="{box}">{markup}</svg>'


class View(NamedTuple):
    """The part of the plane a picture shows, in user units."""

    left: float
    top: float
    width: float
    height: float


def svg(view: View, parts: Iterable[str], classes: str = "") -> str:
    """A whole picture as an inline fragment, hidden from assistive technology; it stands on its lower edge.

    classes  of skin, hair and cloth: "", "b" or "c"; and of the movement of a strip
    """
    classes = f"fig {classes}".rstrip()
    box = " ".join(number(side) for side in view)
    return (
        f'<svg class="{classes}" viewBox="{box}" preserveAspectRatio="xMidYMax meet"'
        f' aria-hidden="true" focusable="false">{"".join(parts)}</svg>\n'
    )


def strip(view: View, frames: Iterable[str], classes: str = "") -> str:
    """Pictures of one movement beside each other in one fragment; the stylesheet shows one after the other.

    They stand three widths apart, so that none is seen beside another where the page gives more room.
    """
    beside = (
        f'<g transform="translate({number(3 * view.width * place)} 0)">{frame}</g>'
        for place, frame in enumerate(frames)
    )
    return svg(view, ["<g>", *beside, "</g>"], f"{classes} moving".strip())
