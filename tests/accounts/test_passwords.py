"""Which passwords are taken: length alone, and nothing that would be tried first."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from accounts.passwords import HELP, PasswordValidator
from tests.builders import PASSWORD
from tests.builders_training import text

ANN = User(email="annabel.lee@poets.example", name="Annabel Lee")


def why_not(password: str, user: User | None = None) -> str:
    """The reason in a word; empty for a password that is taken."""
    try:
        PasswordValidator().validate(password, user)
    except ValidationError as refused:
        return str(refused.code)
    return ""


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "too_short"),
        ("hipfeet2026", "too_short"),
        ("x7#Kp2!vQ9z", "too_short"),
        ("pass" * 3 + "word" * 5 + "q" * 30_000, "too_long"),
        ("a" + "1" * 200_000 + "a", "too_long"),
        (" " * 12, "too_common"),
        ("hipfeet20261", "site"),
        ("Hip-Feet-2026!", "site"),
        ("h1pf33t-h1pf33t", "site"),
        ("correcthorse", "too_common"),
        ("Correct-Horse-1", "too_common"),
        ("password1234", "too_common"),
        ("P@ssw0rd2026", "too_common"),
        ("passwordpassword", "too_common"),
        ("qwertyuiop123", "too_common"),
        ("sunshine-dragon-99", "too_common"),
        ("aaaaaaaaaaaa", "too_common"),
        ("abcabcabcabcabc", "too_common"),
        ("123456789012", "too_common"),
        ("annabel.lee.1", "own"),
        ("Annabel-2026-Lee", "own"),
    ],
)
def test_password_that_would_be_tried_first_is_refused(password: str, reason: str) -> None:
    assert why_not(password, ANN) == reason


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "teapot gravel violin",
        "x7#Kp2!vQ9zT",
        "alllowercaseandnodigits",
        "my feet like warm rivers",
        "ohne grosse umlaute äöü",
        "пароль из слов и рек",
        "🦶🦵 walk along the river",
        " leading and trailing ",
        "e" + "verything is long " * 12,
    ],
)
def test_long_password_of_its_own_is_taken_whatever_it_is_made_of(password: str) -> None:
    assert why_not(password, ANN) == ""


@pytest.mark.django_db
def test_refusal_is_a_sentence_and_what_was_typed_besides_is_kept() -> None:
    page = Client().post("/accounts/signup/", {"email": "new@example.org", "password1": "correcthorse"})

    assert page.status_code == 422
    assert "This password is among those that are tried first." in text(page)
    assert 'value="new@example.org"' in page.content.decode()
    assert "correcthorse" not in page.content.decode()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_password_managers_know_each_field(owner: User) -> None:
    pages = {
        "/accounts/login/": {'name="login"': "username", 'name="password"': "current-password"},
        "/accounts/signup/": {'name="email"': "email", 'name="password1"': "new-password"},
        "/accounts/password/change/": {
            'name="oldpassword"': "current-password",
            'name="password1"': "new-password",
            'name="password2"': "new-password",
        },
    }
    person = Client()
    person.force_login(owner)
    for where, fields in pages.items():
        client = person if "change" in where else Client()
        html = client.get(where).content.decode()
        for name, expected in fields.items():
            tag = next(one for one in html.split("<input") if name in one)
            assert f'autocomplete="{expected}"' in tag, (where, name)
    assert HELP in text(Client().get("/accounts/signup/"))
