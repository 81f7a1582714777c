"""A reader in a real browser: from a question to a muscle and its evidence, by keyboard and without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from anatomy.catalogue import catalogue
from tests.journeys.accessible import tree
from tests.journeys.conftest import NewPage

pytestmark = pytest.mark.browser

LONGEST_TOPIC = 5_000  # pixels
MUSCLE = "/learn/muscles/gluteus-medius/"


def test_reader_finds_a_plain_word_and_follows_it_to_the_evidence_without_javascript(
    new_page: NewPage,
) -> None:
    page = new_page(javascript=False)
    page.goto("/learn/")

    page.get_by_label("Search this guide").fill("glute med")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Gluteus medius", exact=True).first.click()
    expect(page).to_have_url(re.compile(f"{MUSCLE}$"))
    page.locator("a.grade").first.click()

    expect(page.get_by_role("heading", name="Limits")).to_be_visible()
    expect(page.get_by_role("heading", name="Against")).to_be_visible()


def test_header_finds_by_keyboard_without_javascript_and_is_a_link_on_a_phone(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/learn/flat-feet/")
    field = page.get_by_role("searchbox", name="Search everything")
    field.focus()
    page.keyboard.type("my foot is numb")
    page.keyboard.press("Enter")

    expect(page.locator(".results a").first).to_have_text("When to see someone")

    page.set_viewport_size({"width": 390, "height": 664})
    expect(field).to_be_hidden()
    page.locator(".top").get_by_role("link", name="Search").click()
    expect(page).to_have_url(re.compile("/search/$"))


def test_a_claim_on_a_topic_is_one_graded_line_that_leads_to_its_page(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto("/learn/hip-foot-connection/")
    line = page.locator("li:has(a[href='/evidence/weak-hips-cause-flat-feet/'])").last
    expect(line.locator(".grade")).to_contain_text("very low")

    line.get_by_role("link").click()

    expect(page.get_by_role("heading", name="Limits")).to_be_visible()


def test_the_contents_lead_into_a_folded_section_and_open_it(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto("/learn/corrections/")

    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="What we changed in the training").click()

    expect(page.locator("#what-we-changed-in-the-training")).to_be_in_viewport()


def test_no_topic_is_longer_than_5000_px_on_a_phone_and_its_plates_name_their_parts_there(
    new_page: NewPage,
) -> None:
    page = new_page(javascript=False)
    page.set_viewport_size({"width": 390, "height": 664})
    too_long = {}
    for topic in catalogue().topics.values():
        page.goto(f"/learn/{topic.slug}/")
        length = page.evaluate("document.fonts.ready.then(() => document.documentElement.scrollHeight)")
        if length > LONGEST_TOPIC:
            too_long[topic.key] = length

    assert too_long == {}
    page.goto("/learn/gluteus-medius-and-the-foot/")
    expect(page.locator(".plate li a[aria-current=true]")).to_have_text("Gluteus medius")
    expect(page.locator(".plate li", has_text="Kneecap")).to_be_visible()


def test_misspelt_word_is_found_and_said(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/search/?q=glutius")

    expect(page.locator("main")).to_contain_text("You typed ‘glutius’")
    expect(page.get_by_role("link", name="Gluteus medius", exact=True).first).to_be_visible()


def test_claims_are_filtered_without_javascript_and_the_choice_is_kept(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto("/evidence/")

    page.get_by_label("How sure").select_option("Very low certainty")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_label("How sure")).to_have_value("very-low")
    expect(page.locator("section:has(li) .grade").first).to_have_text("Very low certainty")


def test_word_leads_to_its_line_in_the_glossary_and_back(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/learn/flat-feet/")
    word = page.locator("a.term[href^='/glossary/']").first
    said = word.inner_text()

    word.click()

    place = page.locator(":target")
    expect(place).to_be_in_viewport()
    assert said.lower().rstrip("s")[:4] in place.inner_text().lower()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Flat feet")


def test_note_leads_to_what_the_sentence_rests_on(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/learn/flat-feet/")

    page.locator("a.note").first.click()

    expect(page.locator(".notes :target")).to_be_in_viewport()
    assert ("link", "Source 1") in [(node.role, node.name) for node in tree(page)]


# --- plates ----------------------------------------------------------------------------------------------


def focused(page: Page) -> Iterator[Locator]:
    """What the Tab key reaches, one after the other."""
    for _ in range(200):
        page.keyboard.press("Tab")
        yield page.locator(":focus")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_muscle_of_the_map_is_reached_and_opened_by_keyboard(new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    page.goto("/learn/muscles/")
    wanted = set(
        page.locator("figure svg a:not([tabindex])").evaluate_all("links => links.map(a => a.dataset.part)")
    )
    assert {"gluteus_maximus", "piriformis", "adductor_longus", "psoas_major"} <= wanted

    met = {}
    for _view in ("Front", "Back", "Side"):
        for element in focused(page):
            part = element.evaluate("e => e.closest('svg') && e.dataset.part")
            if part and part not in met:
                met[part] = element.evaluate("e => getComputedStyle(e).outlineStyle")
            if element.evaluate("e => Boolean(e.closest('footer'))"):
                break
        page.locator("input[name=view]:checked").focus()
        page.keyboard.press("ArrowRight")

    assert set(met) == wanted
    assert "none" not in met.values()
    page.get_by_label("Back", exact=True).check()
    page.locator("figure svg a[data-part='piriformis']:visible:not([tabindex])").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Piriformis")


def test_plate_is_a_named_group_of_named_links_to_assistive_technology(new_page: NewPage) -> None:
    page = new_page()
    page.goto(MUSCLE)

    seen = tree(page)

    [plate] = [node for node in seen if node.role == "group" and "buttock" in node.name]
    assert plate.name == "The buttock and the outer hip, from the side"
    assert "Gluteus maximus lies behind" in plate.description
    names = [node.name for node in seen if node.role == "link"]
    # Once on the plate, once in the list below it; the shapes themselves are for the pointer only.
    assert names.count("Gluteus maximus, the big buttock muscle") == 1
    assert "Gluteus maximus" in names


def test_part_of_the_page_is_lit_and_says_so(new_page: NewPage) -> None:
    page = new_page()
    page.goto(MUSCLE)

    lit = page.locator("figure svg a.lit")

    assert set(lit.evaluate_all("links => links.map(a => a.dataset.part)")) == {"gluteus_medius"}
    assert set(lit.evaluate_all("links => links.map(a => a.getAttribute('aria-current'))")) == {"true"}


def test_the_map_shows_one_view_at_a_time_and_all_three_on_paper(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto("/learn/muscles/")
    shown = page.locator(".map figure:visible figcaption")

    expect(shown).to_have_text(["The four muscle groups of the hip, from the front"])
    page.get_by_label("Back", exact=True).check()
    expect(shown).to_have_text(["The four muscle groups of the hip, from behind"])
    page.emulate_media(media="print")
    expect(shown).to_have_count(3)


def test_pointing_at_a_muscle_and_clicking_it_opens_its_page(new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.goto("/learn/muscles/")
    page.get_by_label("Back", exact=True).check()

    page.locator("figure svg a[data-part='gluteus_maximus'][tabindex='-1'] path.muscle").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Gluteus maximus")


@pytest.mark.parametrize("address", ["/learn/muscles/", "/learn/hip-foot-connection/", "/learn/flat-feet/"])
def test_words_on_plates_are_large_enough_to_read_on_a_phone(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(address)

    heights = page.evaluate(
        """() => [...document.querySelectorAll('figure svg text')]
          .filter(text => text.getClientRects().length)
          .map(text => parseFloat(getComputedStyle(text).fontSize)
            * text.closest('svg').getBoundingClientRect().width / text.closest('svg').viewBox.baseVal.width)"""
    )

    assert heights
    assert min(heights) >= 12


@pytest.mark.parametrize(
    "address", [MUSCLE, "/learn/hip-foot-connection/", "/glossary/", "/evidence/", "/search/?q=arch"]
)
def test_page_holds_at_320_pixels_with_text_twice_as_large(new_page: NewPage, address: str) -> None:
    page = new_page(width=320)
    page.goto(address)

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_printed_topic_keeps_its_text_and_leaves_out_what_paper_cannot_use(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/learn/flat-feet/")

    page.emulate_media(media="print")

    expect(page.locator(".notes")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("heading", name="Read on")).to_be_hidden()
