"""What pages of the reference show of training."""

from typing import Any

from django import template

from exercises.catalogue import catalogue
from exercises.wording import load_in_words

register = template.Library()


@register.inclusion_tag("exercises/reference/_exercises_for_muscle.html")
def exercises_for_muscle(key: str) -> dict[str, Any]:
    """The exercises that load a muscle, the hardest first, with the load in words."""
    return {
        "rows": [
            {"exercise": exercise, "load": load_in_words(load), "standing": leg == "standing"}
            for exercise, load, leg in catalogue().loading(key)
        ]
    }
