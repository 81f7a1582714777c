"""Every page of the reference is public, answers without the database, and leads both ways."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify
from pytest_django import DjangoAssertNumQueries

from anatomy.catalogue import catalogue
from anatomy.entries import Grade
from tests.every import for_every
from tests.visitor import public_page
from tests.world import World

LISTS = [
    reverse(name)
    for name in ("learn", "questions", "muscles", "structures", "evidence", "glossary", "sources")
]
ENTRIES = [
    reverse(name, args=[entry.slug])
    for name, entries in {
        "topic": catalogue().topics,
        "question": catalogue().questions,
        "arch": catalogue().arches,
        "structure": catalogue().structures,
        "muscle_group": catalogue().groups,
        "muscle": catalogue().muscles,
        "claim": catalogue().claims,
        "source": catalogue().sources,
    }.items()
    for entry in entries.values()
]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Every page as a visitor gets it, rendered once."""
    return {address: public_page(address) for address in [*LISTS, *ENTRIES]}


@for_every([*LISTS, *ENTRIES])
def test_page_has_one_heading_and_needs_no_database(address: str) -> None:
    # Without the django_db mark a query is an error.
    html = public_page(address)

    assert html.count("<h1") == 1
    assert html.count('name="description"') == 1
    assert f'<link rel="canonical" href="http://localhost:8000{address}">' in html
    assert "Last checked" in html
    assert "style=" not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_no_two_pages_have_the_same_title_or_description(pages: dict[str, str]) -> None:
    for pattern in (r"<title[^>]*>(.*?)</title>", r'name="description"[^>]*content="(.*?)"'):
        found = [unescape(match[1]) for html in pages.values() if (match := re.search(pattern, html))]

        assert len(found) == len(pages)
        assert sorted(found) == sorted(set(found))


def test_every_link_inside_the_reference_leads_to_a_page_and_a_place_on_it(pages: dict[str, str]) -> None:
    known = {**pages, "/": "", "/check/": "", "/exercises/": "", "/search/": ""}
    lost = []
    for address, html in pages.items():
        for link in re.findall(r'href="(/[^"]*|#[^"]*)"', html):
            path, _, place = link.partition("#")
            target = known.get(path or address)
            if (
                path.startswith(("/learn/", "/evidence/", "/sources/", "/glossary/"))
                and target is None
                and "." not in path
            ):
                lost.append((address, link))
            if place and target and f'id="{place}"' not in target:
                lost.append((address, link))

    assert lost == []


def test_a_source_that_has_a_title_shows_it(pages: dict[str, str]) -> None:
    untold = [
        source.key
        for source in catalogue().sources.values()
        if source.title and source.title not in unescape(pages[reverse("source", args=[source.slug])])
    ]

    assert untold == []


def test_a_claim_tells_how_much_apart_from_how_sure(pages: dict[str, str]) -> None:
    for claim in catalogue().claims.values():
        html = pages[reverse("claim", args=[claim.slug])]
        sure, much = _section(html, "How sure"), _section(html, "How much")

        assert claim.grade.label in sure
        assert claim.grade.label not in much
        if claim.effect:
            assert claim.effect.text in much
            assert claim.effect.text not in sure
            assert f"How much: {claim.effect.text}" in unescape(pages["/evidence/"])
        else:
            assert much == "", claim.key


def _section(html: str, heading: str) -> str:
    """The words of a page below a heading, up to the end of its section; empty where there is no such heading."""
    text = re.sub(r"<[^>]+>", "", html.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0])
    return " ".join(unescape(text).split())


def test_muscles_bones_arches_and_groups_are_linked_both_ways(pages: dict[str, str]) -> None:
    known = catalogue()
    pairs = [
        *(
            ("structure", one.slug, "muscle", known.muscles[key].slug)
            for one in known.structures.values()
            for key in one.muscles
        ),
        *(
            ("structure", one.slug, "arch", known.arches[key].slug)
            for one in known.structures.values()
            for key in one.arches
        ),
        *(
            ("structure", one.slug, "structure", known.structures[key].slug)
            for one in known.structures.values()
            for key in one.beside
        ),
        *(
            ("arch", one.slug, "muscle", known.muscles[key].slug)
            for one in known.arches.values()
            for key in one.muscles
        ),
        *(
            ("muscle", one.slug, "muscle_group", known.groups[one.group].slug)
            for one in known.muscles.values()
        ),
        *(
            ("topic", one.slug, "muscle", known.muscles[key].slug)
            for one in known.topics.values()
            for key in one.muscles
        ),
    ]

    assert len(pairs) > 60
    for kind, slug, other_kind, other_slug in pairs:
        here, there = reverse(kind, args=[slug]), reverse(other_kind, args=[other_slug])
        assert f'href="{there}"' in pages[here], (here, there)
        assert f'href="{here}"' in pages[there], (there, here)


def test_every_muscle_and_structure_shows_a_plate_with_its_part_lit(pages: dict[str, str]) -> None:
    known = catalogue()
    for kind, entries in (("muscle", known.muscles), ("structure", known.structures), ("arch", known.arches)):
        for key, entry in entries.items():
            assert (
                f'data-part="{key}" class="lit" aria-current="true"'
                in pages[reverse(kind, args=[entry.slug])]
            ), key


@pytest.mark.parametrize(
    ("key", "steps", "button"),
    [
        (
            "gluteus_medius_and_the_foot",
            [
                "<b>Find the muscle:</b>",
                '<a href="/exercises/side-lying-abduction/">Side-lying leg lift</a>',
                "Lie on your side",
                '<a href="/exercises/short-foot/">Short foot</a>',
                "<b>On the same days:</b>",
            ],
            '<a class="button" href="/plan/">Make a plan</a>',
        ),
        (
            "flat_feet",
            ["<b>Compare your arches:</b>", "<b>Rise on your toes:</b>", "Stretch the calf", "Do the "],
            '<a class="button" href="/check/">Start the mirror check</a>',
        ),
    ],
)
def test_a_topic_says_what_its_reader_can_do_step_by_step_and_leads_there(
    key: str, steps: list[str], button: str
) -> None:
    topic = catalogue().topics[key]
    before, _, after = public_page(reverse("topic", args=[topic.slug])).partition('<ol class="deeds">')
    listed, _, below = after.partition("</ol>")
    places = [listed.find(step) for step in steps]

    assert -1 not in places
    assert places == sorted(places)
    assert listed.count('class="ex-pic"') == listed.count("<svg") == 3
    assert button in below
    assert 'class="button"' not in before + listed
    assert all(f'id="{slugify(section.heading)}"' in before for section in topic.open_sections)
    assert all(f'id="{slugify(section.heading)}"' in below for section in topic.folded_sections)


@pytest.mark.django_db
def test_anonymous_visitor_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = Client()

    with django_assert_num_queries(0):
        client.get(reverse("topic", args=["hip-foot-connection"]))
        client.get(reverse("sources"))
        client.get(reverse("muscle", args=["gluteus-medius"]))


@pytest.mark.parametrize(
    "address",
    [
        "/learn/nothing/",
        "/learn/muscles/gluteus_medius/",
        "/learn/bones-and-joints/heart/",
        "/sources/nobody-1900/",
        "/sources/khamis-2007.xml",
        "/sources.xml",
        "/evidence/no-such-claim/",
    ],
)
@pytest.mark.django_db
def test_unknown_address_is_a_page_with_a_search(address: str) -> None:
    page = Client().get(address)

    assert page.status_code == 404
    assert 'role="search"' in page.content.decode()


# --- what a signed-in reader sees ------------------------------------------------------------------------


def _as(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def test_reader_with_a_plan_sees_what_a_muscle_has_to_do_with_it(world: World) -> None:
    html = _as(world.owner).get("/learn/muscles/gluteus-medius/").content.decode()

    assert 'aria-label="Yours"' in html
    assert "In your plan" in html
    assert "kneecap" in html.split("In your plan")[1].split("</aside>")[0]


def test_reader_with_a_check_sees_what_was_seen_of_the_inner_arch(world: World) -> None:
    html = _as(world.owner).get("/learn/arches/medial-longitudinal-arch/").content.decode()

    assert f'href="/checks/{world.check.pk}/"' in html
    assert "left arch low" in " ".join(html.split())


@pytest.mark.parametrize("address", ["/learn/muscles/psoas-minor/", "/learn/arches/transverse-arch/"])
def test_reader_sees_no_box_where_there_is_nothing_to_say(world: World, address: str) -> None:
    assert 'aria-label="Yours"' not in _as(world.owner).get(address).content.decode()


def test_reader_without_plan_or_check_sees_no_box(world: World) -> None:
    for address in ("/learn/muscles/gluteus-medius/", "/learn/arches/medial-longitudinal-arch/"):
        assert 'aria-label="Yours"' not in _as(world.stranger).get(address).content.decode()


def test_box_costs_few_queries(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = _as(world.owner)

    with django_assert_max_num_queries(5):
        client.get("/learn/muscles/gluteus-medius/")
    with django_assert_max_num_queries(4):
        client.get("/learn/arches/medial-longitudinal-arch/")


# --- claims, filtered ------------------------------------------------------------------------------------


def _shown(html: str) -> set[str]:
    return set(re.findall(r'<li>\s*<a href="/evidence/([^"/]+)/">', html))


def test_all_claims_are_shown_when_nothing_is_asked_for(client: Client) -> None:
    assert _shown(client.get("/evidence/").content.decode()) == {c.slug for c in catalogue().claims.values()}


@pytest.mark.parametrize("grade", list(Grade))
def test_claims_are_filtered_by_grade(client: Client, grade: Grade) -> None:
    html = client.get(f"/evidence/?grade={grade.css_class}").content.decode()

    assert _shown(html) == {claim.slug for claim in catalogue().claims.values() if claim.grade is grade}


def test_claims_are_filtered_by_topic_and_grade(client: Client) -> None:
    html = client.get("/evidence/?topic=hip-foot-connection&grade=moderate").content.decode()

    topic = catalogue().topics["hip_foot_connection"]
    claims = [catalogue().claims[key] for key in topic.claims]
    assert _shown(html) == {claim.slug for claim in claims if claim.grade is Grade.MODERATE} != set()
    assert '<option value="hip-foot-connection" selected>' in html


@pytest.mark.parametrize(
    "query", ["grade=certain", "topic=nothing", "grade=low&topic=%00", "grade=" + "x" * 10_000]
)
def test_unknown_filter_is_refused_in_words_and_everything_is_shown(client: Client, query: str) -> None:
    response = client.get(f"/evidence/?{query}")

    html = response.content.decode()
    assert response.status_code == 422
    assert "There is no such" in html
    assert len(_shown(html)) == len(catalogue().claims)


def test_learn_begins_with_topics_in_pictures(client: Client) -> None:
    html = client.get("/learn/").content.decode()
    begin = html.partition("<h2>Start here</h2>")[2].partition("</ul>")[0]

    pictured = [topic for topic in catalogue().topics.values() if topic.picture]
    assert len(pictured) == begin.count("<svg") == 4
    assert all(f'href="/learn/{topic.slug}/"' in begin for topic in pictured)
    assert all(html.count(f'href="/learn/{topic.slug}/"') == 1 for topic in catalogue().topics.values())
