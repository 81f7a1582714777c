"""What people ask: each page gives its answer first, then why, how sure, when to see someone, and what next."""

import re

from anatomy.catalogue import catalogue
from tests.every import for_every
from tests.visitor import public_page

QUESTIONS = {
    "shoes",
    "insoles",
    "heel_pain",
    "does_it_get_worse",
    "body_weight",
    "standing_all_day",
    "children",
    "pregnancy",
    "outer_hip_pain",
    "hips_and_knee",
    "hips_and_back",
    "stretching",
    "surgery",
    "painkillers",
}
MOST_WORDS = 480


def words(html: str) -> list[str]:
    main = html.partition("<h1")[2].partition('id="notes-title"')[0]
    return re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main, flags=re.DOTALL).split()


def test_every_question_has_its_page() -> None:
    assert set(catalogue().questions) == QUESTIONS


@for_every(catalogue().questions)
def test_a_question_is_asked_and_answered_in_order(key: str) -> None:
    question = catalogue().questions[key]
    headings = [section.heading for section in question.sections]

    assert question.title.endswith("?")
    assert len(question.lead.text.split()) <= 60
    assert headings[-2:] == ["When to see someone", "What next"]
    assert any("how sure we are" in heading.lower() for heading in headings)


@for_every(catalogue().questions)
def test_a_question_leads_on_and_can_be_read_in_two_minutes(key: str) -> None:
    question = catalogue().questions[key]

    assert question.topics
    assert len(words(public_page(f"/learn/questions/{question.slug}/"))) <= MOST_WORDS


def test_a_question_says_in_the_words_of_schema_org_what_is_asked_and_answered() -> None:
    html = public_page("/learn/questions/shoes/")

    assert 'itemtype="https://schema.org/FAQPage"' in html
    assert 'itemprop="name">Which shoes are good for flat feet?<' in html
    assert 'itemprop="acceptedAnswer"' in html


def test_learn_and_the_topics_lead_to_the_questions() -> None:
    address = "/learn/questions/shoes/"

    for page in (
        "/learn/",
        "/learn/questions/",
        "/learn/what-helps-adults/",
        "/learn/muscles/abductor-hallucis/",
    ):
        assert f'href="{address}"' in public_page(page), page


def test_the_stretches_are_shown_with_their_pictures() -> None:
    html = public_page("/learn/questions/stretching/")

    for name in ("Calf at the wall", "Front of the hip, kneeling", "Front of the hip, standing"):
        assert f'aria-label="{name}, end"' in html
