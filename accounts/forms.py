"""The kind of form every page here is."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms


class PageForm(forms.Form):
    """One page, one thing to answer, one button. Errors come from us, in words, not from the browser."""

    use_required_attribute = False
    button = "Continue"

    @property
    def helper(self) -> FormHelper:
        """How our template pack draws it."""
        helper = FormHelper()
        helper.add_input(Submit("go", self.button))
        return helper
