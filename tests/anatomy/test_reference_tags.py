"""The tags every app shows reviewed prose with."""

from django.template import Context, Template
from django.test import RequestFactory

from anatomy.blocks import Basis, Block
from anatomy.catalogue import catalogue
from anatomy.entries import Passage
from tests.html import squeezed


def rendered(tag: str, **context: object) -> str:
    return Template("{% load reference %}" + tag).render(Context(context))


def test_prose_shows_paragraphs_and_links_its_source() -> None:
    html = squeezed(rendered("{% prose block %}", block=Block(text="One.\n\nTwo.", sources=("khamis_2007",))))

    assert "<p>One.</p>" in html
    assert "<p>Two.<br>" in html
    assert '<a href="/sources/khamis-2007/">Khamis and Yizhar 2007</a>' in html


def test_prose_names_the_page_that_anatomy_was_checked_at() -> None:
    textbook = rendered(
        "{% prose block %}",
        block=Block(text="Bone.", basis=Basis.TEXTBOOK, checked_at="https://www.example.org/bone"),
    )

    assert 'Textbook anatomy, checked at <a href="https://www.example.org/bone"' in squeezed(textbook)
    assert ">example.org</a>" in textbook


def test_what_no_study_tested_is_one_note_of_a_numbered_page() -> None:
    ours, careful = Block(text="Ours.", basis=Basis.DESIGN_CHOICE), Block(text="Care.", basis=Basis.SAFETY)

    html = squeezed(
        rendered(
            "{% prose ours %}{% prose careful %}{% prose ours %}{% notes %}",
            ours=ours,
            careful=careful,
            numbered=True,
            request=RequestFactory().get("/"),
        )
    )

    assert html.count('href="#note-1"') == 2
    assert html.count("Our own choice</a>; no study tested it.") == 1
    assert html.count("Usual safety advice</a>; no study is behind it.") == 1


def test_prose_calls_a_secondary_page_so() -> None:
    html = rendered("{% prose block %}", block=Block(text="Toe.", sources=("physiopedia_jack_test",)))

    assert "(secondary page)" in html


def test_prose_escapes_what_it_shows() -> None:
    html = rendered("{% prose block %}", block=Block(text="a < b", basis=Basis.DESIGN_CHOICE))

    assert "a &lt; b" in html


def test_prose_of_a_graded_passage_carries_the_chip() -> None:
    passage = Passage(text="It turns.", sources=("khamis_2007",), claim="foot_tilt_turns_leg")

    html = rendered("{% prose passage %}", passage=passage)

    assert '<a class="grade moderate" href="/evidence/foot-tilt-turns-leg/">' in html


def test_grade_chip_takes_a_claim_or_its_key() -> None:
    claim = catalogue().claims["weak_hips_cause_flat_feet"]

    by_claim = rendered("{% grade_chip claim %}", claim=claim)
    by_key = rendered('{% grade_chip "weak_hips_cause_flat_feet" %}')

    assert by_claim == by_key
    assert '<a class="grade very-low"' in by_key
    assert "How sure: very low" in by_key


def test_rests_on_names_each_page_once() -> None:
    bone = Block(text="Bone.", basis=Basis.TEXTBOOK, checked_at="https://example.org/bone")

    assert rendered("{% rests_on one two %}", one=bone, two=bone).count("example.org/bone") == 1


def test_source_list_shows_each_source_as_in_the_bibliography() -> None:
    html = rendered("{% source_list keys %}", keys=["khamis_2007", "fischer_2018"])

    assert html.count("<li>") == 2
    assert "<cite>Gait &amp; Posture</cite>" in html
