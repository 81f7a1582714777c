"""The camera: which triangle each pixel of the picture shows."""

import numpy as np

from figures.people.geometry import Array

BATCH = 4_000_000  # pixels tried at a time


def rasterised(points: Array, depth: Array, triangles: Array, size: tuple[int, int]) -> tuple[Array, Array]:
    """The nearest triangle of each pixel, -1 where there is none, and its weights there.

    points  in pixels, x to the right and y down
    depth   larger is nearer
    size    height and width
    """
    height, width = size
    corners = points[triangles]
    low = np.floor(corners.min(1)).astype(int)
    span = (np.ceil(corners.max(1)).astype(int) - low).max(1) + 1
    found = []
    edge = 1
    while edge < 2 * span.max():
        chosen = np.where((span <= edge) & (span > edge // 2))[0]
        for batch in np.array_split(chosen, max(1, len(chosen) * edge * edge // BATCH)):
            if len(batch):
                found.append(_covered(corners, low, batch, edge, size))
        edge *= 2
    pixel, triangle, second, third = (np.concatenate(parts) for parts in zip(*found, strict=True))
    weights = np.stack([1 - second - third, second, third], 1)
    order = np.argsort((depth[triangles[triangle]] * weights).sum(1), kind="stable")
    nearest = np.full(height * width, -1)
    shares = np.zeros((height * width, 3))
    nearest[pixel[order]], shares[pixel[order]] = triangle[order], weights[order]
    return nearest.reshape(height, width), shares.reshape(height, width, 3)


def _covered(
    corners: Array, low: Array, batch: Array, edge: int, size: tuple[int, int]
) -> tuple[Array, Array, Array, Array]:
    """Pixels within the triangles of a batch, each at most `edge` pixels wide, with the second and third weight."""
    height, width = size
    down, across = np.mgrid[:edge, :edge].reshape(2, -1)
    px, py = low[batch, 0, None] + across, low[batch, 1, None] + down
    a, b, c = corners[batch, 0], corners[batch, 1], corners[batch, 2]
    x, y = px + 0.5, py + 0.5
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    area = np.where(np.abs(area) < 1e-12, np.nan, area)[:, None]
    dx, dy = x - a[:, 0, None], y - a[:, 1, None]
    second = (dx * (c[:, 1] - a[:, 1])[:, None] - dy * (c[:, 0] - a[:, 0])[:, None]) / area
    third = ((b[:, 0] - a[:, 0])[:, None] * dy - (b[:, 1] - a[:, 1])[:, None] * dx) / area
    inside = (second >= -1e-6) & (third >= -1e-6) & (second + third <= 1 + 1e-6)
    inside &= (px >= 0) & (py >= 0) & (px < width) & (py < height)
    row, column = np.nonzero(inside)
    return (
        py[row, column] * width + px[row, column],
        batch[row],
        second[row, column],
        third[row, column],
    )
