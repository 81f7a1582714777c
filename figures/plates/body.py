"""Bones and muscles of hip, thigh and knee, drawn on a plate from one direction."""

from collections.abc import Iterable

import shapely

from figures.plates import bones
from figures.plates.bones import points
from figures.plates.kit import DrawnPlate, Place
from figures.plates.muscles import MUSCLES, Piece
from figures.plates.shapes import (
    Point,
    Point3,
    Shape,
    disc,
    fan,
    fibres_along,
    fibres_between,
    joined,
    outlined,
    rounded,
    smooth,
    strand,
)
from figures.plates.views import View

BOTH = (False, True)  # right, left
RIGHT = (False,)


class Body:
    """A body on a plate. Draw from back to front.

    highest, lowest  where it is cut off (mm)
    dashed           whether to show, dashed, what of a muscle runs behind bone
    """

    def __init__(
        self,
        plate: DrawnPlate,
        view: View,
        *,
        highest: float = 1000,
        lowest: float = bones.KNEE_CUT,
        dashed: bool = True,
    ) -> None:
        self.plate, self.view, self.dashed = plate, view, dashed
        self.whole = view.box((-1000, highest), (1000, lowest))
        self.outlines, self.creases = {
            "front": (bones.FRONT, bones.FRONT_CREASES),
            "back": (bones.BACK, bones.BACK_CREASES),
            "side": (bones.SIDE, bones.SIDE_CREASES),
            "inside": (bones.SIDE, bones.INSIDE_CREASES),
        }[view.seen_from]

    def shape(self, outline: str, *, left: bool = False) -> Shape:
        """An outline on the plate, cut off where the body is."""
        return outlined(self.view.flat(points(outline), left=left)).intersection(self.whole)

    def at(self, point: Point | Point3, *, left: bool = False) -> Point:
        """Where a point of an outline, or of the body, lies on the plate."""
        if len(point) == 3:
            return self.view.deep([point], left=left)[0]
        return self.view.spot(point, left=left)

    def _creases(self, bone: str, *, left: bool) -> None:
        for line in self.creases.get(bone, ()):
            crease = smooth(self.view.flat(points(line), left=left))
            self.plate.draw(crease.intersection(self.whole), "crease")

    # --- bones -------------------------------------------------------------------------------------------

    def spine(self, *, highest: int) -> None:
        """The lumbar vertebrae, L5 upward; with `highest` 6 the last thoracic one too."""
        if self.view.seen_from == "side":
            self._spine_from_side(highest)
            return
        if highest:
            self.plate.draw(
                self.view.box(
                    (-20, bones.LOWEST_VERTEBRA - 14),
                    (20, bones.LOWEST_VERTEBRA + bones.LUMBAR_STEP * (highest - 1)),
                ),
                "bone far",
            )
        for step in reversed(range(highest)):
            bottom = bones.LOWEST_VERTEBRA + bones.LUMBAR_STEP * step
            slender = 1 - 0.03 * step
            for left in BOTH:
                self.plate.draw(
                    outlined(self._raised(bones.SIDE_PROCESS, slender, bottom, left=left)), "bone far"
                )
            right, other = (self._raised(bones.VERTEBRA, slender, bottom, left=left) for left in BOTH)
            self.plate.draw(outlined([*right, *other[::-1][1:-1]]), "bone")

    def _spine_from_side(self, highest: int) -> None:
        for step in reversed(range(highest)):
            edge, bottom = bones.FRONT_EDGES[step], bones.LOWEST_VERTEBRA + bones.LUMBAR_STEP * step
            for outline, paint in ((bones.SPINOUS_PROCESS, "bone far"), (bones.VERTEBRA_FROM_SIDE, "bone")):
                self.plate.draw(
                    outlined(self.view.flat([(x + edge, y + bottom) for x, y in points(outline)])), paint
                )
            disc_between = self.view.box((edge - 31, bottom - 8), (edge - 3, bottom))
            self.plate.draw(disc_between, "bone far")

    def _raised(self, outline: str, slender: float, bottom: float, *, left: bool) -> list[Point]:
        return self.view.flat([(x * slender, y + bottom) for x, y in points(outline)], left=left)

    def sacrum(self, sides: Iterable[bool] = BOTH) -> None:
        """The sacrum and the tailbone; one side alone is cut off in the middle of the body."""
        sides = tuple(sides)
        if self.view.seen_from in {"side", "inside"}:
            paint = "bone far" if self.view.seen_from == "side" else "bone"
            self.plate.draw(self.shape(self.outlines["sacrum"]), paint, "sacrum")
            self._creases("sacrum", left=False)
            return
        half = points(self.outlines["sacrum"])
        right, left = self.view.flat(half), self.view.flat(half, left=True)
        whole = outlined([*right, *left[::-1][1:-1]])
        if sides != BOTH:
            whole = whole.intersection(self.view.box((0, 200), (100, -200)))
        self.plate.draw(whole, "bone", "sacrum")
        for hole in points(self.outlines["foramina"]):
            for side in sides:
                self.plate.draw(disc(self.view.spot(hole, left=side), 3 * self.view.scale), "hole")
        if sides == BOTH:
            self._creases("sacrum", left=False)

    def hip_bones(self, sides: Iterable[bool] = BOTH) -> None:
        """The hip bones; from behind only what lies in front of the thigh bones (see `hip_backs`)."""
        sides = tuple(sides)
        for left in sides:
            hole = self.shape(self.outlines["foramen"], left=left)
            name = "pubis" if self.view.seen_from == "back" else "hip_bone"
            paint = "bone far" if self.view.seen_from == "back" else "bone"
            self.plate.draw(self.shape(self.outlines[name], left=left).difference(hole), paint, "pelvis")
            if name == "hip_bone":
                self._creases("hip_bone", left=left)
        if sides == BOTH and self.view.seen_from in {"front", "back"}:
            x, y = self.view.spot((0, -92))
            wide, high = 3 * self.view.scale, 17 * self.view.scale
            self.plate.draw(rounded(shapely.box(x - wide, y - high, x + wide, y + high), 1.5), "hole")

    def hip_backs(self, sides: Iterable[bool] = BOTH) -> None:
        """From behind: wing and sitting bone, which cover the heads of the thigh bones."""
        for left in sides:
            self.plate.draw(self.shape(bones.BACK["hip_bone"], left=left), "bone", "pelvis")
            self._creases("hip_bone", left=left)

    def socket(self) -> None:
        """From the side: the socket of the hip joint, and the head of the thigh bone in it."""
        self.plate.draw(
            disc(self.at(bones.HIP_CENTRE), bones.SOCKET_RADIUS * self.view.scale), "hole", "hip_joint"
        )
        self.plate.draw(self._head(), "bone", "hip_joint")

    def femur_shape(self, *, left: bool = False) -> Shape:
        """The thigh bone with its head."""
        shaft = self.shape(self.outlines["femur"], left=left)
        return shaft if self.view.seen_from == "side" else joined([shaft, self._head(left=left)])

    def _head(self, *, left: bool = False) -> Shape:
        """The ball of the hip joint."""
        return disc(self.at(bones.HIP_CENTRE, left=left), bones.HEAD_RADIUS * self.view.scale).intersection(
            self.whole
        )

    def dashed_head(self) -> None:
        """From the front, right: how the ball goes on behind the front wall of the socket."""
        rim = self.view.flat(points(bones.FRONT["socket_rim"]))
        inner, _ = self.view.spot((20, 0))
        wall = shapely.Polygon([*rim, (inner, rim[-1][1]), (inner, rim[0][1] - 20)])
        self.plate.draw(self._head().exterior.intersection(wall), "dashed", "hip_joint")

    def femurs(self, sides: Iterable[bool] = BOTH) -> None:
        """The thigh bones."""
        for left in sides:
            shape = self.femur_shape(left=left)
            self.plate.draw(shape, "bone", "femur")
            self._creases("femur", left=left)
            if self.view.seen_from == "front":
                self.plate.draw(
                    self._head(left=left).exterior.intersection(shape.buffer(-2)), "crease", "hip_joint"
                )
            self._edges(shape, left=left)

    def _edges(self, femur: Shape, *, left: bool) -> None:
        """The stretches of outline that stand for a part which is no bone of its own, so that it can be lit."""
        tip = ((-120, -50), (-58, -118)) if self.view.seen_from == "side" else ((118, -50), (160, -114))
        self.plate.draw(
            femur.exterior.intersection(self.view.box(*tip, left=left)), "edge", "greater_trochanter"
        )
        if self.view.seen_from != "side":
            tibia = self.shape(bones.TIBIA, left=left)
            if not tibia.is_empty:
                below = femur.exterior.intersection(self.view.box((40, -474), (128, -500), left=left))
                above = tibia.exterior.intersection(self.view.box((40, -480), (128, -508), left=left))
                self.plate.draw(below.union(above), "edge", "knee")

    def socket_walls(self, sides: Iterable[bool] = BOTH) -> None:
        """From the front: the front wall of the socket covers the inner part of the head."""
        for left in sides:
            rim = self.view.flat(points(bones.FRONT["socket_rim"]), left=left)
            middle = self.view.flat(points(bones.FRONT["socket_wall"]), left=left)
            wall = outlined([rim[0], *rim, rim[-1], *middle])
            bone = self.shape(bones.FRONT["hip_bone"], left=left).buffer(-1)
            self.plate.draw(wall.intersection(bone), "bone plain", "pelvis")
            self.plate.draw(smooth(rim), "rim", "hip_joint")

    def lower_legs(self, sides: Iterable[bool] = BOTH) -> None:
        """Shin bone and calf bone."""
        tibia = self.outlines.get("tibia", bones.TIBIA)
        fibula = self.outlines.get("fibula", bones.FIBULA)
        for left in sides:
            self.plate.draw(self.shape(fibula, left=left), "bone far", "fibula")
            self.plate.draw(self.shape(tibia, left=left), "bone", "tibia")
            if self.view.seen_from == "front":
                self.plate.draw(self.shape(bones.FRONT["tuberosity"], left=left), "crease")

    def kneecaps(self, sides: Iterable[bool] = BOTH) -> None:
        """The kneecaps."""
        for left in sides:
            self.plate.draw(self.shape(self.outlines["patella"], left=left), "bone", "patella")

    def menisci(self) -> None:
        """The two pads of gristle in the right knee."""
        for pad in self.outlines["menisci"].split("; "):
            self.plate.draw(self.shape(pad), "ligament", "knee")

    def quadriceps_tendon(self) -> None:
        """The tendon that holds the right kneecap, from above it to the shin bone."""
        line, widths = bones.QUADRICEPS_TENDON[self.view.seen_from]
        at = self.view.flat(points(line))
        self.plate.draw(strand(at, [width * self.view.scale for width in widths]), "tendon")

    # --- muscles -----------------------------------------------------------------------------------------

    def muscle(
        self,
        key: str,
        *,
        left: bool = False,
        pale: bool = False,
        fibres: int = 5,
        behind: Shape | None = None,
    ) -> None:
        """A muscle.

        pale    in the lighter tint of its group, to stand apart from a neighbour
        fibres  how many lines a fan shows
        behind  a shape that covers it
        """
        muscle = MUSCLES[key]
        key = muscle.page or key
        self.plate.colours.add(muscle.group)
        seen: list[tuple[str, Shape, Shape]] = []
        for piece in muscle.pieces:
            shape, lines = self._piece(piece, fibres, left=left)
            paint = f"muscle {muscle.group}" + (" pale" if pale or piece.pale else "")
            if piece.kind in {"tendon", "sheet"}:
                paint, lines = "tendon", shapely.MultiLineString()
            cover = behind
            if self.view.seen_from in piece.hidden:
                cover = self._in_front(left=left)
                if self.dashed:
                    self.plate.draw(shape.intersection(cover), f"{paint} hidden", key)
            if cover is not None:
                shape, lines = shape.difference(cover), lines.difference(cover.buffer(1))
            seen.append((paint, shape, lines))
        if muscle.one_outline:
            seen = [
                (
                    seen[0][0],
                    joined(shape for _, shape, _ in seen),
                    shapely.union_all([lines for *_, lines in seen]),
                )
            ]
        for paint, shape, lines in seen:
            self.plate.draw(shape, paint, key)
            self.plate.draw(lines, "fibre", key)

    def _in_front(self, *, left: bool) -> Shape:
        """The bones that cover what lies behind them in this view."""
        names = {"front": ("femur",), "back": ("hip_bone", "sacrum")}.get(self.view.seen_from, ("hip_bone",))
        return joined(self.shape(self.outlines[name], left=left) for name in names)

    def _piece(self, piece: Piece, fibres: int, *, left: bool) -> tuple[Shape, Shape]:
        """The shape of a piece, and the lines that show how its fibres run."""
        lines = [self.view.deep(line, left=left) for line in piece.fibres()]
        if piece.widths:
            widths = [width * self.view.scale for width in piece.widths]
            return strand(lines[0], widths), fibres_along(lines[0], widths)
        shape = fan(lines)
        return shape, fibres_between(lines, fibres, shape)

    # --- names -------------------------------------------------------------------------------------------

    def name_muscle(
        self, key: str, place: Place, *, at: Point3 | None = None, left: bool = False, where: str = ""
    ) -> None:
        """Name a muscle, at its own point unless another serves this view better."""
        self.plate.name_part(key, place, self.at(at or MUSCLES[key].at, left=left), where=where)

    def name_bone(self, key: str, place: Place, at: Point, *, left: bool = False, small: str = "") -> None:
        """Name a bone or a joint that has a page."""
        self.plate.name_part(key, place, self.at(at, left=left), small=small)

    def name_place(self, name: str, place: Place, at: Point, *, left: bool = False, small: str = "") -> None:
        """Name a place on a bone that has no page."""
        self.plate.name_place(name, place, self.at(at, left=left), small=small)
