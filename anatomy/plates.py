"""The anatomy plates as the pages use them: what is named on each, and its drawing with one part lit.

They are drawn by the package `figures.plates` and committed under templates/figures/plates/.
"""

import functools
import json
from collections.abc import Mapping
from pathlib import Path

from anatomy.blocks import Frozen, Text

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "figures" / "plates"


class Named(Frozen):
    """Something that a plate names. `key` and `href` are empty where it has no page.

    where  on which half or layer of the plate it is drawn, if that needs saying
    """

    key: str
    href: str
    name: Text
    second_name: str
    where: str


class PartGroup(Frozen):
    """A muscle group of the key of colours; `colour` is the class that paints it."""

    colour: str
    name: Text
    plain_name: Text


class Plate(Frozen):
    """A plate without its drawing.

    layout         "columns" or "rows", as its labels stand
    follows_model  whether attachments follow a published model, whose authors are then to be named
    about          keys of the parts for which it is the best of all plates
    groups         what its colours mean; none where it has but one
    entries        what it names, in the order of its numbers
    """

    name: Text
    title: Text
    description: Text
    layout: Text
    follows_model: bool
    about: tuple[str, ...]
    groups: tuple[PartGroup, ...]
    entries: tuple[Named, ...]


@functools.cache
def plates() -> Mapping[str, Plate]:
    """All plates by name, read once; of those that show the same part the one that shows it best first."""
    found = [Plate.model_validate(plate) for plate in json.loads(_text("index.json"))]
    return {plate.name: plate for plate in found}


def plates_showing(key: str) -> list[str]:
    """Names of the plates that name a muscle, an arch, a bone or a joint, the best one first."""
    showing = [plate for plate in plates().values() if any(entry.key == key for entry in plate.entries)]
    return [plate.name for plate in sorted(showing, key=lambda plate: key not in plate.about)]


def colours_of_groups() -> dict[str, str]:
    """The class that paints a muscle group on the plates, by the group's name."""
    return {group.name: group.colour for plate in plates().values() for group in plate.groups}


def drawing(name: str, *, lit: str = "") -> str:
    """The SVG of a plate; the links of the part `lit` get the class "lit" and say that it is the one."""
    link = f'<a data-part="{lit}"'
    return _text(f"{name}.svg").replace(link, f'{link} class="lit" aria-current="true"')


@functools.cache
def _text(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")
