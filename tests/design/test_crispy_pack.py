"""The form pack in templates/hipfeet/, drawn from real forms."""

from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from tests.html import squeezed

ANSWERS = [("in", "In"), ("forward", "Forward"), ("unsure", "I’m not sure")]


class Kneecaps(forms.Form):
    left = forms.ChoiceField(
        label="Left: where does the kneecap point?",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where your left kneecap points"},
        help_text="As in <b>your</b> mirror.",
    )
    owned = forms.MultipleChoiceField(
        label="What do you own?",
        choices=[("chair", "A chair"), ("band", "A band")],
        widget=forms.CheckboxSelectMultiple(attrs={"data-list": "owned"}),
    )
    repetitions = forms.IntegerField(
        label="Repetitions", widget=forms.TextInput(attrs={"inputmode": "numeric", "data-cue": "a&b"})
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    adult = forms.BooleanField(label="I am 18 or over")
    zone = forms.CharField(widget=forms.HiddenInput, required=False)

    use_required_attribute = False


class _Elements(HTMLParser):
    """Every start tag with its attributes, in order, and the text that follows each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and all(attrs.get(key.rstrip("_")) == value for key, value in wanted.items())
        ]

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        (found,) = self.all(tag, **wanted)
        return found


def draw(form: forms.Form) -> str:
    return squeezed(str(render_crispy_form(form)))


def draw_summary(form: forms.Form) -> str:
    return squeezed(render_to_string("hipfeet/error_summary.html", {"form": form}))


def one_radio_form(widget: forms.RadioSelect, **field_attributes: bool) -> forms.Form:
    field = forms.ChoiceField(label="Left: where?", choices=ANSWERS, widget=widget)
    for name, value in field_attributes.items():
        setattr(field, name, value)
    form = forms.Form()
    form.fields["answer"] = field
    return form


def test_radios_stand_in_a_group_named_by_its_legend() -> None:
    html = draw(Kneecaps())

    group = html[html.index('<fieldset id="div_id_left"') : html.index("</fieldset>")]

    assert '<legend class="q"><span>Left: where does the kneecap point?</span>' in group
    assert group.count('type="radio"') == 3
    assert group.count('<label class="opt">') == 3


def test_checkboxes_stand_in_a_group_too() -> None:
    html = draw(Kneecaps())

    group = html[html.index('<fieldset id="div_id_owned"') : html.rindex("</fieldset>")]

    assert "What do you own?" in group
    assert group.count('type="checkbox"') == 2


def test_group_is_described_by_hint_and_error() -> None:
    html = draw(Kneecaps({}))
    elements = _Elements(html)

    group = elements.one("fieldset", id="div_id_left")

    assert group["aria-describedby"] == "id_left_helptext id_left_error"
    assert elements.all("div", id="id_left_helptext")
    assert elements.all("div", id="id_left_error")
    assert "has-error" in (group["class"] or "")
    assert "Choose where your left kneecap points" in html


def test_typed_answer_is_described_by_its_error_and_marked_invalid() -> None:
    elements = _Elements(draw(Kneecaps({"repetitions": "many"})))

    field = elements.one("input", name="repetitions")

    assert field["aria-describedby"] == "id_repetitions_error"
    assert field["aria-invalid"] == "true"
    assert field["value"] == "many"


def test_aria_invalid_is_not_put_on_radios() -> None:
    elements = _Elements(draw(Kneecaps({})))

    assert all("aria-invalid" not in radio for radio in elements.all("input", type="radio"))


def test_summary_links_to_the_first_radio_and_to_typed_fields() -> None:
    form = Kneecaps({})

    page = _Elements(draw(form))
    links = [link["href"] for link in _Elements(draw_summary(form)).all("a")]

    assert links == ["#id_left_0", "#id_owned_0", "#id_repetitions", "#id_adult"]
    ids = {attrs["id"] for tag, attrs in page.elements if tag == "input" and "id" in attrs}
    assert {str(link)[1:] for link in links} <= ids


def test_summary_says_there_is_a_problem_and_can_take_the_focus() -> None:
    html = draw_summary(Kneecaps({}))

    summary = _Elements(html).one("div", id="error-summary")

    assert "There is a problem" in html
    assert summary["tabindex"] == "-1"
    assert summary["role"] == "alert"


def test_an_empty_answer_without_words_of_its_own_names_the_field() -> None:
    form = Kneecaps({})

    assert "> Repetitions: please fill this in </a>" in draw_summary(form)
    assert "> What do you own? choose an answer </a>" in draw_summary(form)
    assert "> I am 18 or over: please tick this box </a>" in draw_summary(form)
    assert "</span>Please tick this box</p>" in draw(form)
    assert "This field is required" not in draw_summary(form) + draw(form)


def test_error_of_the_whole_form_links_to_the_first_answer() -> None:
    form = Kneecaps({})
    form.add_error(None, "These do not go together")

    html = draw_summary(form)

    assert '<a href="#id_left_0">These do not go together</a>' in html


def test_error_of_a_hidden_field_is_said_without_a_link() -> None:
    form = Kneecaps({})
    form.add_error("zone", "Unknown time zone")

    assert "<li>Unknown time zone</li>" in draw_summary(form)


def test_given_answers_are_shown_again() -> None:
    elements = _Elements(
        draw(Kneecaps({"left": "forward", "owned": ["band"], "note": "a < b", "adult": "on"}))
    )

    assert "checked" in elements.one("input", value="forward")
    assert "checked" not in elements.one("input", value="in")
    assert "checked" in elements.one("input", value="band")
    assert "checked" in elements.one("input", name="adult")


def test_nothing_is_chosen_beforehand() -> None:
    elements = _Elements(draw(Kneecaps()))

    assert all("checked" not in attrs for attrs in elements.all("input"))


@pytest.mark.parametrize("data", [None, {}])
def test_no_field_carries_the_required_attribute(data: dict[str, str] | None) -> None:
    elements = _Elements(draw(Kneecaps(data)))

    assert all("required" not in attrs for _, attrs in elements.elements)


def test_inputs_of_a_form_that_asks_for_required_do_not_carry_it_either() -> None:
    class Foreign(forms.Form):
        email = forms.EmailField(widget=forms.EmailInput(attrs={"placeholder": "E-mail"}))
        side = forms.ChoiceField(choices=ANSWERS, widget=forms.RadioSelect)

    elements = _Elements(draw(Foreign()))

    assert all("required" not in attrs and "placeholder" not in attrs for _, attrs in elements.elements)


def test_browser_checks_are_off() -> None:
    assert "novalidate" in _Elements(draw(Kneecaps())).one("form")


def test_unknown_attributes_of_widgets_pass_through() -> None:
    html = draw(Kneecaps())
    elements = _Elements(html)

    assert elements.one("input", name="repetitions")["inputmode"] == "numeric"
    assert 'data-cue="a&amp;b"' in html
    assert [box["data-list"] for box in elements.all("input", name="owned")] == ["owned", "owned"]


def test_hint_is_escaped_unless_it_is_marked_safe() -> None:
    escaped = Kneecaps()
    trusted = Kneecaps()
    trusted.fields["left"].help_text = mark_safe("As in <b>your</b> mirror.")

    assert "As in &lt;b&gt;your&lt;/b&gt; mirror." in draw(escaped)
    assert "As in <b>your</b> mirror." in draw(trusted)


def test_answers_are_escaped() -> None:
    form = Kneecaps({"repetitions": '"><script>'})

    assert "<script>" not in draw(form)


def test_only_what_may_be_left_out_says_optional() -> None:
    html = draw(Kneecaps())

    assert "Note (optional)" in html
    assert html.count("(optional)") == 1


def test_side_puts_the_soles_beside_the_legend_and_the_two_groups_beside_each_other() -> None:
    class BothSides(forms.Form):
        left = forms.ChoiceField(label="Left: where?", choices=ANSWERS, widget=forms.RadioSelect)
        right = forms.ChoiceField(label="Right: where?", choices=ANSWERS, widget=forms.RadioSelect)
        other = forms.CharField()

    form = BothSides()
    for name in ("left", "right"):
        form.fields[name].side = name  # type: ignore[attr-defined]

    html = draw(form)
    sides = html[html.index('<div class="sides">') : html.index('<div id="div_id_other"')]

    assert sides.count('<fieldset id="div_id_') == 2
    assert sides.count('<svg class="mark"') == 2
    left_mark, right_mark = sides.split('<svg class="mark"')[1:]
    assert left_mark.index('class="on"') < left_mark.index("M13 4")
    assert right_mark.index("M13 4") < right_mark.index('class="on"')


def test_pictures_make_arches_and_the_answer_without_one_a_full_row() -> None:
    widget = forms.RadioSelect()
    widget.pictures = {"in": "_mark.html", "forward": "_mark.html"}  # type: ignore[attr-defined]

    html = draw(one_radio_form(widget))

    assert html.count('<label class="pick">') == 2
    assert html.count('<span class="pic">') == 2
    assert html.count('<label class="pick wide">') == 1
    assert html.index("Forward") < html.index('<label class="pick wide">') < html.index("I’m not sure")
    assert '<div class="picks-in">' in html


def test_scale_draws_numbers_in_a_row() -> None:
    widget = forms.RadioSelect()
    widget.scale = True  # type: ignore[attr-defined]

    assert '<div class="opts scale">' in draw(one_radio_form(widget))


def test_options_stand_one_a_row_unless_they_go_across() -> None:
    across = forms.RadioSelect()
    across.across = True  # type: ignore[attr-defined]

    assert '<div class="opts rows">' in draw(one_radio_form(forms.RadioSelect()))
    assert '<div class="opts">' in draw(one_radio_form(across))


def test_stepper_wraps_the_number_and_names_it_for_the_buttons() -> None:
    form = Kneecaps()
    form.fields["repetitions"].widget.stepper = True

    assert '<div class="field" data-name="Repetitions"><input type="text" name="repetitions"' in draw(form)


def test_legend_can_be_the_heading_of_the_page() -> None:
    html = draw(one_radio_form(forms.RadioSelect(), legend_is_heading=True))

    assert '<legend class="q"><h1>Left: where?</h1>' in html


def test_helper_without_layout_draws_every_field_and_its_buttons() -> None:
    form = Kneecaps()
    form.helper = FormHelper()  # type: ignore[attr-defined]
    form.helper.add_input(Submit("go", "Continue"))  # type: ignore[attr-defined]
    form.helper.add_input(Submit("stop", "Not now", css_class="quiet"))  # type: ignore[attr-defined]

    elements = _Elements(draw(form))

    assert {attrs["name"] for attrs in elements.all("input")} >= {
        "left",
        "owned",
        "repetitions",
        "adult",
        "zone",
    }
    assert [button["class"] for button in elements.all("button")] == ["button", "button quiet"]


def test_helper_with_layout_draws_its_groups() -> None:
    form = Kneecaps()
    form.helper = FormHelper()  # type: ignore[attr-defined]
    form.helper.form_tag = False  # type: ignore[attr-defined]
    form.helper.layout = Layout(  # type: ignore[attr-defined]
        Div(Fieldset("Left leg", "repetitions", "note", css_class="side left"), css_class="sides")
    )

    html = draw(form)

    assert "<form" not in html
    assert '<div class="sides"' in html
    assert '<svg class="mark"' in html
    assert "<span>Left leg</span></legend>" in html
    assert 'name="repetitions"' in html
    assert 'name="adult"' not in html


def test_crispy_form_tag_posts_to_its_own_address_with_a_csrf_token() -> None:
    html = render_crispy_form(Kneecaps(), context={"csrf_token": "token-of-this-test"})

    form = _Elements(html).one("form")

    assert form["method"] == "post"
    assert "action" not in form
    assert 'value="token-of-this-test"' in html
