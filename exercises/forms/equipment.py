"""The form of what a person has to train with, and how the weights in it are read."""

import re
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.forms import PageForm
from exercises.models import MAX_LOAD_GRAMS, OwnedEquipment
from exercises.rules.catalogue import Equipment, EquipmentKind, catalogue
from exercises.rules.idiom import Idiom
from exercises.rules.making import making_page
from exercises.rules.owned import ANKLE_LOADS_GRAMS

MOST_WEIGHTS = 30
MOST_PLATES = 8
MOST_CHARACTERS = 400

_WEIGHT = re.compile(
    r"(?P<minus>[-−])?(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:(?P<kg>kg|kilo|kilogram)s?|(?P<lb>lb|pound)s?)?"
)
# "8 kg" is one weight, not a number and a word.
_GAP_BEFORE_UNIT = re.compile(r"(?<=[0-9])\s+(?=(?:kg|kilo|kilogram|lb|pound)s?\b)", re.IGNORECASE)
# In much of the world 7,5 is seven and a half.
_MAYBE_ONE = re.compile(r"[0-9.]*[0-9],[0-9][0-9.,]*")


def weights_list(text: str, idiom: Idiom) -> tuple[int, ...]:
    """ "4, 7.5 and 12 kg" in grams, lightest first, each once.

    idiom  how the person writes weights; a unit behind a number counts before it

    Raises ValidationError, in words, for what is not a weight, is none or too heavy (`MAX_LOAD_GRAMS`), for
    more than `MOST_WEIGHTS`, where a number without a unit stands among others in another unit, and for what may be
    one weight or two.
    """
    if len(text) > MOST_CHARACTERS:
        raise forms.ValidationError("That is too long. Write only numbers, such as 4, 7.5, 12.")
    if unclear := _MAYBE_ONE.search(text):
        raise forms.ValidationError(_which_is_meant(unclear[0].rstrip(".,")))
    words = re.split(r"[\s,;]+", _GAP_BEFORE_UNIT.sub("", text))
    read = [_weight(word, idiom) for word in words if word.lower() not in {"", "and", "&"}]
    other_unit = next((unit for _, unit in read if unit and unit != idiom.unit), None)
    if other_unit and any(unit is None for _, unit in read):
        raise forms.ValidationError(
            f"Write kg or lb after each weight, as not all of them are in {idiom.unit}."
        )
    grams = {one for one, _ in read}
    if len(grams) > MOST_WEIGHTS:
        raise forms.ValidationError(f"Write at most {MOST_WEIGHTS} weights.")
    return tuple(sorted(grams))


def _which_is_meant(written: str) -> str:
    """What to ask about a comma without a space: it may stand inside a weight or between two."""
    shown = written if len(written) <= 20 else f"{written[:20]}…"
    apart = shown.replace(",", ", ")
    if written.count(",") > 1 or "." in written:
        return f"Write a space after each comma between weights: is “{shown}” meant as “{apart}”?"
    return f"Is “{shown}” one weight or two? Write “{shown.replace(',', '.')}” for one, “{apart}” for two."


def _weight(word: str, idiom: Idiom) -> tuple[int, str | None]:
    """One weight in grams, and its unit where one is written."""
    found = _WEIGHT.fullmatch(word.lower().rstrip("."))
    if found is None:
        shown = word if len(word) <= 20 else f"{word[:20]}…"
        raise forms.ValidationError(f"“{shown}” is not a weight. Write numbers, such as 4, 7.5, 12.")
    unit = "kg" if found["kg"] else "lb" if found["lb"] else None
    read_as = Idiom(pounds=unit == "lb") if unit else idiom
    # No number of grams, kilograms or pounds above this is allowed, so a row of digits need not be multiplied.
    grams = read_as.grams(min(float(found["number"]), MAX_LOAD_GRAMS))
    if grams > MAX_LOAD_GRAMS and read_as.number(grams) == read_as.number(MAX_LOAD_GRAMS):
        grams = MAX_LOAD_GRAMS  # the limit as it is written in pounds
    if found["minus"] or not 0 < grams <= MAX_LOAD_GRAMS:
        raise forms.ValidationError(f"Write weights above 0 and up to {idiom.weight(MAX_LOAD_GRAMS)}.")
    return grams, unit


def _numbers(grams: Sequence[int], idiom: Idiom) -> str:
    """Weights as the person writes them: "4, 7.5"."""
    return ", ".join(dict.fromkeys(idiom.number(one) for one in grams))


def _as_stored(read: Collection[int], stored: Sequence[int], idiom: Idiom) -> list[int]:
    """Grams as they were read; what was shown and comes back unchanged stays as it is stored, to the gram.

    Four kilograms are shown as 8.8 lb, and these would be 3,992 grams.
    """
    shown = {one: idiom.grams(float(idiom.number(one))) for one in stored}
    kept = {one for one, as_shown in shown.items() if as_shown in read}
    return sorted(kept | {one for one in read if one not in shown.values()})


def bands() -> list[Equipment]:
    """The bands of the catalogue, each of which can have the person's own colour."""
    return [thing for thing in catalogue().equipment.values() if thing.kind is EquipmentKind.BAND]


@dataclass(frozen=True)
class _Weights:
    """What is asked of the weights of one thing: its key in the catalogue, where they are stored, how many."""

    thing: str
    stored_in: str
    most: int = MOST_WEIGHTS
    too_many: str = ""


# By the name of the field. static/css/hipfeet.css hides each while its thing is not ticked.
WEIGHTS = {
    "weights": _Weights("kettlebell_or_dumbbell", "weight_grams"),
    "bar": _Weights("barbell", "bar_grams", 1, "Write one weight for the bar."),
    "plates": _Weights(
        "barbell", "plate_grams", MOST_PLATES, f"Write at most {MOST_PLATES} pairs of plates."
    ),
    "ankle": _Weights("ankle_weight", "ankle_grams"),
}


def _stored_grams(stored: OwnedEquipment | None, name: str) -> list[int]:
    """The grams that are stored for a field; the bar's, too, as a list."""
    grams = getattr(stored, WEIGHTS[name].stored_in, None) or []
    return [grams] if isinstance(grams, int) else list(grams)


def _typed(*, error: str = "", **attrs: str) -> forms.CharField:
    """A field for weights; `error` says what is missing where the ticked thing needs them."""
    return forms.CharField(
        required=bool(error),
        error_messages={"required": error},
        widget=forms.TextInput(attrs={"maxlength": MOST_CHARACTERS, "autocomplete": "off", **attrs}),
    )


class _RevisionField(forms.IntegerField):
    """A revision; what is not a number is 0, which no stored row has, so that the person decides."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except forms.ValidationError:
            return 0


class EquipmentForm(PageForm):
    """What is owned; nothing is needed and nothing is sold.

    equipment  what is stored; None while nothing is
    idiom       how the person writes weights

    What belongs to a thing that is not ticked is not shown, so it is neither read nor refused.
    """

    owned = forms.MultipleChoiceField(
        label="What do you have?",
        help_text=(
            "You can train with none of these. "
            "Below the list we ask for weights, and for the colours of your bands."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose only things from this list."},
    )
    weights = _typed(error="Write the weight of each kettlebell or dumbbell.")
    bar = _typed(error="Write what the bar weighs.", inputmode="decimal")
    plates = _typed()
    ankle = _typed()
    revision = _RevisionField(required=False, min_value=0)

    def __init__(self, data: Any = None, *, equipment: OwnedEquipment | None, idiom: Idiom) -> None:
        super().__init__(data, initial=_initial(equipment, idiom))
        self.stored = equipment
        self.idiom = idiom
        owned = self.fields["owned"]
        assert isinstance(owned, forms.MultipleChoiceField)  # noqa: S101  (for the type checker)
        owned.choices = [(thing.key, thing.name) for thing in catalogue().equipment.values()]
        if equipment is None:
            owned.help_text = f"{making_page().most_homes.text} {owned.help_text}"
        self._say_in_the_persons_unit()
        for band in bands():
            self.fields[f"colour_{band.key}"] = forms.CharField(
                label=f"Colour of your {band.short.removeprefix('a ')}",
                required=False,
                max_length=20,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
                error_messages={"max_length": "Write the colour in at most 20 characters."},
            )
        # In the order of the list above them.
        self.order_fields(["owned", *(f"colour_{band.key}" for band in bands())])

    def _say_in_the_persons_unit(self) -> None:
        unit, pounds = self.idiom.unit, self.idiom.pounds
        lightest, heaviest = self.idiom.number(ANKLE_LOADS_GRAMS[0]), self.idiom.weight(ANKLE_LOADS_GRAMS[-1])
        said = {
            "weights": (
                "Weights of your kettlebells or dumbbells",
                f"For example {'10, 15, 25' if pounds else '4, 8, 12'}.",
            ),
            "bar": ("Weight of the bar alone", ""),
            "plates": (
                "Plates you have in pairs",
                f"Each pair once. For example {'5, 10' if pounds else '2.5, 5'}.",
            ),
            "ankle": (
                "Your ankle weights, for one leg",
                f"If you leave this empty, we count on steps from {lightest} to {heaviest}.",
            ),
        }
        for name, (label, hint) in said.items():
            self.fields[name].label, self.fields[name].help_text = f"{label}, in {unit}", hint

    def clean(self) -> dict[str, Any]:
        """The weights and colours of what is ticked; weights in grams, lightest first."""
        cleaned = super().clean() or self.cleaned_data
        owned = cleaned.get("owned", [])
        for name, asked in WEIGHTS.items():
            if asked.thing not in owned:
                self._pass_over(name, [])
            elif name in cleaned:
                try:
                    cleaned[name] = self._read(name)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        for band in bands():
            if band.key not in owned:
                self._pass_over(f"colour_{band.key}", "")
        return cleaned

    def _pass_over(self, name: str, empty: Any) -> None:
        self.errors.pop(name, None)
        self.cleaned_data[name] = empty

    def _read(self, name: str) -> list[int]:
        read = weights_list(self.cleaned_data[name], self.idiom)
        if not read and self.fields[name].required:  # only separators
            raise forms.ValidationError(self.fields[name].error_messages["required"])
        if len(read) > WEIGHTS[name].most:
            raise forms.ValidationError(WEIGHTS[name].too_many)
        return _as_stored(read, _stored_grams(self.stored, name), self.idiom)

    @property
    def seen(self) -> int:
        """The revision that the sent page showed; 0 where nothing was stored."""
        revision: int = self.cleaned_data["revision"]
        return revision

    def has_shown(self, revision: int) -> None:
        """Make the page, as it is drawn again, one that has shown this revision: what is typed is kept."""
        data: Any = copy(self.data)
        data["revision"] = str(revision)
        self.data = data

    def values(self) -> dict[str, Any]:
        """What is stored (the fields of `OwnedEquipment`), in grams: of things that are ticked only."""
        cleaned = self.cleaned_data
        colours = {band.key: " ".join(cleaned[f"colour_{band.key}"].split()) for band in bands()}
        return {
            "things": [key for key in catalogue().equipment if key in cleaned["owned"]],
            "weight_grams": cleaned["weights"],
            "bar_grams": next(iter(cleaned["bar"]), None),
            "plate_grams": cleaned["plates"],
            "ankle_grams": cleaned["ankle"],
            "band_colours": {key: colour for key, colour in colours.items() if colour},
        }


def _initial(stored: OwnedEquipment | None, idiom: Idiom) -> dict[str, Any]:
    """The form as it shows what is stored; what most homes have, where nothing ever was."""
    if stored is None:
        return {"owned": [thing.key for thing in catalogue().equipment.values() if thing.in_most_homes]}
    return {
        "owned": stored.things,
        **{name: _numbers(_stored_grams(stored, name), idiom) for name in WEIGHTS},
        **{f"colour_{key}": colour for key, colour in stored.band_colours.items()},
        "revision": stored.revision,
    }
