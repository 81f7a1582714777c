"""From a scene to an SVG: what each pixel shows, flat areas and lines, and the curves round them.

Every path is painted by a class; no style, no id and no colour stands in a picture. A full drawing has shade, seams and
a face; a small one, for lists, has the outline, flat areas and the lines that part them.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import ndimage

from figures.people.curves import Edge, Pen, chains, fitted, loops
from figures.people.geometry import Array, unit
from figures.people.raster import rasterised
from figures.people.scene import (
    FACE,
    FIRST_THING,
    FOOT,
    HAIR,
    MIDFOOT,
    PLACE,
    SHORTS,
    TOP,
    Kneecap,
    Paint,
    Scene,
    View,
)

MARGIN = 4  # pixels round what is drawn
COARSER = (1, 1.4, 1.9, 2.5, 3.3, 4.4)  # tolerances tried until a drawing is light enough
CLASSES = 16  # bytes left for the classes of the person
THINGS = (Paint.WALL, Paint.PROP, Paint.METAL, Paint.BAND)
ORDER = (
    Paint.MAT,
    Paint.WALL,
    Paint.SKIN,
    Paint.CLOTH,
    Paint.SHIRT,
    Paint.HAIR,
    Paint.PROP,
    Paint.METAL,
    Paint.BAND,
)
Frame = tuple[float, float, float, float]
"""Left, bottom, right and top on the picture plane, in metres."""
Crop = tuple[float | None, float | None, float | None, float | None]
"""As a frame; None goes as far as the drawing goes."""


@dataclass(frozen=True)
class Style:
    """How much a drawing shows.

    units   along the longer side of what is drawn
    pixels  the same, of the raster
    soft, tolerance  pixels that a line is softened by, and may stray
    shaded  with shade, seams and face
    light   no more bytes than a small drawing has
    stroked the areas are outlined themselves, without paths of their own; not for what is cut off at an edge
    dark    shade below this much light
    jump    metres along the skin that make a line
    least   share of the longer side that a run of line must have
    pad     units left free round the frame
    """

    units: float = 300
    pixels: int = 500
    soft: float = 1.9
    tolerance: float = 0.6
    shaded: bool = True
    light: bool = False
    stroked: bool = False
    dark: float = 0.28
    jump: float = 0.014
    least: float = 0.016
    pad: float = 7


FULL = Style()
SMALL = Style(
    units=100,
    pixels=320,
    soft=2.0,
    tolerance=1.1,
    shaded=False,
    light=True,
    stroked=True,
    jump=0.03,
    least=0.055,
    pad=3,
)


def extent(scene: Scene, view: View) -> Frame:
    """What the scene covers on the picture plane."""
    seen = np.vstack(scene.framed) @ view.axes().T
    (left, bottom), (right, top) = seen[:, :2].min(0), seen[:, :2].max(0)
    return float(left), float(bottom), float(right), float(top)


@dataclass
class _Pixels:
    """What each pixel shows.

    paint, part  the class, and the piece that has an outline of its own
    carried      fields and place at rest, as the scene has them
    normal, lit  the direction of the surface in the picture's axes, and how much light falls on it
    height       metres above the floor
    scale        pixels in a metre
    """

    paint: Array
    part: Array
    carried: Array
    normal: Array
    lit: Array
    height: Array
    scale: float
    frame: Frame

    @property
    def solid(self) -> Array:
        return np.asarray((self.paint != Paint.NOTHING) & (self.paint != Paint.MAT))


def _seen(scene: Scene, view: View, frame: Frame, pixels: int) -> _Pixels:
    points, triangles = np.vstack(scene.points), np.vstack(scene.triangles)
    carried, part = np.vstack(scene.carried), np.concatenate(scene.parts)
    all_paints = np.concatenate(scene.paints)
    axes = view.axes()
    camera = points @ axes.T
    left, bottom, right, top = frame
    scale = pixels / max(right - left, top - bottom)
    size = int((top - bottom) * scale) + 2 * MARGIN, int((right - left) * scale) + 2 * MARGIN
    on_picture = np.stack([(camera[:, 0] - left) * scale, (top - camera[:, 1]) * scale], 1) + MARGIN
    # of the closed body only what faces the camera can be seen
    a, b, c = (on_picture[triangles[:, i]] for i in range(3))
    turning = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    facing_us = (turning > 0) == view.mirror
    triangles, paints, part = (
        listed[facing_us | (all_paints != Paint.SKIN)] for listed in (triangles, all_paints, part)
    )
    nearest, weights = rasterised(on_picture, camera[:, 2], triangles, size)
    on = nearest >= 0
    corners = triangles[nearest]
    at = (carried[corners] * weights[..., None]).sum(2)
    paint = np.where(on, paints[nearest], Paint.NOTHING)
    skin = paint == Paint.SKIN
    for column, cloth in ((SHORTS, Paint.CLOTH), (TOP, Paint.SHIRT), (HAIR, Paint.HAIR)):
        paint[skin & (at[..., column] > 0)] = cloth
    of_triangles = np.cross(
        points[triangles[:, 1]] - points[triangles[:, 0]],
        points[triangles[:, 2]] - points[triangles[:, 0]],
    )
    normal = np.zeros_like(points)
    for axis in range(3):
        shares = np.repeat(of_triangles[:, axis], 3)
        normal[:, axis] = np.bincount(triangles.ravel(), shares, len(points))
    normal = (normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)) @ axes.T
    facing = (normal[corners] * weights[..., None]).sum(2)
    facing[facing[..., 2] < 0] *= -1
    height = (points[corners][..., 1] * weights).sum(2)
    lit = facing @ unit(view.light)
    if scene.soles:  # the hollow of the arch is dark, the edge of the sole is not
        sole = (at[..., FOOT] > 0.6) & (facing @ axes[:, 1] < -0.3)
        lit = np.where(sole | (height < 0.05), np.maximum(lit, 0.5), lit)
    return _Pixels(paint, np.where(on, part[nearest], 0), at, facing, lit, height, scale, frame)


@dataclass
class _Lines:
    outline: list[Edge] = field(default_factory=list)
    line: list[Edge] = field(default_factory=list)
    seam: list[Edge] = field(default_factory=list)


def _lines(seen: _Pixels, style: Style) -> _Lines:
    """Lines where neighbouring pixels show things that lie apart."""
    solid = seen.solid
    gaps, count = ndimage.label(~solid)
    size = ndimage.sum(~solid, gaps, range(count + 1))
    whole = solid | (size[gaps] < (style.pixels / 22) ** 2)  # small gaps get no bright outline
    found = _Lines()
    for axis in (0, 1):
        here = tuple(slice(0, -1) if a == axis else slice(None) for a in (0, 1))
        there = tuple(slice(1, None) if a == axis else slice(None) for a in (0, 1))
        both = solid[here] & solid[there]
        outline = whole[here] != whole[there]
        gap = (solid[here] != solid[there]) & ~outline
        apart = np.linalg.norm(np.diff(seen.carried[..., PLACE], axis=axis), axis=2)
        first, second = seen.part[here], seen.part[there]
        of_person = (first < FIRST_THING) & (second < FIRST_THING)
        facing = np.maximum(seen.normal[..., 2][here], seen.normal[..., 2][there]) > 0.25
        x = np.abs(seen.carried[..., PLACE][..., 0])
        groin = (seen.paint[here] == Paint.CLOTH) & (x[here] < 0.05) & (x[there] < 0.05)
        fold = both & of_person & ~groin & facing & (apart > max(style.jump, 7 / seen.scale))
        digit = both & of_person & (first != second) & (first > 1) & (second > 1)
        thing = both & (first != second) & ~of_person
        if not style.shaded:  # things are flat
            thing &= (first < FIRST_THING) | (second < FIRST_THING)
        face = (seen.carried[..., FACE][here] > 0.12) & (seen.carried[..., FACE][there] > 0.12)
        sure = thing | gap | (digit if style.shaded else False)
        line = (fold & ~face) | sure
        seam = both & ~line & (seen.paint[here] != seen.paint[there])
        for kind, mask in ((found.outline, outline), (found.line, line), (found.seam, seam)):
            for y, x in zip(*(index.tolist() for index in np.nonzero(mask)), strict=True):
                strength = 1.0 if sure[y, x] else float(apart[y, x])
                end = (x + 1, y + 1)
                kind.append(Edge((x, y + 1) if axis == 0 else (x + 1, y), end, strength))
    return found


class _Writer:
    """Writes the paths of one drawing."""

    def __init__(self, seen: _Pixels, style: Style) -> None:
        self.seen, self.style = seen, style
        self.pen = Pen(style.units / style.pixels)

    def area(self, mask: Array, least: float = 40, soft: float | None = None) -> str:
        """Path data of a mask; spots and holes smaller than `least` pixels are left out."""
        for _ in range(2):
            spots, count = ndimage.label(mask)
            size = ndimage.sum(mask, spots, range(1, count + 1)) if count else []
            mask = ~np.isin(spots, [i + 1 for i, pixels in enumerate(size) if pixels >= least])
        outlines = (outline for outline in loops(mask) if len(outline) > 8)
        return "".join(
            self.pen.path(
                fitted(outline, soft or self.style.soft, self.style.tolerance, closed=True), closed=True
            )
            for outline in outlines
        )

    def strokes(self, edges: list[Edge], least: float, strong: float = 0) -> str:
        """Path data of lines that are long and somewhere strong enough."""
        data = ""
        for path, strengths in chains(edges):
            if len(path) < least or np.sort(strengths)[-max(len(strengths) // 4, 1)] < strong:
                continue
            closed = np.array_equal(path[0], path[-1])
            data += self.pen.path(
                fitted(path[:-1] if closed else path, self.style.soft, self.style.tolerance, closed=closed),
                closed=closed,
            )
        return data

    def stroke(self, run: Array) -> str:
        """Path data of one open run of points."""
        return self.pen.path(fitted(run, self.style.soft, self.style.tolerance, closed=False), closed=False)

    def shade(self, paint: Paint) -> str:
        """Where little light falls on what is painted so."""
        seen, style = self.seen, self.style
        own = seen.paint == paint
        lit = seen.lit
        if paint == Paint.CLOTH:  # none in the groin
            lit = lit + 0.7 * np.clip(1 - np.abs(seen.carried[..., PLACE][..., 0]) / 0.075, 0, 1)
        wide = style.pixels / {Paint.CLOTH: 42, Paint.SHIRT: 80}.get(paint, 150)
        soft = ndimage.gaussian_filter(np.where(own, lit, 0), wide) / np.maximum(
            ndimage.gaussian_filter(own.astype(float), wide), 1e-3
        )
        dark = own & (ndimage.gaussian_filter((own & (soft < style.dark)).astype(float), 1.5) > 0.5)
        if dark.sum() <= 60:
            return ""
        return self.area(dark, style.pixels * {Paint.CLOTH: 2.2, Paint.SHIRT: 3}.get(paint, 0.5))


def _path(paint: str, data: str) -> str:
    return f'<path class="{paint}" d="{data}"/>' if data else ""


def _areas(writer: _Writer, scene: Scene, view: View) -> Iterator[str]:
    seen, style = writer.seen, writer.style
    for paint in ORDER:
        own = seen.paint == paint
        if not own.any():
            continue
        mask = own
        if paint == Paint.SKIN:  # under cloth and hair, too, so that no gap shows
            mask = (
                seen.solid & ~np.isin(seen.paint, THINGS)
                | ndimage.binary_dilation(own, iterations=2) & seen.solid
            )
        name = paint.name.lower()
        yield _path(f"{name} area" if style.stroked else name, writer.area(mask, 12 if style.shaded else 60))
        if style.shaded and paint not in (Paint.BAND, Paint.MAT, Paint.WALL):
            yield _path(f"{name}-2", writer.shade(paint))
        if paint == Paint.SKIN:
            yield from _on_skin(writer, scene, view, own)


def _on_skin(writer: _Writer, scene: Scene, view: View, own: Array) -> Iterator[str]:
    """The hollow under an arch, kneecaps, the face."""
    seen, style = writer.seen, writer.style
    if scene.soles:
        down = ndimage.gaussian_filter(seen.normal @ view.axes()[:, 1], 1.5) < -0.5
        hollow = (
            own
            & (seen.carried[..., FOOT] > 0.6)
            & (seen.carried[..., MIDFOOT] > 0)
            & down
            & (seen.height > 0.009)
        )
        yield from _arch(writer, hollow, own)
    for kneecap in scene.kneecaps:
        yield from _kneecap(writer, kneecap, view)
    if scene.face:
        place = seen.carried[..., PLACE]
        features = np.zeros_like(own)
        for middle, wide, high, rise in scene.face if style.shaded else scene.face[::2]:
            x, y = (place[..., 0] - middle[0]) / wide, place[..., 1] - middle[1]
            one = own & (place[..., 2] > middle[2]) & (x**2 + ((y - rise * x**2) / high) ** 2 < 1)
            features |= ndimage.binary_fill_holes(ndimage.binary_closing(one, iterations=2))
        if features.sum() > 6:
            yield _path("look", writer.area(features, 4, 1.2 if style.shaded else 0.8))


def _arch(writer: _Writer, hollow: Array, own: Array) -> Iterator[str]:
    """The dark under an arch, and over it the edge of the sole: a wedge that runs out on the floor at both ends."""
    spots, count = ndimage.label(hollow)
    if not count:
        return
    size = ndimage.sum(hollow, spots, range(1, count + 1))
    hollow = spots == 1 + int(np.argmax(size))
    if size.max() < writer.style.pixels * 0.6:
        return
    columns = np.nonzero(hollow.any(0))[0]
    first, last = int(columns[0]), int(columns[-1])
    floor = len(own) - own[::-1].argmax(0)
    high = np.zeros(own.shape[1])
    high[first : last + 1] = (floor - hollow.argmax(0))[first : last + 1]
    for end, way in ((first, -1), (last, 1)):
        runs_out = high[end] * (1 - np.arange(int(1.5 * high[end])) / (1.5 * high[end]))
        at = end + way * np.arange(len(runs_out))
        inside = (at >= 0) & (at < len(high))
        high[at[inside]] = runs_out[inside]
    high = ndimage.gaussian_filter1d(high, writer.style.pixels / 110)
    wedge = own & (np.arange(len(own))[:, None] >= floor - high)
    yield _path("under", writer.area(wedge, writer.style.pixels * 0.6, 1.6))
    over = np.nonzero(high > 2)[0]
    yield _path("line", writer.stroke(np.stack([over + 0.5, (floor - high)[over]], 1)))


def _kneecap(writer: _Writer, kneecap: Kneecap, view: View) -> Iterator[str]:
    """A kneecap as one: a light cap, the shadow under it, and its lower rim."""
    seen = writer.seen
    place = (
        seen.carried[..., PLACE] - kneecap.knee - np.array([0, 0.014, 0]) * kneecap.scale
    ) / kneecap.scale
    high = np.where(place[..., 1] > 0, 0.030, 0.034)
    far = (np.abs(place[..., 0]) / 0.027) ** 2.2 + (np.abs(place[..., 1]) / high) ** 2.2
    skin = seen.paint == Paint.SKIN
    far = np.where(skin & (place[..., 2] > 0.005), far, 9.0)
    if (far < 1).sum() <= 30:
        return
    if writer.style.shaded:
        aside, below = -0.004 * seen.scale * np.sign(view.light[0]), 0.007 * seen.scale
        shadow = np.roll(np.roll(far < 1.25, round(aside), 1), round(below), 0)
        yield _path("skin-2", writer.area(shadow & skin, 20))
    yield _path("cap", writer.area(far < 1, 20))
    rims = (_lower_part(outline) for outline in loops(far < 1.08) if len(outline) > 30)
    yield _path("line", "".join(writer.stroke(rim) for rim in rims))


def _lower_part(outline: Array) -> Array:
    """The lower part of a closed outline, as one run."""
    low = outline[:, 1] > outline[:, 1].min() + 0.5 * np.ptp(outline[:, 1])
    first = np.nonzero(low & ~np.roll(low, 1))[0][0]
    turned, keep = np.roll(outline, -first, 0), np.roll(low, -first)
    return turned[: np.argmin(keep) or len(keep)]


def _marks(scene: Scene, view: View, seen: _Pixels, style: Style, *, behind: bool) -> Iterator[str]:
    """Arrows over the picture, or behind it: a smooth line through points, and two strokes of a head."""
    left, _, _, top = seen.frame
    scale, pen = seen.scale, Pen(style.units / style.pixels)
    for points, paint, closed, headed in scene.marks:
        if closed != behind:
            continue
        flat = points @ view.axes().T
        pixels = np.stack([(flat[:, 0] - left) * scale, (top - flat[:, 1]) * scale], 1) + MARGIN
        dense = _through(pixels, closed=closed)
        data = pen.path(fitted(dense, 1, 0.8, closed=False), closed=False)
        if not headed:
            yield _path(paint, data)
            continue
        way = unit(dense[-1] - dense[max(len(dense) - 8, 0)])
        size = 0.035 * style.pixels * (1 if style.shaded else 1.5)
        for side in (1, -1):
            barb = dense[-1] + size * (-0.8 * way + side * 0.62 * np.array([-way[1], way[0]]))
            steps = np.stack([barb, (barb + dense[-1]) / 2, dense[-1]])
            data += pen.path(fitted(steps, 0.01, 2, closed=False), closed=False)
        yield _path(paint, data)


def _through(points: Array, *, closed: bool) -> Array:
    """Many points on a smooth way through few; `closed` comes round, but for a gap before its head."""
    if len(points) == 2:
        return np.asarray(np.linspace(points[0], points[1], 30))
    if closed:
        points = np.vstack([points[-1:], points, points[:2]])
    else:
        points = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    dense = []
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        for t in np.linspace(0, 1, 12, endpoint=False):
            dense.append(
                0.5
                * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            )
    path = np.array([*dense, points[-2]])
    return path[: int(len(path) * 0.9)] if closed else path


def frame_of(scene: Scene, view: View, crop: Crop | None) -> Frame:
    """The frame of a crop."""
    whole = extent(scene, view)
    if crop is None:
        return whole
    left, bottom, right, top = (edge if cut is None else cut for cut, edge in zip(crop, whole, strict=True))
    return left, bottom, right, top


def drawn(
    scene: Scene, view: View, frame: Frame, style: Style, *, floor: bool = True, most: int = 0
) -> tuple[str, str]:
    """The paths of a picture and its view box, drawn as finely as its size allows.

    floor  where it stands on its lower edge, which the page draws
    most   bytes of the whole picture, packed; 0 is no limit
    """
    seen = _seen(scene, view, frame, style.pixels)
    lines = _lines(seen, style)
    for coarser in COARSER:
        finest = replace(style, tolerance=style.tolerance * coarser)
        paths, box = _written(scene, view, seen, lines, finest), _box(seen, style, floor=floor)
        if not most or len(gzip.compress(svg(paths, box).encode(), 9)) < most - CLASSES:
            break
    return paths, box


def _written(scene: Scene, view: View, seen: _Pixels, lines: _Lines, style: Style) -> str:
    writer = _Writer(seen, style)
    height, width = seen.paint.shape
    inside = [edge for edge in lines.outline if not _at_border(edge, width, height)]
    least = style.least * style.pixels
    parts = [
        *_marks(scene, view, seen, style, behind=True),
        *_areas(writer, scene, view),
        _path("seam", writer.strokes(lines.seam, 8) if style.shaded else ""),
        _path("line", writer.strokes(lines.line, least, style.jump * 1.3)),
        _path("outline", "" if style.stroked else writer.strokes(inside, least)),
        *_marks(scene, view, seen, style, behind=False),
    ]
    return "".join(parts)


def _box(seen: _Pixels, style: Style, *, floor: bool) -> str:
    size, pad = style.units / style.pixels, style.pad
    wide, high = seen.paint.shape[1] * size, seen.paint.shape[0] * size
    if floor:
        high = (np.nonzero(seen.solid.any(1))[0].max() + 1) * size + 1
    return f"{-pad:g} {-pad:g} {wide + 2 * pad:.0f} {high + pad:.0f}"


def svg(paths: str, box: str, classes: str = "") -> str:
    """A whole picture as an inline fragment, hidden from assistive technology; it stands on its lower edge."""
    return (
        f'<svg class="{" ".join(["fig", *classes.split()])}" viewBox="{box}" preserveAspectRatio="xMidYMax meet"'
        f' aria-hidden="true" focusable="false">{paths}</svg>\n'
    )


def _at_border(edge: Edge, width: int, height: int) -> bool:
    (x, y), (x2, y2), _ = edge
    return (x == x2 and x in (0, width)) or (y == y2 and y in (0, height))
