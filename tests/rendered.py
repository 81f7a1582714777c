"""Every page of the site as it comes from the server, for the checks that read pages: prose, spelling, HTML.

All of it needs a database, though the reference itself asks none.
"""

import functools
import re
from collections.abc import Iterator
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.clock import at, now, today_for
from accounts.models import User
from anatomy.catalogue import catalogue
from assessments.models import Count
from assessments.rules.safety_content import RIGHT_NOW, safety_content
from exercises.models import Workout
from exercises.rules.catalogue import catalogue as exercise_catalogue
from exercises.rules.reminding import ReminderKind
from hipfeet.demo import make_demo
from hipfeet.email_change import note_change
from hipfeet.mail.reminders import unsubscribe_address
from tests.builders import PASSWORD, person, zone_at_night
from tests.builders_check import AGREED, LONGEST, typed
from tests.hipfeet.test_isolation import EXPECTED
from tests.hipfeet.test_isolation import address as address_of
from tests.outcomes import OUTCOMES, came_to
from tests.world import (
    CHECK,
    World,
    answered_lists,
    begun_workout,
    counted,
    finished_check,
    make_world,
    owner_of,
    running_plan,
)

Pages = dict[str, str]
"""HTML by address."""

NO_PAGES_OF_THEIR_OWN = {
    "calendar",  # for programs, at a secret address
    "email_undo",  # at an address that only an e-mail holds: `account_pages`
    "reminders_off",  # at an address that only an e-mail holds: `reminder_pages`
    "check_again_step",  # inside a second look: `guest_check_pages` walks through it
    "check_step",  # inside a check that was begun: `guest_check_pages` walks through it
    "source_export",  # a file to download
    "sources_export",  # likewise
}
"""Public addresses with an argument of which no list is kept here."""


@functools.cache
def every_page() -> Pages:
    """All of those below: drawn once, by the first test that reads them, whose rows are gone when others read them."""
    world = make_world()
    return {
        **public_pages(),
        **guest_check_pages(),
        **result_pages(),
        **personal_pages(world),
        **plan_making_pages(world.stranger),
        **pages_of_the_demo(),
        **pages_of_no_list(),
        **error_pages(),
    }


@functools.cache
def public_pages() -> Pages:
    """Every page that a visitor may open, but for those inside a check. They are all alike, so drawn once."""
    visitor = Client()
    pages = {}
    for address in public_addresses():
        response = visitor.get(address)
        # Others lead to sign in or to the start of the check, or are for machines.
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            pages[address] = response.content.decode()
    return pages


def public_addresses() -> list[str]:
    """Every address that asks nobody to sign in, once for each entry of the content.

    Raises KeyError when an address takes an argument and `_entries` does not say which there are.
    """
    entries = _entries()
    found = []
    for pattern in _patterns(get_resolver()):
        name = str(pattern.name)
        if getattr(pattern.callback, "login_required", True) or name in NO_PAGES_OF_THEIR_OWN:
            continue
        if pattern.pattern.converters:
            found += [reverse(name, args=slugs.split("/")) for slugs in entries[name]]
        else:
            found.append(reverse(name))
    return found


OTHERWISE = {"arch": "low", "arch_turned": "same"}
"""What a second look says differently from LONGEST."""


def guest_check_pages() -> Pages:
    """The mirror check page by page, by the longest way there is, as a guest sees it."""
    guest = Client()
    pages: Pages = {}

    def open_page(address: str) -> str:
        """Keep the page; the address it leads to when it only asks to do something."""
        response = guest.get(address)
        assert response.status_code == 200, address
        pages[address] = response.content.decode()
        return str((response.context or {}).get("next") or "")

    guest.post("/check/", AGREED)
    open_page("/check/right-now/")
    open_page("/check/right-now/explained/")
    leads_to = guest.post("/check/right-now/", {"ticked": "none"}).headers["Location"]
    while leads_to != "/check/answers/":
        question = open_page(leads_to) or leads_to
        if question != leads_to:
            open_page(question)
        key = question.split("/")[2].replace("-", "_")
        leads_to = guest.post(question, typed(LONGEST, key)).headers["Location"]
    open_page("/check/answers/")
    open_page("/check/stop/")
    guest.post("/check/answers/")
    open_page("/check/result/")
    guest.post("/check/correct/")
    pages["/check/answers/ to correct"] = guest.get("/check/answers/").content.decode()
    pages["/check/pain/ to correct"] = guest.get("/check/pain/").content.decode()
    guest.post("/check/toes/", typed(LONGEST | {"toes": "in"}, "toes"))
    guest.post("/check/answers/")
    pages["/check/result/ corrected"] = guest.get("/check/result/").content.decode()
    open_page("/check/again/")
    leads_to = guest.post("/check/again/").headers["Location"]
    while leads_to != "/check/result/":
        question = open_page(leads_to) or leads_to
        if question != leads_to:
            open_page(question)
        asked, sides = guest.get(question).context["form"].asks[0]
        answer = LONGEST if asked.key == "knees" else OTHERWISE  # so that there is a third look
        leads_to = guest.post(question, dict.fromkeys(sides, answer[asked.key])).headers["Location"]
    pages["post /check/correct/ too late"] = guest.post("/check/correct/").content.decode()
    pages["/check/result/?looked=twice"] = guest.get("/check/result/").content.decode()
    open_page("/check/delete/")
    return pages


def result_pages() -> Pages:
    """The results that show a part of the page which no other does: a slip, two sides, advice beside a lock."""
    pages = {}
    for name in ("X1, X2, X3", "X2, left", "M1 and M4", "one foot flatter", "X1, at once"):
        who, client = person(f"{name.replace(', ', '-').replace(' ', '-')}@example.org".lower()), Client()
        came_to(owner_of(who), OUTCOMES[name])
        client.force_login(who)
        pages[f"/check/result/ of {name}"] = client.get("/check/result/").content.decode()
    return pages


def plan_making_pages(person: User) -> Pages:
    """What a signed-in person without a plan sees from the safety lists to the plan they say yes to."""
    client = Client()
    client.force_login(person)
    answers: dict[str, dict[str, object]] = {
        "adult": {"adult": "on"},
        "things": {"owned": ["wall_or_chair", "stick", "band_light", "bag_or_bottles"]},
        "days": {"weekdays": ["0", "2"], "time_zone": "Europe/London"},
        "time": {"minutes": "30", "over_65": "no", "trained": "no"},
    }
    pages: Pages = {}
    while (leads_to := client.get("/plan/new/").headers["Location"]) != "/plan/new/preview/":
        response = client.get(leads_to)
        pages[leads_to] = response.content.decode()
        page = leads_to.partition("?")[0]
        given = answers.get(page.split("/")[3], {}) if page.startswith("/plan/") else {"ticked": "none"}
        if page == "/plan/new/days/":
            given["start"] = response.context["form"]["start"].value()
        assert client.post(page, given).status_code == 302, page
    pages[leads_to] = client.get(leads_to).content.decode()
    return pages


def personal_pages(world: World) -> Pages:
    """Every address as the person with everything of theirs gets it, and every form they send empty."""
    client = Client()
    client.force_login(world.owner)
    pages: Pages = {}
    for name, expected in EXPECTED.items():
        where = address_of(name, expected, world)
        for method, wanted in (("get", expected.get[0]), ("post", expected.post[0])):
            if wanted in {200, 409, 422}:
                response = getattr(client, method)(where)
                pages[f"{method} {where}"] = response.content.decode()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    pages |= {where: KEY_OF_AN_APP.sub("", client.get(where).content.decode()) for where in ASKS_WHO}
    pages |= calendar_pages(client)
    pages |= account_pages()
    pages |= reminder_pages(world.owner)
    pages |= count_pages()
    pages |= training_pages()
    pages |= be_seen_pages()
    return {where: html for where, html in pages.items() if html.startswith("<!doctype html>")}


ASKS_WHO = (
    *("/settings/calendar/", "/settings/export/", "/settings/import/", "/settings/erase/"),
    *("/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/"),
)
"""Pages for who has just said once more who they are."""
KEY_OF_AN_APP = re.compile(r"(?<=>)[A-Z2-7]{32}(?=<)")
"""No word, and another one each time."""


def account_pages() -> Pages:
    """A guest's answers asked about, a second step as it is met, and a new e-mail address undone."""
    who, guest = person("factors@example.org"), Client()
    finished_check(who)
    guest.post("/check/", AGREED)
    data = {"login": who.email, "password": PASSWORD}
    pages = {"/check/whose/": guest.post("/accounts/login/", data, follow=True).content.decode()}
    Authenticator.objects.create(user=who, type="totp", data={"secret": "A" * 32})
    pages["/accounts/2fa/ when on"] = guest.get("/accounts/2fa/").content.decode()
    pages["second step"] = Client().post("/accounts/login/", data, follow=True).content.decode()
    where = note_change(person=who, old_address="before@example.org").removeprefix(settings.SITE_ORIGIN)
    visitor = Client()
    pages |= {"undo?": visitor.get(where).content.decode(), "undone": visitor.post(where).content.decode()}
    return pages | {"undone before": visitor.get(where).content.decode()}


def calendar_pages(client: Client) -> Pages:
    """The address of a calendar on the one answer that shows it, and the page when there is none any more."""
    where = "/settings/calendar/"
    made = client.post(where, {"action": "make", "key": "a key", "revision": "1"})
    pages = {f"post {where} for an address": made.content.decode()}
    client.post(where, {"action": "off"})
    return pages | {f"{where} without an address": client.get(where).content.decode()}


def reminder_pages(person: User) -> Pages:
    """The page behind the link in a reminder, and what its button answers."""
    address = unsubscribe_address(person.pk, ReminderKind.TRAINING).removeprefix(settings.SITE_ORIGIN)
    return {
        "reminders off?": Client().get(address).content.decode(),
        "reminders off": Client().post(address).content.decode(),
    }


def training_pages() -> Pages:
    """A plan under safety answers, its lines to add, to change and refused, and a start after time away."""
    who = person("trains@example.org")
    answered_lists(who, "RF9b", "RF19")
    running_plan(who, None)
    Workout.objects.filter(pk=begun_workout(who).pk).update(
        local_date=today_for(who) - timedelta(days=12), finished_at=now()
    )
    client = Client()
    client.force_login(who)
    pages = {
        f"{where} under safety answers": client.get(where).content.decode()
        for where in (
            "/plan/",
            "/today/",
            "/plan/lines/short-foot/",
            "/plan/lines/banded-walk/",
            "/plan/new/",
        )
    }
    pages["/plan/lines/hip-circle/ capped"] = client.get("/plan/lines/hip-circle/").content.decode()
    pages["/workouts/start/ after time away"] = client.get("/workouts/start/").content.decode()
    pages["/workouts/sheet/"] = client.get("/workouts/sheet/").content.decode()
    begun = begun_workout(who)
    for moves in ("warm-up", "stretches"):
        pages[f"{moves}, held"] = client.get(
            f"/workouts/{begun.local_date}/{begun.number}/{moves}/"
        ).content.decode()
    first = begun.prescription["lines"][0]["exercise"].replace("_", "-")
    sets = f"/workouts/{begun.local_date}/{begun.number}/{first}/"
    pages["a set"] = client.get(sets).content.decode()
    pages["a set, sent empty"] = client.post(sets).content.decode()
    up_late, late = person("late@example.org", time_zone=zone_at_night()), Client()
    with at(now() - timedelta(days=7)):
        answered_lists(up_late)
        running_plan(up_late, None)
    late.force_login(up_late)
    pages["/workouts/start/ in the night"] = late.get("/workouts/start/").content.decode()
    begun_late = begun_workout(up_late)
    for moves in ("warm-up", "stretches"):
        where = f"/workouts/{begun_late.local_date}/{begun_late.number}/{moves}/"
        pages[moves] = late.get(where).content.decode()
    Workout.objects.filter(pk=begun.pk).delete()
    refused = client.post("/plan/lines/hip-circle/", {"rung": "no_support"})
    pages["post /plan/lines/hip-circle/ out of reach"] = refused.content.decode()
    client.post("/plan/lines/bridge/", {"remove": "yes"})
    pages["/plan/ without a line"] = client.get("/plan/").content.decode()
    return pages


def be_seen_pages() -> Pages:
    """Pages of one whose check hurt today and who ticked something else, before a visit and after it."""
    who = person("hurts@example.org")
    finished_check(who, {**CHECK, "pain": {"value": "stop", "where": "left"}})
    answered_lists(who, "RF15", "RF9b")
    client = Client()
    client.force_login(who)
    addresses = (
        "/today/",
        "/plan/",
        "/plan/new/",
        "/safety/",
        "/safety/seen/",
        "/check/",
        "/check/result/",
        "/checks/",
    )
    pages = {f"{where} of one who should be seen": client.get(where).content.decode() for where in addresses}
    visit = {"about": ["X1"], "seen_on": today_for(who).isoformat(), "verdict": "no"}
    for verdict in ("no", "with_limits"):
        client.post("/safety/seen/", {**visit, "verdict": verdict})
        for where in ("/safety/seen/saved/", "/safety/", "/today/"):
            pages[f"{where} after {verdict}"] = client.get(where).content.decode()
    late = client.post("/safety/seen/", visit)
    pages["post /safety/seen/ of what waits no longer"] = late.content.decode()
    client.post("/safety/seen/", {**visit, "about": ["RF15"], "verdict": "yes"})
    for where in ("/safety/seen/", "/safety/seen/saved/", "/safety/", "/today/", "/check/result/"):
        pages[f"{where} of one who was seen"] = client.get(where).content.decode()
    return pages


def count_pages() -> Pages:
    """The countable checks for someone who may count, with two days behind them and every remark there is."""
    who = person("counts@example.org")
    check = finished_check(who)
    answered_lists(who)
    client = Client()
    client.force_login(who)
    pages = {}
    for counting_check, sides in (("one_leg_stance", {"left": 8, "right": 31}), ("heel_raise", {"left": 4})):
        counted(who, check, counting_check, **sides)
        earlier = today_for(who) - timedelta(days=28)
        Count.objects.filter(person=who, check_key=counting_check).update(local_date=earlier)
        counted(who, check, counting_check, **sides)
        at = f"/checks/counts/{counting_check.replace('_', '-')}/"
        for where in (at, f"{at}count/", f"{at}stop/", f"{at}result/"):
            pages[where] = client.get(where).content.decode()
        pages[f"post {at}count/"] = client.post(f"{at}count/").content.decode()
    for where in ("/checks/counts/", "/checks/counts/right-now/"):
        pages[f"{where} of one who may count"] = client.get(where).content.decode()
    return pages


SOME_WORKOUT = 11
"""The one in which the right side did fewer."""


def pages_of_the_demo() -> Pages:
    """The made-up person of `make demo`, who has trained for twelve weeks and looked twice."""
    client, demo = Client(), make_demo("not signed in with")
    client.force_login(demo)
    done = Workout.objects.filter(person=demo)[SOME_WORKOUT]
    addresses = ["/today/", "/plan/", "/plan/ahead/", "/workouts/", "/checks/", "/checks/compare/"]
    addresses += ["/progress/", "/progress/side-lying-abduction/", f"/workouts/{done.local_date}/"]
    addresses += [f"/workouts/{done.local_date}/1/remove/", "/workouts/?month=2020-02"]
    addresses += ["/settings/clinician/?name=on&notes=on"]
    return {f"{where} of the demo": client.get(where).content.decode() for where in addresses}


def pages_of_no_list() -> Pages:
    """States that no address alone leads to: what was found, advice that takes the whole page, a code by e-mail."""
    visitor = Client()
    pages = {"/search/?q=kneecap": visitor.get("/search/?q=kneecap").content.decode()}
    for lock in safety_content().lists[RIGHT_NOW].questions:
        guest = Client()
        guest.post("/check/", AGREED)
        response = guest.post("/check/right-now/", {"ticked": lock}, follow=True)
        pages[f"/check/right-now/ with {lock}"] = response.content.decode()
    address = {"email": "new@example.org", "password1": "a long enough one"}
    pages["/accounts/signup/ sent"] = visitor.post("/accounts/signup/", address, follow=True).content.decode()
    return pages


def error_pages() -> Pages:
    """What is shown instead of a page."""
    lost = Client(enforce_csrf_checks=True).post("/check/")
    pages = {
        "404": Client().get("/nowhere/").content.decode(),
        "405": Client().post("/learn/").content.decode(),
        "403": lost.content.decode(),
    }
    return pages | {name: render_to_string(f"{name}.html") for name in ("400", "429", "500", "503")}


def _entries() -> dict[str, list[str]]:
    """The ends of the addresses of every kind of page that the content has many of."""
    known = catalogue()
    return {
        "topic": [entry.slug for entry in known.topics.values()],
        "question": [entry.slug for entry in known.questions.values()],
        "arch": [entry.slug for entry in known.arches.values()],
        "muscle_group": [entry.slug for entry in known.groups.values()],
        "muscle": [entry.slug for entry in known.muscles.values()],
        "structure": [entry.slug for entry in known.structures.values()],
        "claim": [entry.slug for entry in known.claims.values()],
        "source": [entry.slug for entry in known.sources.values()],
        "exercise": [entry.slug for entry in exercise_catalogue().exercises.values()],
        "exercise_step": [
            f"{entry.slug}/{rung.slug}"
            for entry in exercise_catalogue().exercises.values()
            for rung in entry.rungs
        ],
    }


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry
