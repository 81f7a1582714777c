"""From the body to the plate.

Hip and thigh stand in the frame of the pelvis: millimetres, x forward, y up, z to the right, the origin midway
between the two front hip points. Everything is told of the right side; the left is its mirror image.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import shapely

from figures.plates.shapes import Point, Point3, Shape

Direction = Literal["front", "back", "side", "inside"]


class View(NamedTuple):
    """How a body is laid on a plate.

    seen_from  "side" is from the right, facing right; "inside" is the right half seen from the middle
    scale      drawing units for a millimetre
    body       the point of the body (across, up) that lies at `plate`
    """

    seen_from: Direction
    scale: float
    body: Point
    plate: Point

    def spot(self, point: Point, *, left: bool = False) -> Point:
        """Where a point of an outline lies; across is outwards from the middle, or forward from the side."""
        across = point[0] if self.seen_from == "side" or (self.seen_from == "back") != left else -point[0]
        if self.seen_from == "inside":
            across = -point[0]
        x = self.plate[0] + (across - self.body[0]) * self.scale
        return x, self.plate[1] - (point[1] - self.body[1]) * self.scale

    def box(self, corner: Point, opposite: Point, *, left: bool = False) -> Shape:
        """An upright box on the plate."""
        (x0, y0), (x1, y1) = self.spot(corner, left=left), self.spot(opposite, left=left)
        return shapely.box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def flat(self, points: Sequence[Point], *, left: bool = False) -> list[Point]:
        """An outline on the plate."""
        return [self.spot(point, left=left) for point in points]

    def deep(self, points: Sequence[Point3], *, left: bool = False) -> list[Point]:
        """A line through the body on the plate."""
        forward = self.seen_from in {"side", "inside"}
        return [self.spot((x, y) if forward else (z, y), left=left) for x, y, z in points]
