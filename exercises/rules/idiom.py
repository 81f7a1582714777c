"""How a person reads weights and bands: kilograms or pounds, and the colours of their own bands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from exercises.rules.catalogue import ExerciseCatalogue, catalogue

GRAMS_IN_A_POUND = 453.59237


@dataclass(frozen=True)
class Idiom:
    """How a person reads numbers: weights in pounds or kilograms, and their own colours of bands.

    band_colours  {band key: colour}
    """

    pounds: bool = False
    band_colours: Mapping[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        """The unit as it is written: kg or lb."""
        return "lb" if self.pounds else "kg"

    def number(self, grams: int) -> str:
        """A weight without its unit: 2.5, 12; pounds to a tenth."""
        text = f"{grams / GRAMS_IN_A_POUND:.1f}" if self.pounds else f"{grams / 1000:.3f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def weight(self, grams: int) -> str:
        """2.5 kg, 12 lb."""
        return f"{self.number(grams)} {self.unit}"

    def grams(self, number: float) -> int:
        """A weight as the person writes it, in grams."""
        return round(number * (GRAMS_IN_A_POUND if self.pounds else 1000))

    def band(self, key: str) -> str:
        """A band by its strength and the person's own colour: "a light band (green)"."""
        colour = self.band_colours.get(key)
        return things_in_words([[key]]) + (f" ({colour})" if colour else "")


KILOGRAMS = Idiom()
"""How weights are read where nobody said otherwise."""


def things_in_words(groups: Iterable[Iterable[str]], books: ExerciseCatalogue | None = None) -> str:
    """Equipment that is needed: "a chair or a wall, and a light band"; one of each group is enough."""
    known = (books or catalogue()).equipment
    said = [" or ".join(known[key].short if key in known else key for key in group) for group in groups]
    return ", and ".join(said)
