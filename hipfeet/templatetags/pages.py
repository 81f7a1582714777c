"""What the templates of the whole site ask for."""

from django import template
from django.forms import BoundField
from django.template.defaultfilters import stringfilter

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def one_line(text: str) -> str:
    """A text that a template writes over several lines as one, for a title or the value of an attribute."""
    return " ".join(text.split())


@register.filter
def first_id(field: BoundField) -> str:
    """Where an error link leads: the first radio or tick box of a group, or the field itself."""
    return field.subwidgets[0].id_for_label if field.use_fieldset else field.id_for_label
