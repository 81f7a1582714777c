"""Pictures of the exercises: start and end of each movement, its frames, one working side; and some faults.

Arrows stand on the end picture and show the way there. Seen from the front, left and right are as in a mirror.
"""

from collections.abc import Iterator

from figures.exercises import deadlift, on_back, short_foot, side_lying, standing, walk


def pictures() -> Iterator[tuple[str, str]]:
    """Every exercise picture by its name."""
    for part in (walk, side_lying, on_back, deadlift, standing, short_foot):
        for drawn in (*part.MOVEMENTS, *part.FAULTS):
            yield from drawn.pictures()
