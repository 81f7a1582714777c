"""Words that lead on: generated from the names of things, first use only."""

from django.template import Context, Template
from django.test import RequestFactory

from anatomy.blocks import Basis, Block
from anatomy.catalogue import catalogue
from anatomy.linking import linked


def targets(text: str, seen: set[str] | None = None) -> list[tuple[str, str]]:
    return [(piece, target.key) for piece, target in linked(text, set() if seen is None else seen) if target]


def test_names_of_parts_and_words_of_the_glossary_are_found() -> None:
    assert targets("Gluteus medius takes the leg out (abduction), and the kneecap follows.") == [
        ("Gluteus medius", "gluteus_medius"),
        ("abduction", "abduction"),
        ("kneecap", "patella"),
    ]


def test_pieces_put_together_are_the_text() -> None:
    text = "The talus lies on the heel bone. The talus again; tibialis posterior & more."

    assert "".join(piece for piece, _ in linked(text, set())) == text


def test_only_the_first_use_on_a_page_is_linked() -> None:
    seen: set[str] = set()

    assert targets("The talus and the talus.", seen) == [("talus", "talus")]
    assert targets("The talus once more.", seen) == []


def test_a_page_does_not_link_to_itself() -> None:
    assert targets("The talus is a bone.", {"talus"}) == []


def test_a_word_inside_a_longer_word_is_not_linked() -> None:
    assert targets("The calcaneus-like shape, subtalus, talused.") == []


def test_more_than_one_is_linked_too() -> None:
    assert targets("Both kneecaps look in.") == [("kneecaps", "patella")]


def test_the_longer_name_wins() -> None:
    assert targets("Adductor magnus helps.") == [("Adductor magnus", "adductor_magnus")]


def rendered(block: Block, about: str = "") -> str:
    request = RequestFactory().get("/")
    return Template("{% load reference %}{% words block %}{% words block %}").render(
        Context({"request": request, "block": block, "about": about})
    )


def test_words_on_a_page_link_once_and_are_escaped() -> None:
    html = rendered(Block(text="Talus & <b>navicular</b>.", basis=Basis.DESIGN_CHOICE))

    assert html.count('<a class="term" href="/learn/bones-and-joints/talus/">Talus</a>') == 1
    assert "&amp; &lt;b&gt;" in html
    assert "<b>" not in html


def test_glossary_word_leads_to_its_line() -> None:
    term = next(iter(catalogue().glossary.values()))

    html = rendered(Block(text=f"{term.name}.", basis=Basis.DESIGN_CHOICE))

    assert f'href="/glossary/#{term.slug}"' in html
