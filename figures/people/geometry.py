"""Rotations. Axes: x to the body's left, y up, z to the front; metres and degrees."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Vector = Array | Sequence[float]
X, Y, Z = (np.array(axis, float) for axis in np.eye(3))
UNTURNED: Array = np.eye(3)


def rotation(axis: Vector, degrees: float) -> Array:
    """The matrix that turns by so many degrees about the axis."""
    angle = np.radians(degrees)
    a = np.asarray(axis, float) / np.linalg.norm(axis)
    cross = np.array([[0, -a[2], a[1]], [a[2], 0, -a[0]], [-a[1], a[0], 0]])
    turned: Array = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
    return turned


def unit(vector: Vector) -> Array:
    """The vector with a length of 1."""
    v = np.asarray(vector, float)
    scaled: Array = v / max(float(np.linalg.norm(v)), 1e-9)
    return scaled


def frame(along: Vector, front: Vector) -> Array:
    """The rotation whose columns are (side, -along, front): a limb that hangs down."""
    down = -unit(along)
    ahead = unit(np.asarray(front) - down * np.dot(front, down))
    return np.stack([np.cross(down, ahead), down, ahead], 1)


def turn_about(axis: Vector, start: Vector, end: Vector) -> float:
    """The signed angle from start to end about the axis, in degrees."""
    return float(np.degrees(np.arctan2(np.dot(axis, np.cross(start, end)), np.dot(start, end))))


def shortest_turn(start: Vector, end: Vector) -> Array:
    """The rotation that brings one direction into another the shortest way."""
    a, b = unit(start), unit(end)
    axis = np.cross(a, b)
    length = float(np.linalg.norm(axis))
    if length < 1e-6:
        return UNTURNED
    return rotation(axis, float(np.degrees(np.arctan2(length, np.dot(a, b)))))


def mirrored_point(point: Vector) -> Array:
    """The point on the body's other side."""
    return np.asarray(point, float) * [-1, 1, 1]
