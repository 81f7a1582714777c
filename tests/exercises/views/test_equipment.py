"""What a person has to train with: how weights are read, and the page that shows and stores it."""

from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.test import Client

from accounts.models import User
from exercises.forms.equipment import EquipmentForm, weights_list
from exercises.models import OwnedEquipment
from exercises.rules.catalogue import catalogue
from exercises.rules.idiom import Idiom
from tests.builders_training import field, text
from tests.html import squeezed

KILOGRAMS = Idiom()
POUNDS = Idiom(pounds=True)
PAGE = "/settings/equipment/"


def stored(person: User) -> OwnedEquipment:
    return OwnedEquipment.objects.get(person=person)


def has(person: User, *things: str, **values: Any) -> OwnedEquipment:
    return OwnedEquipment.objects.create(person=person, things=list(things), **values)


def reads_pounds(person: User) -> None:
    person.weight_unit = "lb"
    person.save()


def form_of(data: dict[str, Any], equipment: OwnedEquipment | None = None, idiom: Idiom = KILOGRAMS) -> Any:
    return EquipmentForm(data, equipment=equipment, idiom=idiom)


# --- weights as they are written ---


@pytest.mark.parametrize(
    ("written", "grams"),
    [
        ("4, 7.5 and 12 kg", (4_000, 7_500, 12_000)),
        ("12;4  8", (4_000, 8_000, 12_000)),
        ("8kg 8 kg 8 KG", (8_000,)),
        ("8 kilos & 10 kg.", (8_000, 10_000)),
        (".5, 0.25", (250, 500)),
        ("10lb, 20 lbs, 30 pounds", (4_536, 9_072, 13_608)),
        ("300", (300_000,)),
        ("10, 5", (5_000, 10_000)),
        ("  ", ()),
        (",;, and", ()),
    ],
)
def test_weights_are_read_in_kilograms_unless_a_unit_is_written(written: str, grams: tuple[int, ...]) -> None:
    assert weights_list(written, KILOGRAMS) == grams


@pytest.mark.parametrize(
    ("written", "grams"),
    [
        ("10, 15", (4_536, 6_804)),
        ("10 and 15 lb", (4_536, 6_804)),
        ("8 kg", (8_000,)),
        ("8 kg, 10 lb", (4_536, 8_000)),
        ("661.4", (300_000,)),
    ],
)
def test_weights_of_a_pound_person_are_read_in_pounds(written: str, grams: tuple[int, ...]) -> None:
    assert weights_list(written, POUNDS) == grams


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("abc", "“abc” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("4, nan", "“nan” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("inf", "“inf” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("1e3", "“1e3” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("4-8", "“4-8” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("kg", "“kg” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("8 kg kg", "“kg” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("٤", "“٤” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("x" * 50, f"“{'x' * 20}…” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("-5", "Write weights above 0 and up to 300 kg."),
        ("0", "Write weights above 0 and up to 300 kg."),
        ("0.0001", "Write weights above 0 and up to 300 kg."),
        ("300.001", "Write weights above 0 and up to 300 kg."),
        ("1000000000", "Write weights above 0 and up to 300 kg."),
        ("9" * 399, "Write weights above 0 and up to 300 kg."),
        ("700 lb", "Write weights above 0 and up to 300 kg."),
        ("8 " * 50_000, "That is too long. Write only numbers, such as 4, 7.5, 12."),
        (" ".join(str(n) for n in range(1, 32)), "Write at most 30 weights."),
        ("7,5", "Is “7,5” one weight or two? Write “7.5” for one, “7, 5” for two."),
        ("4, 12,50 kg", "Is “12,50” one weight or two? Write “12.50” for one, “12, 50” for two."),
        ("11,3", "Is “11,3” one weight or two? Write “11.3” for one, “11, 3” for two."),
        ("8 22,7,", "Is “22,7” one weight or two? Write “22.7” for one, “22, 7” for two."),
        ("1,000", "Is “1,000” one weight or two? Write “1.000” for one, “1, 000” for two."),
        ("4,8,12", "Write a space after each comma between weights: is “4,8,12” meant as “4, 8, 12”?"),
        ("7.5,8", "Write a space after each comma between weights: is “7.5,8” meant as “7.5, 8”?"),
        ("4, 8 and 10 lb", "Write kg or lb after each weight, as not all of them are in kg."),
    ],
)
def test_what_is_no_weight_is_refused_in_words(written: str, said: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        weights_list(written, KILOGRAMS)

    assert refused.value.messages == [said]


def test_limit_is_said_in_the_persons_unit() -> None:
    with pytest.raises(forms.ValidationError, match=r"above 0 and up to 661\.4 lb"):
        weights_list("662", POUNDS)


def test_thirty_weights_are_read() -> None:
    assert len(weights_list(" ".join(str(n) for n in range(1, 31)), KILOGRAMS)) == 30


# --- the form ---


def test_form_stores_only_what_belongs_to_ticked_things() -> None:
    form = form_of(
        {
            "owned": ["barbell", "band_light"],
            "weights": "8, 12",
            "bar": "10",
            "plates": "5, 2.5",
            "ankle": "1",
            "colour_band_light": " dark  green ",
            "colour_band_heavy": "blue",
        }
    )

    assert form.is_valid()
    assert form.values() == {
        "things": ["band_light", "barbell"],
        "weight_grams": [],
        "bar_grams": 10_000,
        "plate_grams": [2_500, 5_000],
        "ankle_grams": [],
        "band_colours": {"band_light": "dark green"},
    }


def test_form_without_anything_stores_nothing() -> None:
    form = form_of({})

    assert form.is_valid()
    assert form.seen == 0
    assert form.values()["things"] == []
    assert form.values()["bar_grams"] is None


def test_things_stand_in_the_order_of_the_catalogue() -> None:
    keys = [key for key in catalogue().equipment if key not in {"kettlebell_or_dumbbell", "barbell"}]

    form = form_of({"owned": list(reversed(keys))})

    assert form.is_valid()
    assert form.values()["things"] == keys


@pytest.mark.parametrize(
    ("thing", "name", "written", "said"),
    [
        ("kettlebell_or_dumbbell", "weights", "", "Write the weight of each kettlebell or dumbbell."),
        ("kettlebell_or_dumbbell", "weights", " , ", "Write the weight of each kettlebell or dumbbell."),
        ("barbell", "bar", "", "Write what the bar weighs."),
        ("barbell", "bar", "10, 20", "Write one weight for the bar."),
        ("barbell", "plates", "1 2 3 4 5 6 7 8 9", "Write at most 8 pairs of plates."),
        ("ankle_weight", "ankle", "a lot", "“a” is not a weight. Write numbers, such as 4, 7.5, 12."),
        ("band_light", "colour_band_light", "x" * 21, "Write the colour in at most 20 characters."),
    ],
)
def test_what_a_ticked_thing_lacks_is_an_error(thing: str, name: str, written: str, said: str) -> None:
    form = form_of({"owned": [thing], "bar": "10", name: written})

    assert form.errors == {name: [said]}


@pytest.mark.parametrize("name", ["weights", "bar", "plates", "ankle", "colour_band_light"])
def test_what_is_hidden_is_never_refused(name: str) -> None:
    form = form_of({"owned": ["stick"], name: "no weight at all, and far too long for a colour"})

    assert form.is_valid()


def test_unknown_thing_is_refused() -> None:
    form = form_of({"owned": ["anvil"]})

    assert form.errors == {"owned": ["Choose only things from this list."]}


@pytest.mark.parametrize("sent", ["", "abc", "-1", "1.5", "9" * 5_000])
def test_lost_revision_counts_as_none_seen(sent: str) -> None:
    form = form_of({"revision": sent})

    assert form.is_valid()
    assert form.seen == 0


def test_labels_name_the_persons_unit() -> None:
    in_kilograms, in_pounds = (EquipmentForm(equipment=None, idiom=idiom) for idiom in (KILOGRAMS, POUNDS))

    assert in_kilograms.fields["weights"].label == "Weights of your kettlebells or dumbbells, in kg"
    assert in_pounds.fields["plates"].label == "Plates you have in pairs, in lb"
    assert in_pounds.fields["colour_band_light"].label == "Colour of your light band"


def test_every_band_of_the_catalogue_is_asked_for_its_colour() -> None:
    asked = [name for name in EquipmentForm(equipment=None, idiom=KILOGRAMS).fields if "colour" in name]

    assert asked == ["colour_band_light", "colour_band_medium", "colour_band_heavy"]


def test_stylesheet_hides_each_field_that_belongs_to_a_thing() -> None:
    css = (settings.BASE_DIR / "static/css/hipfeet.css").read_text(encoding="utf-8")
    form = EquipmentForm(equipment=None, idiom=KILOGRAMS)

    for name in form.fields:
        assert name in {"owned", "revision"} or f"#div_id_{name}" in css, name


# --- the page ---


@pytest.mark.parametrize(
    ("unit", "weights", "grams"), [("kg", "7.5, 12", [7_500, 12_000]), ("lb", "10, 15", [4_536, 6_804])]
)
def test_weights_are_shown_as_they_were_written(
    owner: User, signed_in: Client, unit: str, weights: str, grams: list[int]
) -> None:
    User.objects.filter(pk=owner.pk).update(weight_unit=unit)
    sent = {
        "owned": ["kettlebell_or_dumbbell", "barbell"],
        "weights": weights,
        "bar": "20",
        "plates": "2.5, 5",
    }

    saved = signed_in.post(PAGE, sent)
    page = signed_in.get(PAGE)

    assert saved.headers["Location"] == "/settings/"
    assert stored(owner).weight_grams == grams
    assert field(page, "weights") == weights
    assert field(page, "bar") == "20"
    assert field(page, "plates") == "2.5, 5"


def test_what_is_shown_in_pounds_and_sent_back_keeps_its_grams(owner: User, signed_in: Client) -> None:
    has(owner, "kettlebell_or_dumbbell", weight_grams=[4_000, 12_000, 300_000])
    reads_pounds(owner)
    page = signed_in.get(PAGE)

    signed_in.post(
        PAGE, {"owned": "kettlebell_or_dumbbell", "weights": field(page, "weights") + ", 10", "revision": "1"}
    )

    assert field(page, "weights") == "8.8, 26.5, 661.4"
    assert stored(owner).weight_grams == [4_000, 4_536, 12_000, 300_000]


def test_weight_of_another_unit_counts_as_it_is_written(owner: User, signed_in: Client) -> None:
    has(owner, "kettlebell_or_dumbbell", weight_grams=[3_992])
    reads_pounds(owner)

    signed_in.post(PAGE, {"owned": "kettlebell_or_dumbbell", "weights": "4 kg", "revision": "1"})

    assert stored(owner).weight_grams == [4_000]


def test_things_and_colours_are_shown_as_they_are_stored(owner: User, signed_in: Client) -> None:
    has(owner, "band_light", "stick", band_colours={"band_light": "green"})

    page = signed_in.get(PAGE)

    assert field(page, "colour_band_light") == "green"
    assert field(page, "revision") == "1"
    assert page.content.decode().count(" checked") == 2


def test_sending_the_same_twice_changes_nothing(owner: User, signed_in: Client) -> None:
    sent = {"owned": ["kettlebell_or_dumbbell"], "weights": "8", "revision": ""}

    first, second = signed_in.post(PAGE, sent), signed_in.post(PAGE, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert stored(owner).revision == 1


def test_saving_says_so(signed_in: Client) -> None:
    page = signed_in.post(PAGE, {"owned": ["stick"]}, follow=True)

    assert "Saved: what you have to train with." in text(page)
    assert "A stick: a broom, a mop or an umbrella" in text(page)


def test_change_of_another_device_is_shown_and_not_overwritten(owner: User, signed_in: Client) -> None:
    has(
        owner,
        "kettlebell_or_dumbbell",
        "barbell",
        "band_light",
        weight_grams=[8_000, 16_000],
        bar_grams=10_000,
        plate_grams=[2_500, 5_000],
        band_colours={"band_light": "green"},
        revision=2,
    )

    page = signed_in.post(PAGE, {"owned": ["ankle_weight"], "ankle": "0.5", "revision": "1"})

    assert page.status_code == 409
    assert "Kettlebells or dumbbells: 8 and 16 kg" in text(page)
    assert "A barbell with plates: bar 10 kg, plates in pairs 2.5 and 5 kg" in text(page)
    assert "A light loop band: green" in text(page)
    assert field(page, "ankle") == "0.5"
    assert field(page, "revision") == "2"
    assert stored(owner).things == ["kettlebell_or_dumbbell", "barbell", "band_light"]
    assert stored(owner).revision == 2


def test_stored_weights_are_said_in_pounds_to_who_reads_pounds(owner: User, signed_in: Client) -> None:
    has(owner, "kettlebell_or_dumbbell", weight_grams=[4_536, 6_804], revision=2)
    reads_pounds(owner)

    page = signed_in.post(PAGE, {"owned": ["stick"], "revision": "1"})

    assert "Kettlebells or dumbbells: 10 and 15 lb" in text(page)


def test_sending_again_after_a_conflict_is_a_decision(owner: User, signed_in: Client) -> None:
    has(owner, "stick", revision=2)
    sent = {"owned": ["band_light"], "colour_band_light": "red", "revision": "1"}

    page = signed_in.post(PAGE, sent)
    again = signed_in.post(PAGE, {**sent, "revision": field(page, "revision")})

    assert (page.status_code, again.status_code) == (409, 302)
    assert stored(owner).things == ["band_light"]
    assert stored(owner).band_colours == {"band_light": "red"}
    assert stored(owner).revision == 3


def test_first_answers_of_two_devices_do_not_overwrite_each_other(owner: User, signed_in: Client) -> None:
    first = signed_in.post(PAGE, {"owned": ["stick"], "revision": ""})
    second = signed_in.post(PAGE, {"owned": ["bench"], "revision": ""})

    assert (first.status_code, second.status_code) == (302, 409)
    assert stored(owner).things == ["stick"]


def test_error_keeps_the_answers_and_stores_nothing(owner: User, signed_in: Client) -> None:
    sent = {"owned": ["kettlebell_or_dumbbell", "band_light"], "weights": "abc", "colour_band_light": "green"}

    page = signed_in.post(PAGE, sent)

    assert page.status_code == 422
    assert "<title>Error: What you have to train with – hipfeet</title>" in page.content.decode()
    assert '<a href="#id_weights"> “abc” is not a weight.' in squeezed(page.content.decode())
    assert field(page, "colour_band_light") == "green"
    assert not OwnedEquipment.objects.filter(person=owner).exists()


def test_hundred_kilobytes_of_text_are_refused_in_words(signed_in: Client) -> None:
    page = signed_in.post(PAGE, {"owned": ["kettlebell_or_dumbbell"], "weights": "8 " * 50_000})

    assert page.status_code == 422
    assert "That is too long. Write only numbers" in text(page)


def test_colour_is_text_and_never_markup(owner: User, signed_in: Client) -> None:
    colour = "<script>x</script>"
    signed_in.post(PAGE, {"owned": ["band_light"], "colour_band_light": colour})

    shown = [
        signed_in.get(PAGE),
        signed_in.get("/settings/"),
        signed_in.post(PAGE, {"owned": ["stick"], "revision": "7"}),
    ]

    assert stored(owner).band_colours == {"band_light": colour}
    for page in shown:
        assert colour not in page.content.decode()
        assert "&lt;script&gt;x&lt;/script&gt;" in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/plan/", "/plan/"),
        ("/plan/?page=2", "/plan/?page=2"),
        ("", "/settings/"),
        ("plan", "/settings/"),
        ("https://evil.example/", "/settings/"),
        ("//evil.example/", "/settings/"),
        ("/\\evil.example/", "/settings/"),
        ("javascript:alert(1)", "/settings/"),
    ],
)
def test_saving_goes_on_to_an_address_of_ours_only(signed_in: Client, asked: str, leads_to: str) -> None:
    saved = signed_in.post(PAGE, {"owned": ["stick"]}, query_params={"next": asked})

    assert saved.headers["Location"] == leads_to


def test_visitor_is_led_to_sign_in(anonymous: Client) -> None:
    for response in (anonymous.get(PAGE), anonymous.post(PAGE, {"owned": ["stick"]})):
        assert response.headers["Location"].startswith("/accounts/login/?next=/settings/equipment/")


def test_other_people_do_not_see_it(owner: User, stranger: User) -> None:
    has(owner, "band_light", band_colours={"band_light": "green"})
    client = Client()
    client.force_login(stranger)

    page = client.get(PAGE).content.decode()

    assert "green" not in page
    assert 'value="band_light" checked' not in squeezed(page)
