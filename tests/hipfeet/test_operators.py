"""The admin: nowhere unless it is switched on, open to operators with a second factor, without answers, and logged."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import time_machine
from django.http import HttpRequest
from django.test import Client, RequestFactory

from accounts.models import User
from hipfeet.operators import is_operator
from tests.architecture.test_settings import ROOT
from tests.builders_training import confirmed_as
from tests.hipfeet.test_second_factors import NOON, code, with_app, with_password
from tests.production import environment_in, set_up

ASKED = """
import json, logging, re, sys
from importlib import import_module
from django.conf import settings
from django.test import Client
from accounts.models import CountedTries, User
from hipfeet.mail.outbox import post
from accounts.limits import Limit, counted
from tests.builders import PASSWORD, person
from tests.world import make_world

world = make_world()
world.workout.note = "a-secret-note"
world.workout.save()
post(address=world.owner.email, subject="hipfeet", text="secret-code")
counted(Limit("a", 1, __import__("datetime").timedelta(hours=1)), "b")
for name in ("operator", "weak"):
    User.objects.filter(pk=person(f"{name}@example.org").pk).update(is_staff=True, is_superuser=True)

def browser(who, second_factor=False):
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0], "x-forwarded-for": "203.0.113.7"})
    if who:
        client.post("/accounts/login/", {"login": f"{who}@example.org", "password": PASSWORD}, secure=True)
        if second_factor:  # as allauth writes it down after a passkey or the code of an app
            session = client.session
            session["account_authentication_methods"] += [{"method": "mfa", "at": 0, "type": "totp"}]
            session.save()
    return client

pages = ["/ops/", "/ops/accounts/user/", f"/ops/accounts/user/{world.owner.pk}/change/", "/ops/mail/outboxmail/",
         "/ops/accounts/countedtries/", "/ops/exercises/workout/", "/ops/accounts/user/add/",
         f"/ops/accounts/user/{world.owner.pk}/delete/"]
operator = browser("operator", True)
answers = {
    who: [browser(name, factor).get(page, secure=True, follow=False).status_code for page in pages]
    for who, (name, factor) in {"visitor": (None, False), "owner": ("owner", False), "weak": ("weak", False)}.items()
}
answers["operator"] = [operator.get(page, secure=True).status_code for page in pages]
shown = "".join(operator.get(page, secure=True).content.decode() for page in pages[:5])
guesses = [f"{pages[1]}?{one}" for one in ("password__startswith=argon2", "workouts__isnull=False", "email__contains=owner")]
guesses += [f"{pages[3]}?text__contains=secret", f"/ops/r/1/{world.workout.pk}/", "/ops/r/1/none/"]
filters = [f"{pages[1]}?is_active__exact=1", f"{pages[3]}?state__exact=waiting", f"{pages[1]}?q={world.owner.email}"]
asked = [[operator.get(page, secure=True).status_code for page in some] for some in (guesses, filters)]
login = operator.post("/ops/login/", {"username": "weak@example.org", "password": PASSWORD}, secure=True).status_code
owner = browser("owner")
signed_in = owner.get("/settings/", secure=True).status_code
closed = operator.post(pages[2], {}, secure=True).status_code
print(json.dumps({
    "answers": answers, "login": login,
    "secrets": [secret for secret in ("a-secret-note", "secret-code", "RF6", world.owner.password) if secret in shown],
    "finds": world.owner.email in shown,
    "asked": asked,
    "limits": ">Limits<" in operator.get("/ops/", secure=True).content.decode(),
    "closed": [closed, signed_in, owner.get("/settings/", secure=True).status_code, User.objects.get(pk=world.owner.pk).is_active],
}))
"""


def in_session_of(client: Client, person: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.session, request.user = client.session, person
    return request


def test_operator_is_who_signed_in_with_a_second_factor(owner: User) -> None:
    with time_machine.travel(NOON) as clock:
        _, secret = with_app(owner)
        clock.shift(timedelta(minutes=3))
        owner.is_staff = True
        client, _ = with_password(owner)
        client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
        by_code_of_the_app = in_session_of(client, owner)

    assert is_operator(by_code_of_the_app)
    assert not is_operator(in_session_of(confirmed_as(owner), owner))
    owner.is_staff = False
    assert not is_operator(by_code_of_the_app)


def test_admin_is_nowhere_unless_it_is_switched_on(signed_in: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_staff=True, is_superuser=True)

    for address in ("/admin/", "/ops/", "/admin/login/"):
        assert signed_in.get(address).status_code == 404


def test_admin_opens_to_operators_with_a_second_factor_only_shows_no_answers_and_is_logged(
    tmp_path: Path,
) -> None:
    environment = environment_in(tmp_path, ADMIN_PATH="ops")
    set_up(environment)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", "shell", "-v0", "-c", ASKED],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])

    assert told["answers"] == {
        "visitor": [302] * 8,
        "owner": [302] * 8,
        "weak": [302] * 8,
        # No model with answers is known; nobody is made or deleted here.
        "operator": [200, 200, 200, 200, 200, 404, 403, 403],
    }
    assert told["login"] == 403
    assert told["limits"]
    assert told["secrets"] == []
    # Nor is a column that is not shown found out by asking for its rows, nor whether a row is there.
    assert told["asked"] == [[400, 400, 400, 400, 404, 404], [200, 200, 200]]
    assert told["finds"]
    assert told["closed"] == [302, 200, 302, False]
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    acts = [line for line in lines if line["message"] == "operated"]
    assert {line["network"] for line in acts} == {"203.0.113.0/24"}
    assert all(line["person"] for line in acts)
    logged = [line["page"] for line in acts]
    assert {"admin:index", "admin:accounts_user_change", "admin:mail_outboxmail_changelist"} <= set(logged)
