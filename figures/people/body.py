"""A person at rest: the base mesh shaped by age, sex, weight and height, with arches, clothes and hair.

Clothes and hair are fields on the skin, above 0 where there is cloth: the skin under them is smoothed and puffed out,
so there is nothing beneath.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from scipy import sparse

from figures.people.geometry import Array, Y, rotation
from figures.people.mesh import SKIN_VERTICES, base, target

# Height of the inner arch in millimetres; below 0 the sole is pressed flat.
FLAT, LOW, USUAL, HIGH = -8.0, 7.0, 18.0, 33.0
ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")


@dataclass(frozen=True)
class Build:
    """What makes a person.

    female, weight, muscle, height  from 0 to 1, as the body model has them
    years    age; from 25 to 90 it shows
    shorts   share of the thigh that is covered
    sleeve   share of the upper arm that is covered
    tone     classes that paint skin, hair and cloth
    shapes   further targets of the model, each with its share
    """

    female: float = 1
    years: float = 40
    weight: float = 0.5
    muscle: float = 0.5
    height: float = 0.5
    shorts: float = 0.42
    sleeve: float = 0.5
    hair: Literal["short", "bob", "bun"] = "short"
    tone: str = ""
    shapes: Mapping[str, float] = field(default_factory=dict)


def _shares(value: float, names: list[str]) -> dict[str, float]:
    """Shares of the two neighbouring names for a value of 0 to 1 on an even scale."""
    at = value * (len(names) - 1)
    low = min(int(at), len(names) - 2)
    return {names[low]: 1 - (at - low), names[low + 1]: at - low}


def _shaped(build: Build) -> Array:
    """Vertices in metres: the macro targets of the model, blended."""
    vertices = base().vertices.copy()
    sexes = {"female": build.female, "male": 1 - build.female}
    ages = _shares(float(np.clip((build.years - 25) / 65, 0, 1)), ["young", "old"])
    weights = _shares(build.weight, ["minweight", "averageweight", "maxweight"])
    muscles = _shares(build.muscle, ["minmuscle", "averagemuscle", "maxmuscle"])
    heights = _shares(build.height, ["minheight", "", "maxheight"])
    for sex, of_sex in sexes.items():
        for age, of_age in ages.items():
            share = of_sex * of_age
            if not share:
                continue
            for ancestry in ("african", "asian", "caucasian"):
                vertices += share / 3 * target(f"macrodetails/{ancestry}-{sex}-{age}")
            for muscle, of_muscle in muscles.items():
                for weight, of_weight in weights.items():
                    name, part = f"{sex}-{age}-{muscle}-{weight}", share * of_muscle * of_weight
                    if not part:
                        continue
                    vertices += part * target(f"macrodetails/universal-{name}")
                    for height, of_height in heights.items():
                        if height and of_height:
                            vertices += part * of_height * target(f"macrodetails/height/{name}-{height}")
    for name, share in build.shapes.items():
        vertices += share * target(name)
    return vertices * 0.1


@dataclass(frozen=True)
class Foot:
    """A foot at rest.

    heel, ball  on the floor
    pad         the middle of the ball's pad, which stays where it is when the heel comes up
    aim         degrees it points outwards of ahead
    """

    vertices: Array
    heel: Array
    ball: Array
    pad: Array
    aim: float


class Body:
    """A person at rest: skin, joints, weights, clothes."""

    def __init__(
        self, build: Build, arches: tuple[float, float] = (USUAL, USUAL), shortened: float = 0
    ) -> None:
        self.build = build
        vertices = _shaped(build)
        mesh = base()
        self.quads = mesh.quads
        self.bones = list(mesh.rig)
        self.parent: dict[str, str] = {bone: mesh.rig[bone]["parent"] for bone in mesh.rig}
        self.order = sorted(mesh.rig, key=self._depth)
        floor = [0, vertices[:SKIN_VERTICES, 1].min(), 0]

        def placed(end: Mapping[str, Any]) -> Array:
            if end["strategy"] == "CUBE":
                return np.asarray(vertices[mesh.cubes[end["cube_name"]]].mean(0) - floor)
            return np.asarray(vertices[end.get("vertex_indices", [end.get("vertex_index")])].mean(0) - floor)

        self.head = {bone: placed(mesh.rig[bone]["head"]) for bone in mesh.rig}
        self.tail = {bone: placed(mesh.rig[bone]["tail"]) for bone in mesh.rig}
        self.skin: Array = vertices[:SKIN_VERTICES] - floor
        self.weights = self._weights(mesh.weights)
        self.neighbours = self._neighbours()
        self.foot = {side: self._measured_foot(side) for side in "LR"}
        self.midfoot = np.maximum(self._midfoot("L"), self._midfoot("R"))
        for side, millimetres in zip("LR", arches, strict=True):
            self._set_arch(side, millimetres)
            self._shorten(side, shortened)
        self.bare: Array = self.skin.copy()
        self._dress()
        self.smooth_skin = self.smooth(self.skin)

    def _depth(self, bone: str) -> int:
        depth = 0
        while bone:
            bone, depth = self.parent[bone], depth + 1
        return depth

    def _weights(self, listed: Mapping[str, list[tuple[int, float]]]) -> sparse.csr_matrix:
        found = sparse.lil_matrix((SKIN_VERTICES, len(self.bones)))
        for column, bone in enumerate(self.bones):
            for vertex, share in listed.get(bone, ()):
                if vertex < SKIN_VERTICES:
                    found[vertex, column] = share
        rows = found.tocsr()
        return sparse.diags(1 / np.maximum(np.asarray(rows.sum(1)).ravel(), 1e-6)) @ rows

    def _neighbours(self) -> sparse.csr_matrix:
        """The matrix that gives each vertex the mean of those next to it."""
        edges = np.vstack([self.quads[:, [i, (i + 1) % 4]] for i in range(4)])
        near = sparse.coo_matrix(
            (np.ones(len(edges)), (edges[:, 0], edges[:, 1])), (SKIN_VERTICES, SKIN_VERTICES)
        ).tocsr()
        near = ((near + near.T) > 0).astype(float)
        return sparse.diags(1 / np.maximum(np.asarray(near.sum(1)).ravel(), 1)) @ near

    def smooth(self, values: Array, times: int = 8) -> Array:
        """Values at the vertices, evened out over the skin."""
        for _ in range(times):
            values = 0.4 * values + 0.6 * (self.neighbours @ values)
        return values

    def share(self, *starts: str, side: str = "") -> Array:
        """How far each vertex hangs on the bones whose names start so."""
        columns = [j for j, bone in enumerate(self.bones) if bone.startswith(starts) and bone.endswith(side)]
        return np.asarray(self.weights[:, columns].sum(1)).ravel()

    def length(self, *bones: str) -> float:
        """Metres from bone to bone along their heads."""
        points = [self.head[bone] for bone in bones]
        return float(sum(np.linalg.norm(b - a) for a, b in pairwise(points)))

    # -- feet -------------------------------------------------------------------------------------------

    def _measured_foot(self, side: str) -> Foot:
        on = np.where(self.share("foot", "toe", side=f".{side}") > 0.5)[0]
        points = self.skin[on]
        heel = points[points[:, 2] < points[:, 2].min() + 0.015].mean(0)
        toe = self.tail[f"toe2-3.{side}"]
        ball = np.mean([self.head[f"toe{i}-1.{side}"] for i in range(1, 6)], 0)
        aim = float(np.degrees(np.arctan2(toe[0] - heel[0], toe[2] - heel[2])))
        pad = (self.head[f"toe1-1.{side}"] + self.head[f"toe2-1.{side}"]) / 2 - [0, 0.004, 0.014]
        return Foot(on, heel * [1, 0, 1], ball * [1, 0, 1], pad, aim)

    def _midfoot(self, side: str) -> Array:
        """Above 0 between heel and ball, where an arch can be."""
        foot = self.foot[side]
        ahead = (self.skin - foot.heel) @ rotation(Y, -foot.aim).T
        along = ahead[:, 2] / ahead[foot.vertices, 2].max()
        mine = self.skin[:, 0] * (1 if side == "L" else -1) > 0
        return np.where(mine, np.minimum(along - 0.2, 0.69 - along), -1.0)

    def _set_arch(self, side: str, millimetres: float) -> None:
        """Raise or lower the inner arch; a low one leans heel and ankle inward."""
        foot = self.foot[side]
        outward = 1 if side == "L" else -1
        ahead = (self.skin - foot.heel) @ rotation(Y, -foot.aim).T
        inner = -outward * ahead[:, 0]
        on = self.share("foot", "toe", "lowerleg") * (self.skin[:, 0] * outward > 0)
        along = np.clip((ahead[:, 2] / ahead[foot.vertices, 2].max() - 0.2) / 0.5, 0, 1)
        bump = np.sin(np.pi * along) ** 1.25
        across = np.clip((inner + 0.03) / 0.045, 0, 1) ** 1.2
        fade = np.clip(1 - ahead[:, 1] / 0.1, 0.3, 1) * (ahead[:, 1] < 0.16)
        height = self.skin[:, 1]
        raised = height + (millimetres - 9) / 1000 * bump * across * fade * on
        raised = (
            raised - 0.007 * np.clip(bump * 3, 0, 1) * (1 - across) * fade * on
        )  # the outer edge lies flat
        low = (12 - millimetres) / 12
        bulge = 0.005 * bump * np.clip(inner / 0.03, 0, 1) * np.clip(1 - ahead[:, 1] / 0.07, 0, 1)
        lean = 0.006 * np.clip(ahead[:, 1] / 0.06, 0, 1) * np.clip((0.2 - ahead[:, 1]) / 0.1, 0, 1)
        self.skin = np.stack(
            [
                self.skin[:, 0] - outward * on * low * (bulge + lean),
                np.maximum(raised, np.minimum(height, 0.001)),
                self.skin[:, 2],
            ],
            1,
        )

    def _shorten(self, side: str, millimetres: float) -> None:
        """Draw the ball of the foot and the toes towards the heel."""
        foot = self.foot[side]
        ahead = (self.skin - foot.heel) @ rotation(Y, -foot.aim).T
        along = np.clip((ahead[:, 2] / ahead[foot.vertices, 2].max() - 0.3) / 0.35, 0, 1)
        on = along * self.share("foot", "toe", side=f".{side}")
        self.skin = self.skin - np.outer(on * millimetres / 1000, rotation(Y, foot.aim)[:, 2])

    # -- clothes and hair -------------------------------------------------------------------------------

    def _dress(self) -> None:
        p = self.skin
        hip, knee = self.head["upperleg01.L"][1], self.head["lowerleg01.L"][1]
        self.waist = self.head["spine04"][1] + 0.015
        self.hem = hip - self.build.shorts * (hip - knee)
        self.shorts_field = self._shorts_field()
        self.top_field = self._top_field()
        self.hair_field = self._hair_field()
        cloth = self.smooth(((self.shorts_field > 0) | (self.top_field > 0)).astype(float), 2)
        flare = np.clip((hip + 0.02 - p[:, 1]) / (hip - self.hem + 0.02), 0, 1) * (self.shorts_field > 0)
        hair = self.smooth((self.hair_field > 0).astype(float), 3)
        self.face = self._face_field()
        normal = normals(p, self.quads)
        soft = self.smooth(p, 14)
        soft = soft + self.smooth(p - soft, 14)  # so that it does not shrink
        p = p + (soft - p) * np.maximum(cloth, 0)[:, None]
        p = p + normal * (cloth * 0.006 + self.smooth(flare, 3) * 0.010)[:, None]
        if self.build.hair == "bob":
            p = p + (self.smooth(p, 10) - p) * hair[:, None]
        self.skin = p + normal * (hair * (0.024 if self.build.hair == "bob" else 0.011))[:, None]

    def _shorts_field(self) -> Array:
        height = self.skin[:, 1]
        return np.where(self.share(*ARM) > 0.5, -0.1, np.minimum(height - self.hem, self.waist - height))

    def _top_field(self) -> Array:
        p = self.skin
        shoulder, neck = self.head["upperarm01.L"], self.head["neck01"]
        arm = self.head["lowerarm01.L"] - shoulder
        along = ((np.abs(p[:, [0]]) * [1, 0, 0] + p * [0, 1, 1]) - shoulder) @ arm / (arm @ arm)
        collar = neck[1] - 0.036 - 0.5 * (p[:, 2] - neck[2]) + 4 * p[:, 0] ** 2 - p[:, 1]
        on_arm = self.share(*ARM, "shoulder01") > 0.4
        found: Array = np.minimum(p[:, 1] - self.waist, np.where(p[:, 1] > neck[1] - 0.12, collar, 0.1))
        found = np.minimum(found, np.where(on_arm, (self.build.sleeve - along) * 0.25, 0.1))
        head = self.share("head", "jaw", "neck02", "neck03", "oris", "special") > 0.3
        found[(p[:, 1] > neck[1] + 0.06) | head] = -0.1
        return found

    def _hair_field(self) -> Array:
        p = self.skin
        q = p - (self.head["head"] + [0, 0.075, 0])
        bob = self.build.hair == "bob"
        behind = 0.035 - q[:, 2] + 0.75 * q[:, 1]
        if bob:
            behind = np.maximum(behind, np.minimum(0.045 - q[:, 2], np.abs(p[:, 0]) - 0.045))
        scalp = self.share(
            *("head", "neck03", "neck02", "jaw", "temporalis", "special", "oculi", "orbi", "leva", "risor")
        )
        found = np.where(scalp > 0.6, np.minimum(behind, q[:, 1] + (0.085 if bob else 0.075)), -0.1)
        if not bob:
            ear = (np.abs(p[:, 0]) > 0.071) & (q[:, 1] < 0.035) & (q[:, 2] > -0.035)
            found = np.where(ear, -0.02, found)
        return found

    def _face_field(self) -> Array:
        parts = ("oculi", "orbi", "oris", "leva", "risor", "eye", "jaw", "special", "tongue")
        return self.smooth((self.share(*parts) > 0.3).astype(float), 3)


def normals(points: Array, quads: Array) -> Array:
    """The unit normals of a mesh at its vertices."""
    of_quads = np.cross(points[quads[:, 2]] - points[quads[:, 0]], points[quads[:, 3]] - points[quads[:, 1]])
    found = np.zeros_like(points)
    for i in range(4):
        np.add.at(found, quads[:, i], of_quads)
    length = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return np.asarray(found / length)
