"""Search: what people type leads to what we call it, and nothing they type breaks it."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from anatomy.blocks import ContentError, blocks_in, load_file
from anatomy.catalogue import catalogue
from hipfeet.search import index, search, search_content
from hipfeet.search.documents import EntryKind
from hipfeet.search.index import MOST_CHARACTERS, MOST_WORDS, NEAREST, SHOWN_IN_A_GROUP
from hipfeet.search.ranking import Results
from hipfeet.search.words import CONTENT, SearchContent, cleaned
from tests.html import squeezed
from tests.trials import examples
from tests.visitor import visitor

SYNONYMS = load_file(CONTENT, SearchContent).synonyms
BAD = [
    "AAVE",  # one slip from "have", a word too small to be searched for
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE pages; --",
    '"unfinished',
    'a"b"c',
    "NEAR(hip foot, 2)",
    "hip AND",
    "OR OR OR",
    "NOT hip",
    "title : hip",
    "{title names} : hip",
    "hip*",
    "*",
    "^hip",
    "hip + foot",
    "-hip",
    "(((hip",
    ")",
    "\x00",
    "hip\x00foot",
    "hip\r\nfoot\t\x1b[31m",
    "\ue000hip\ue001",
    "\u202ehip",
    "\ud800",
    "%s %d {0} {{ results }} {% url 'home' %}",
    "🦶🦵",
    "ﷺ" * 50,
    "a" * 10_000,
    "hip " * 2_500,
    "hip" + "\u0301" * 3_000,
    "''''",
    "……",
]


def found(results: Results) -> list[tuple[EntryKind, str]]:
    return [(group.kind, hit.document.title) for group in results.groups for hit in group.hits]


def snippets(results: Results) -> list[str]:
    return ["".join(p.text for p in hit.snippet) for group in results.groups for hit in group.hits]


@pytest.mark.parametrize(
    ("query", "kind", "title"),
    [
        # plain and Latin names
        ("kneecap", EntryKind.STRUCTURE, "Patella"),
        ("patella", EntryKind.STRUCTURE, "Patella"),
        ("shin bone", EntryKind.STRUCTURE, "Tibia"),
        ("shinbone", EntryKind.STRUCTURE, "Tibia"),
        ("thigh bone", EntryKind.STRUCTURE, "Femur"),
        ("heel bone", EntryKind.STRUCTURE, "Calcaneus"),
        ("os calcis", EntryKind.STRUCTURE, "Calcaneus"),
        ("ankle bone", EntryKind.STRUCTURE, "Talus"),
        ("tail bone", EntryKind.STRUCTURE, "Sacrum"),
        ("the outer arch", EntryKind.ARCH, "Lateral longitudinal arch"),
        ("inner arch", EntryKind.ARCH, "Medial longitudinal arch"),
        ("tailor's muscle", EntryKind.MUSCLE, "Sartorius"),
        ("fibularis longus", EntryKind.MUSCLE, "Peroneus longus"),
        # the field's short forms, and what it says in the gym
        ("glute med", EntryKind.MUSCLE, "Gluteus medius"),
        ("gmax", EntryKind.MUSCLE, "Gluteus maximus"),
        ("tib post", EntryKind.MUSCLE, "Tibialis posterior"),
        ("TFL", EntryKind.MUSCLE, "Tensor fasciae latae"),
        ("FHL", EntryKind.MUSCLE, "Flexor hallucis longus"),
        ("rolling in", EntryKind.TOPIC, "Rolling in (pronation)"),
        ("overpronation", EntryKind.TOPIC, "Rolling in (pronation)"),
        ("fallen arches", EntryKind.TOPIC, "Flat feet"),
        ("pes planus", EntryKind.TOPIC, "Flat feet"),
        ("clamshells", EntryKind.EXERCISE, "Side-lying leg lift"),
        ("hip hinge", EntryKind.EXERCISE, "Deadlift"),
        ("dead lift", EntryKind.EXERCISE, "Deadlift"),
        ("glute bridge", EntryKind.EXERCISE, "Bridge"),
        ("calf raises", EntryKind.EXERCISE, "Heel raise"),
        # questions
        ("what is a flat foot?", EntryKind.TOPIC, "Flat feet"),
        ("Weak hips cause flat feet", EntryKind.CLAIM, "“Weak hips cause flat feet”"),
        # case, accents, plurals, typing
        ("KNEECAP", EntryKind.STRUCTURE, "Patella"),
        ("glutéus MÉDIUS", EntryKind.MUSCLE, "Gluteus medius"),
        ("knee caps", EntryKind.STRUCTURE, "Patella"),
        ("bridges", EntryKind.EXERCISE, "Bridge"),
        ("glutius medius", EntryKind.MUSCLE, "Gluteus medius"),
        ("petella", EntryKind.STRUCTURE, "Patella"),
        ("neecap", EntryKind.STRUCTURE, "Patella"),
        ("pirriformis", EntryKind.MUSCLE, "Piriformis"),
        ("tibialus posteror", EntryKind.MUSCLE, "Tibialis posterior"),
        ("hamstirngs", EntryKind.MUSCLE, "Hamstrings"),
        ("deadlfit", EntryKind.EXERCISE, "Deadlift"),
        # beginnings of words
        ("pirif", EntryKind.MUSCLE, "Piriformis"),
        ("sartor", EntryKind.MUSCLE, "Sartorius"),
        # sources
        ("khamis 2007", EntryKind.SOURCE, "Khamis and Yizhar 2007"),
        ("10.1016/j.gaitpost.2006.02.005", EntryKind.SOURCE, "Khamis and Yizhar 2007"),
        ("16621569", EntryKind.SOURCE, "Khamis and Yizhar 2007"),
        # pages
        ("mirror check", EntryKind.PAGE, "The mirror check"),
        ("privacy", EntryKind.PAGE, "Privacy"),
    ],
)
def test_first_result_is_what_was_meant(query: str, kind: EntryKind, title: str) -> None:
    assert found(search(query))[0] == (kind, title)


@pytest.mark.parametrize(
    ("query", "kind", "title"),
    [
        ("glut", EntryKind.MUSCLE, "Gluteus maximus"),
        ("glut med", EntryKind.MUSCLE, "Gluteus medius"),
        ("butt", EntryKind.MUSCLE, "Gluteus maximus"),
        ("bum", EntryKind.MUSCLE, "Superficial gluteal group"),
        ("inner thigh", EntryKind.MUSCLE, "Adductor longus"),
        ("groin", EntryKind.MUSCLE, "Pectineus"),
        ("hip flexors", EntryKind.MUSCLE, "Psoas major"),
        ("hamstring", EntryKind.MUSCLE, "Hamstrings"),
        ("it band", EntryKind.MUSCLE, "Tensor fasciae latae"),
        ("sitting bone", EntryKind.MUSCLE, "Hamstrings"),
        ("calf", EntryKind.EXERCISE, "Heel raise"),
        ("plantar fasciitis", EntryKind.STRUCTURE, "Plantar fascia"),
        ("bottom of the foot", EntryKind.STRUCTURE, "Plantar fascia"),
        ("ball and socket", EntryKind.STRUCTURE, "Hip joint"),
        ("arches", EntryKind.ARCH, "Transverse arch"),
        ("foot", EntryKind.TOPIC, "Flat feet"),
        ("feet", EntryKind.TOPIC, "How hip and foot are connected"),
        ("red flags", EntryKind.TOPIC, "When to see someone"),
        ("my knee hurts", EntryKind.TOPIC, "When to see someone"),
        ("weak hips", EntryKind.CLAIM, "“Weak hips cause flat feet”"),
        ("insoles", EntryKind.TOPIC, "What helps adults with flat feet"),
    ],
)
def test_results_hold_what_was_meant(query: str, kind: EntryKind, title: str) -> None:
    assert (kind, title) in found(search(query))


SEE_SOMEONE = "When to see someone"


def first(query: str) -> str:
    return found(search(query))[0][1]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        # names before mentions
        ("psoas", "Psoas major"),
        ("adductors", "Adductor group"),
        ("gastrocnemius", "Gastrocnemius"),
        ("soleus", "Soleus"),
        ("hip flexors", "Hip flexors and ageing"),
        ("ankle", "Ankle joint"),
        ("piriformis syndrome", "Piriformis"),
        # pages to read before claims, words and sources
        ("tight hip flexors", "Tight or weak hips?"),
        ("weak hips", "Tight or weak hips?"),
        ("hamstring tightness", "Tight or weak hips?"),
        ("hip bursitis", "Why does the outer side of my hip hurt?"),
        ("outer hip pain", "Why does the outer side of my hip hurt?"),
        ("barefoot shoes", "Which shoes are good for flat feet?"),
        ("best shoes for flat feet", "Which shoes are good for flat feet?"),
        ("high heels", "Which shoes are good for flat feet?"),
        ("pregnancy", "What happens to feet in pregnancy?"),
        ("trendelenburg", "Gluteus medius and the foot"),
        ("how often should I exercise", "How progress works"),
        ("how long until I see results", "How progress works"),
        ("calf stretch", "How do I stretch my calves and hips?"),
        ("plantar fasciitis", "Why does my heel hurt, and what helps?"),
        ("heel pain", "Why does my heel hurt, and what helps?"),
        ("my heels hurt in the morning", "Why does my heel hurt, and what helps?"),
        ("arch support", "Do insoles help flat feet?"),
        ("are insoles worth it", "Do insoles help flat feet?"),
        ("fallen arches", "Flat feet"),
        ("my arches have dropped", "Flat feet"),
        ("how do I know if I have flat feet", "Flat feet"),
        ("are flat feet hereditary", "Flat feet"),
        ("feet", "Flat feet"),
        ("fix flat feet", "What helps adults with flat feet"),
        ("lower back pain", "Can tight or weak hips cause back pain?"),
        ("knee pain", "Can weak hips cause knee pain?"),
        ("running with flat feet", "Runners: weak hips and rolled-in feet"),
        ("ibuprofen", "Which painkillers help sore feet?"),
        ("overweight", "Does body weight matter for flat feet?"),
        ("desk job, standing all day", "What helps when you stand all day?"),
        ("pttd", "Do flat feet get worse?"),
        ("my toddler has flat feet", "My child has flat feet. Should I worry?"),
        ("flat feet exercises", "All exercises"),
        ("evidence", "All claims with their grades"),
        ("three arches", "Learn"),
        ("orthopedic shoes", "Which shoes are good for flat feet?"),
        ("how to start running", "Runners: weak hips and rolled-in feet"),
        ("bones of the foot", "All bones and joints"),
        ("is pain normal after exercise", "How progress works"),
        ("delete my account", "Privacy"),
    ],
)
def test_what_a_person_needs_comes_first(query: str, title: str) -> None:
    assert first(query) == title


@pytest.mark.parametrize(
    "query",
    [
        *(
            "foot drop",
            "I can't lift my foot",
            "dropped foot",
            "diabetes foot",
            "diabetic",
            "numb",
            "numb feet",
        ),
        *(
            "my foot is numb",
            "pins and needles",
            "tingling toes",
            "cold foot",
            "my foot is cold and blue",
            "cold feet",
        ),
        *(
            "calf swelling",
            "swollen calf",
            "calf is swollen and red",
            "calf pain",
            "swollen ankle",
            "hot red joint",
        ),
        *(
            "night pain",
            "hip pain at night",
            "fever",
            "cancer",
            "chest pain",
            "short of breath",
            "dizzy",
            "blood clot",
        ),
        *(
            "can't walk",
            "can't stand on tiptoe",
            "leg gives way",
            "weakness in one leg",
            "fracture",
            "sprained ankle",
        ),
        *(
            "one foot flatter than the other",
            "foot collapsed suddenly",
            "ulcer on foot",
            "lump on foot",
            "gout",
        ),
        *(
            "sciatica",
            "red flags",
            "podiatrist",
            "why do my feet hurt",
            "flat foot pain",
            "hip pain",
            "numb fet",
            "burning feet",
            "osteoporosis",
        ),
    ],
)
def test_signs_lead_to_when_to_see_someone_first(query: str) -> None:
    assert first(query) == SEE_SOMEONE


@pytest.mark.parametrize(
    "query",
    ["drop of the arch", "navicular drop", "short foot", "weak hips", "muscle numbers", "hip", "falling"],
)
def test_other_words_are_not_taken_for_signs(query: str) -> None:
    assert first(query) != SEE_SOMEONE


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("bow legs", "The hip"),
        ("bow-legged", "The hip"),
        ("pigeon toed", "The hip"),
        ("in-toeing", "The hip"),
        ("toe spacers", "What we changed from the article"),
        ("yoga", "How do I stretch my calves and hips?"),
        ("is walking good for flat feet", "Flat feet"),
        ("foam roller", "What helps adults with flat feet"),
        ("hip impingement", "The hip"),
        ("hip clicking", "The hip"),
        ("trendy flat feet", "Flat feet"),
        ("deadlift form", "Deadlift"),
        ("morton's neuroma", SEE_SOMEONE),
    ],
)
def test_what_is_not_here_is_said_with_what_comes_nearest(query: str, nearest: str) -> None:
    results = search(query)

    assert not results.all_words
    assert results.count <= NEAREST
    assert found(results)[0][1] == nearest


def test_what_is_called_absent_is_named_by_no_page_of_ours() -> None:
    asked = [words for synonym in SYNONYMS if synonym.absent for words in synonym.asked]
    titles = [document.title for document in index().documents if document.kind is not EntryKind.SOURCE]

    assert [words for words in asked if words in map(str.casefold, titles)] == []


def test_small_words_are_no_reason_to_find_a_page() -> None:
    assert [hit.document for group in search("what is the tibia?").groups for hit in group.hits] == [
        hit.document for group in search("tibia").groups for hit in group.hits
    ]


def test_names_people_type_lead_to_their_page_first() -> None:
    lost = [
        (document.title, name, first(name))
        for document in index().documents
        for name in document.asked
        if first(name) not in {document.title, SEE_SOMEONE}
    ]

    assert lost == []


def test_names_for_a_page_that_is_not_there_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = tmp_path / "search.toml"
    wrong.write_text(
        CONTENT.read_text(encoding="utf-8").replace("\nhip = [", "\nnowhere = ["), encoding="utf-8"
    )
    monkeypatch.setattr("hipfeet.search.CONTENT", wrong)
    search_content.cache_clear()

    with pytest.raises(ContentError, match=r"search\.toml: asked_for: names unknown keys: nowhere"):
        apps.get_app_config("hipfeet").ready()
    monkeypatch.undo()
    search_content.cache_clear()


def test_everything_is_found_by_its_title() -> None:
    lost = [
        document.title
        for document in index().documents
        if document not in [hit.document for group in search(document.title).groups for hit in group.hits]
    ]

    assert lost == []


def test_every_part_of_the_body_is_found_by_its_plain_and_other_names() -> None:
    lost = [
        name
        for document in index().documents
        if document.kind in {EntryKind.MUSCLE, EntryKind.STRUCTURE, EntryKind.ARCH, EntryKind.EXERCISE}
        for name in filter(None, (document.plain_name, *document.names))
        if (document.kind, document.title) not in found(search(name))
    ]

    assert lost == []


def test_every_synonym_leads_to_a_page() -> None:
    nowhere = [word for synonym in SYNONYMS for word in synonym.means if not index().holds(word)]

    assert nowhere == []
    assert [word for synonym in SYNONYMS for word in synonym.asked if not search(word).groups] == []


def test_every_word_people_type_stands_in_one_synonym_only() -> None:
    asked = [word for synonym in SYNONYMS for word in synonym.asked]

    assert sorted({word for word in asked if asked.count(word) > 1}) == []


@pytest.mark.parametrize(
    ("query", "instead"),
    [("glutius medius", "gluteus medius"), ("petella", "patella"), ("flat feeet", "flat feet")],
)
def test_guessed_spelling_is_said(query: str, instead: str) -> None:
    assert search(query).shown_for == instead


@pytest.mark.parametrize("query", ["gluteus medius", "glut", "arches", "knee caps", "strengthened", "hip"])
def test_known_words_are_not_corrected(query: str) -> None:
    assert search(query).shown_for == ""


@pytest.mark.parametrize("query", ["gout", "swelling", "arthrosis", "stroke", "pilates", "lumbago", "warts"])
def test_other_things_are_not_taken_for_a_slip(query: str) -> None:
    assert search(query).shown_for == ""


def test_words_that_stand_on_no_page_together_find_pages_with_some() -> None:
    results = search("khamis sartorius deadlift")

    assert not results.all_words
    assert {"Khamis and Yizhar 2007", "Sartorius", "Deadlift"} <= {title for _, title in found(results)}


def test_all_words_are_asked_for_first() -> None:
    results = search("heel raise calf")

    assert results.all_words
    assert (EntryKind.EXERCISE, "Heel raise") in found(results)
    assert results.count < search("heel raise").count


def test_groups_follow_the_reading_order_and_sources_come_last() -> None:
    kinds = [group.kind for group in search("foot").groups]

    assert kinds[0] is EntryKind.TOPIC
    assert kinds[-1] is EntryKind.SOURCE


def test_group_shows_its_nearest_and_counts_them_all() -> None:
    (sources,) = (group for group in search("foot").groups if group.kind is EntryKind.SOURCE)

    assert len(sources.hits) == SHOWN_IN_A_GROUP < sources.count


def test_snippet_marks_the_words_where_they_stand() -> None:
    snippet = search("kneecaps inward").groups[0].hits[0].snippet

    marked = {part.text.casefold() for part in snippet if part.found}
    assert marked & {"kneecap", "kneecaps", "inward", "patella"}
    assert any(not part.found for part in snippet)


def test_claim_is_never_shown_without_its_grade() -> None:
    assert all(document.grade for document in index().documents if document.kind is EntryKind.CLAIM)


def test_what_others_say_is_found_but_not_shown_as_ours() -> None:
    topic = catalogue().topics["corrections"]
    quotes = [p for block in blocks_in(topic) if block.quotes_others for p in block.paragraphs]
    (document,) = (document for document in index().documents if document.title == topic.title)

    assert quotes
    assert not [quote for quote in quotes if quote in " ".join(document.passages)]
    assert all((EntryKind.TOPIC, topic.title) in found(search(quote)) for quote in quotes[:3])


def test_long_query_is_cut_and_says_so() -> None:
    results = search("kneecap " * 9)

    assert results.cut
    assert results.asked == " ".join(["kneecap"] * MOST_WORDS)
    assert not search("kneecap " * MOST_WORDS).cut
    assert search("a" * (MOST_CHARACTERS + 1)).cut


@pytest.mark.parametrize("query", ["", "   ", "\x00", "…", "🦶"])
def test_nothing_asked_finds_nothing(query: str) -> None:
    assert search(query).groups == ()


def test_same_query_gives_the_same_results_from_any_thread() -> None:
    queries = ["foot", "kneecap", "glutius medius", "hip flexors", "weak hips cause flat feet"] * 6
    alone = [search(query) for query in queries]

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(search, queries))

    assert together == alone


@pytest.mark.parametrize("query", BAD, ids=lambda query: repr(query[:20]))
def test_bad_input_is_only_text(query: str) -> None:
    results = search(query)

    assert len(results.query) <= MOST_CHARACTERS
    assert results == search(query)
    assert not re.search("[\ue000\ue001]", "".join(snippets(results)))


@given(st.text(st.characters(), max_size=300) | st.text("\"*()-+:^{}ANDORhipfoot \x00<>'", max_size=60))
def test_any_text_can_be_searched_for(text: str) -> None:
    results = search(text)

    assert cleaned(results.query) == results.query
    assert all(group.count >= len(group.hits) > 0 for group in results.groups)


# --- the page --------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db  # which counts how often one address searches (hipfeet/views.py)


def page(query: str) -> str:
    response = Client().get("/search/", {"q": query})
    assert response.status_code == 200
    return squeezed(response.content.decode())


def test_header_of_a_page_holds_a_search_and_that_of_a_task_does_not() -> None:
    header = re.compile(r"<header class=\"top\">.*?</header>", re.S)
    learn, task = (
        header.search(Client().get(address).content.decode()) for address in ("/learn/", "/check/turning/")
    )

    assert learn
    assert re.search(
        r'<form class="find" action="/search/" role="search"[^>]*>\s*<input type="search" name="q"', learn[0]
    )
    assert re.search(r'<a class="you find" href="/search/" aria-label="Search"', learn[0])
    assert task is None or "/search/" not in task[0]


def test_page_says_that_nothing_is_here_before_it_shows_what_comes_near() -> None:
    html = page("bow legs")

    assert "Nothing here about ‘bow legs’, but this comes near" in html
    assert 'href="/learn/hip/"' in html
    assert "results for" not in html


def test_every_document_has_an_address_that_answers() -> None:
    wanted = {(document.page, document.slug) for document in index().documents}

    refused = [
        (name, slug)
        for name, slug in sorted(wanted)
        # the check and the plan ask the database for a person's own things
        if name not in {"check", "plan"}
        and visitor().get(reverse(name, args=[slug] if slug else [])).status_code != 200
    ]

    assert refused == []


def test_word_is_linked_to_its_place_in_the_glossary() -> None:
    term = next(document for document in index().documents if document.kind is EntryKind.TERM)

    assert f'href="{reverse("glossary")}#{term.place}"' in page(term.title)
    assert f'id="{term.place}"' in Client().get(reverse("glossary")).content.decode()


def test_page_shows_count_group_link_grade_and_snippet() -> None:
    html = page("weak hips cause flat feet")

    assert re.search(r"\d+ results for ‘weak hips cause flat feet’", html)
    assert "<h2>Evidence</h2>" in html
    assert '<a href="/evidence/weak-hips-cause-flat-feet/">“Weak hips cause flat feet”</a>' in html
    assert '<span class="grade very-low">Very low certainty</span>' in html
    assert "<mark>" in html
    assert html.count("<h1>") == 1
    assert '<meta name="robots" content="noindex">' in html


def test_page_keeps_the_query_in_the_field_and_needs_no_token() -> None:
    html = page('glute "med" & <b>')

    assert 'value="glute &quot;med&quot; &amp; &lt;b&gt;"' in html
    assert "csrfmiddlewaretoken" not in html
    assert '<label class="q" for="search">' in html


def test_page_says_what_it_shows_instead_of_a_misspelling() -> None:
    html = page("<petella>")

    assert "shown for ‘patella’" in html
    assert "You typed ‘&lt;petella&gt;’" in html


def test_page_without_a_result_says_what_to_try() -> None:
    html = page("qwertzuiop")

    assert "Nothing here about ‘qwertzuiop’" in html
    assert 'href="/learn/when-to-see-someone/"' in html
    assert "Check the spelling" in html
    assert all(f'href="{reverse(name)}"' in html for name in ("learn", "muscles", "glossary"))


def test_page_without_a_query_says_what_can_be_found() -> None:
    html = Client().get("/search/").content.decode()

    assert "What you can find" in html
    assert 'href="/search/?q=kneecap"' in html
    assert "Nothing here" not in html


def test_every_example_finds_something() -> None:
    examples = re.findall(r'href="/search/\?q=([^"]+)"', Client().get("/search/").content.decode())

    assert examples
    assert all(search(example.replace("+", " ")).groups for example in examples)


def test_unknown_address_offers_to_search() -> None:
    html = Client().get("/nowhere/").content.decode()

    assert 'action="/search/"' in html


@pytest.mark.parametrize(
    "query", [text for text in BAD if text != "\ud800"], ids=lambda text: repr(text[:20])
)
def test_page_for_bad_input_is_a_page(query: str) -> None:
    html = page(query)

    assert "alert(1)</script>" not in html
    assert "<img src=x" not in html
    assert "\x00" not in html


@given(st.text(st.characters(codec="utf-8"), max_size=80))
@settings(max_examples=examples(60))
def test_page_holds_whatever_was_typed_as_text_only(text: str) -> None:
    html = page(f"<zq {text} zq>")

    assert "<zq" not in html
    assert "zq>" not in html
    assert "<zq" in unescape(html)


def test_visitor_costs_one_statement_which_counts_them(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        page("kneecap")


def test_raw_address_with_broken_bytes_is_answered() -> None:
    assert Client().get("/search/?q=%ff%00%ed%a0%80&q[]=1").status_code == 200
    assert Client().get("/search/?x=1").status_code == 200
    assert Client().post("/search/", {"q": "hip"}).status_code == 405
