"""The anatomy plates: schematic drawings whose named parts are links, written to templates/figures/plates/.

Read `shapes` for how points become outlines, `kit` for how a plate is put together and labelled, `bones` and
`muscles` for what is drawn, and `hip`, `leg`, `foot`, `arches`, `calf` and `chain` for the plates. The stylesheet paints.
"""

import json
from collections.abc import Iterator
from functools import cache

from figures.plates import arches, calf, chain, foot, hip, leg
from figures.plates.kit import Drawn, DrawnPlate
from figures.plates.parts import group


@cache
def all_plates() -> tuple[Drawn, ...]:
    """Every plate, finished; of those that show the same part the one that shows it best comes first. It takes seconds."""
    return tuple(plate.drawn() for plate in _plates())


def _plates() -> Iterator[DrawnPlate]:
    yield from hip.plates()
    yield from foot.plates()
    yield from arches.plates()
    yield from leg.plates()
    yield from calf.plates()
    yield from chain.plates()


def files() -> dict[str, str]:
    """What the folder of the plates holds: each plate, and index.json with what is named on it."""
    drawn = all_plates()
    index = [
        {
            "name": plate.name,
            "title": plate.title,
            "description": plate.description,
            "layout": plate.layout,
            "follows_model": plate.follows_model,
            "about": plate.about,
            "groups": [group(colour)._asdict() for colour in plate.groups],
            "entries": [entry._asdict() for entry in plate.entries],
        }
        for plate in drawn
    ]
    return {
        **{f"{plate.name}.svg": plate.markup for plate in drawn},
        "index.json": json.dumps(index, ensure_ascii=False, indent=1) + "\n",
    }
