"""What a person has to train with, and which loads it makes."""

from collections.abc import Iterable, Mapping

from pydantic import Field

from anatomy.blocks import Frozen
from exercises.rules.catalogue import LoadKind, Rung

BAG_LOADS_GRAMS = tuple(range(2_000, 10_001, 2_000))
"""A packed bag or bottles go in steps of two kilograms, from two to ten (design choice)."""
ANKLE_LOADS_GRAMS = tuple(range(500, 2_501, 500))
"""Ankle weights, where the person names none: about a pound a step (aaos_side_lying_abduction)."""


class Owned(Frozen):
    """What a person has to train with.

    things        equipment keys
    load_grams    {equipment key: every load that can be made with it}, for kettlebells or dumbbells,
                  a barbell with its plates (`barbell_loads`), ankle weights
    band_colours  {band key: the person's own colour}
    """

    things: frozenset[str] = frozenset()
    load_grams: Mapping[str, tuple[int, ...]] = Field(default_factory=dict)
    band_colours: Mapping[str, str] = Field(default_factory=dict)

    def loads_of(self, key: str) -> tuple[int, ...]:
        """Loads in grams a piece of equipment gives, if it is owned."""
        if key not in self.things:
            return ()
        if key == "bag_or_bottles":
            return BAG_LOADS_GRAMS
        if key == "ankle_weight":
            return self.load_grams.get(key) or ANKLE_LOADS_GRAMS
        return self.load_grams.get(key, ())

    def loads_for(self, rung: Rung) -> list[int]:
        """Every owned load in grams that a rung may use, lightest first."""
        limit = rung.load_max_grams
        loads = {grams for group in rung.needs for key in group for grams in self.loads_of(key)}
        return sorted(grams for grams in loads if limit is None or grams <= limit)

    def band_for(self, rung: Rung) -> str | None:
        """The key of the band a rung uses: the first one owned, in its order of preference."""
        if rung.load is not LoadKind.BAND:
            return None
        bands = (key for group in rung.needs for key in group if key.startswith("band_"))
        return next((key for key in bands if key in self.things), None)

    def missing_for(self, rung: Rung) -> list[tuple[str, ...]]:
        """The groups of equipment a rung still needs, one of each group is enough; empty when it is owned.

        A rung with a load in grams is owned only with a load not above its limit.
        """
        missing = [group for group in rung.needs if not self.things.intersection(group)]
        if not missing and rung.load.in_grams and not self.loads_for(rung):
            missing = [group for group in rung.needs if self.things.intersection(group)][-1:]
        return missing

    def has(self, rung: Rung) -> bool:
        """Whether everything a rung needs is there."""
        return not self.missing_for(rung)


def barbell_loads(bar_grams: int, plate_pairs_grams: Iterable[int]) -> tuple[int, ...]:
    """Every load in grams a bar makes with pairs of plates (grams of one plate a pair), lightest first."""
    loads = {bar_grams}
    for plate in plate_pairs_grams:
        loads |= {load + 2 * plate for load in loads}
    return tuple(sorted(loads))
