"""Anatomy plates on a page."""

from typing import Any

from django import template

from anatomy import plates as registry

register = template.Library()


@register.inclusion_tag("anatomy/_plate.html")
def plate(name: str, lit: str = "", *, short: bool = False) -> dict[str, Any]:
    """A plate with its title, and what it names as a list. `lit` is the key of the part the page is about.

    short  whether the list gives each part one name only: where the page is one to read
    Raises KeyError when there is no such plate.
    """
    found = registry.plates()[name]
    return {"plate": found, "lit": lit, "short": short, "drawing": registry.drawing(name, lit=lit)}


@register.simple_tag
def plates_showing(key: str) -> list[str]:
    """Names of the plates on which a part is named, the best one first."""
    return registry.plates_showing(key)


@register.inclusion_tag("anatomy/_map.html")
def muscle_map() -> dict[str, Any]:
    """The hip from three sides, one at a time: each view with its plate and drawing."""
    views = {"Front": "groups-front", "Back": "groups-back", "Side": "groups-side"}
    return {
        "views": [(view, registry.plates()[name], registry.drawing(name)) for view, name in views.items()]
    }
