"""How far joints go: the movements a pose may ask for, in degrees, and the range each of them has.

Pure: no numpy, so that the ranges are tested where no picture can be built. Ranges are a little wider than the
usual ones of textbooks, as a mesh bends between its bones.
"""

from collections.abc import Iterable, Mapping

RANGES: Mapping[str, tuple[float, float]] = {
    "hip_flexion": (-22, 132),
    "hip_abduction": (-32, 62),
    "hip_outward": (-48, 62),
    "knee_flexion": (-2, 152),
    "shin_outward": (-25, 40),
    "ankle_up": (-58, 34),
    "toes_up": (-40, 75),
    "spine_flexion": (-30, 75),
    "spine_side": (-35, 35),
    "spine_turn": (-45, 45),
    "neck_flexion": (-55, 62),
    "neck_side": (-42, 42),
    "neck_turn": (-75, 75),
    "shoulder_flexion": (-55, 180),
    "shoulder_abduction": (-30, 180),
    "shoulder_inward": (-90, 95),
    "shoulder_across": (-45, 60),
    "elbow_flexion": (-3, 150),
    "palm_inward": (-130, 110),
    "finger_flexion": (-15, 100),
}
SIDES = ("L", "R", "LR")


class PoseError(ValueError):
    """A pose that no body can take, or that names what a body does not have."""


def require_movements(allowed: Iterable[str], degrees: Mapping[str, float]) -> None:
    """Every movement belongs to this part of the body and stays within its range; raises PoseError."""
    allowed = set(allowed)
    for movement, angle in degrees.items():
        if movement not in allowed or movement not in RANGES:
            raise PoseError(f"unknown movement {movement}: here are {', '.join(sorted(allowed))}")
        require_range(movement, angle)


def require_range(movement: str, angle: float, where: str = "") -> None:
    """The angle is one that the joint can take; raises PoseError."""
    low, high = RANGES[movement]
    if not low <= angle <= high:
        place = f" {where}" if where else ""
        raise PoseError(f"{movement}{place} of {angle:.0f} degrees is impossible: {low} to {high}")


def require_sides(sides: str) -> None:
    """Left, right or both; raises PoseError."""
    if sides not in SIDES:
        raise PoseError(f"unknown side {sides!r}: here are {', '.join(SIDES)}")
