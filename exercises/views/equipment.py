"""The page on which a person says what they have to train with."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import get_or_post, local_address, person_of
from exercises.actions.equipment import EquipmentConflict, keep_equipment
from exercises.forms.equipment import EquipmentForm
from exercises.models import OwnedEquipment
from exercises.rows import idiom_of
from exercises.rules.catalogue import catalogue
from exercises.rules.idiom import Idiom
from exercises.rules.owned import Owned


def owned_in_words(stored: OwnedEquipment, idiom: Idiom) -> list[tuple[str, str]]:
    """Each thing that is owned, with its weights or its colour, as the person reads them.

    [("A light loop band", "green"), ("Ankle weights", "0.5 and 1 kg")]; things that left the content are passed over.
    """
    said = {
        "kettlebell_or_dumbbell": _weights(stored.weight_grams, idiom),
        "barbell": _barbell(stored, idiom),
        "ankle_weight": _weights(stored.ankle_grams, idiom),
        **stored.band_colours,
    }
    return [
        (thing.name, said.get(thing.key, ""))
        for thing in catalogue().equipment.values()
        if thing.key in stored.things
    ]


def things_owned(owned: Owned, idiom: Idiom) -> str:
    """What is owned in one line, without weights: "A wall or a firm chair, a stick"; empty where nothing is."""
    things = ", ".join(idiom.band(key) for key in catalogue().equipment if key in owned.things)
    return things[:1].upper() + things[1:]


def _weights(grams: Iterable[int], idiom: Idiom) -> str:
    """4, 7.5 and 12 kg."""
    *others, last = list(dict.fromkeys(idiom.number(one) for one in grams)) or [""]
    numbers = f"{', '.join(others)} and {last}" if others else last
    return f"{numbers} {idiom.unit}" if last else ""


def _barbell(stored: OwnedEquipment, idiom: Idiom) -> str:
    """Bar 10 kg, plates in pairs 2.5 and 5 kg."""
    bar = f"bar {idiom.weight(stored.bar_grams)}" if stored.bar_grams else ""
    plates = _weights(stored.plate_grams, idiom)
    return ", ".join(filter(None, (bar, f"plates in pairs {plates}" if plates else "")))


@get_or_post
def settings_equipment(request: HttpRequest) -> HttpResponse:
    """What the person has to train with: shown, and stored. Goes on to `next`, or to the settings.

    409 when something else was stored since the page was loaded: nothing is changed, what was typed and what is
    stored are both shown, and sending it again takes the place of what is stored.
    """
    person = person_of(request)
    stored = getattr(person, "equipment", None)
    data = request.POST if request.method == "POST" else None
    form = EquipmentForm(data, equipment=stored, idiom=idiom_of(person))
    form.button = "Save"
    after = local_address(request, otherwise="settings")
    if request.method == "POST" and form.is_valid():
        try:
            keep_equipment(person=person, seen=form.seen, values=form.values())
        except EquipmentConflict:
            return _changed_elsewhere(request, form, after)
        messages.success(request, "Saved: what you have to train with.")
        return redirect(after)
    return render(request, "settings/equipment.html", {"form": form}, status=422 if form.is_bound else 200)


def _changed_elsewhere(request: HttpRequest, form: EquipmentForm, after: str) -> HttpResponse:
    """The page again, with what is stored now beside what was typed."""
    stored = OwnedEquipment.objects.get(person=person_of(request))
    form.has_shown(stored.revision)
    context = {
        "form": form,
        "is_conflict": True,
        "things": owned_in_words(stored, form.idiom),
        "keep": after,
    }
    return render(request, "settings/equipment.html", context, status=409)
