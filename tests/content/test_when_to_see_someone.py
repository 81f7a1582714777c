"""“When to see someone” says of each sign what the safety questions of the check and of a workout say of it."""

from anatomy.catalogue import catalogue
from anatomy.entries import Section
from assessments.rules.safety_content import safety_content
from tests.visitor import public_page

PAGE = catalogue().topics["when_to_see_someone"]
BEGINS = {"emergency": "Now", "today": "Today", "urgent": "Within days"}
# The words for each safety question that cannot wait: in "In short", and in a passage of the page.
SIGNS = {
    "RF1": ("after an accident", "cannot put weight on the leg"),
    "RF2": ("Newly numb between the legs", "newly numb between the legs"),
    "RF21": ("cold, pale or blue", "cold, pale or blue"),
    "RF23": ("Sudden short breath or chest pain", "suddenly short of breath, or if your chest hurts"),
    "RF22": ("one calf painful and swollen", "one calf is painful"),
    "RF3": ("hot, red and swollen", "hot, red and swollen"),
    "RF4": ("With diabetes", "With diabetes"),
    "SL1": ("close to fainting", "near fainting"),
    "RF11": ("strong pain at night or at rest", "strong pain at night or at rest"),
    "SL2": ("a joint giving way", "gives way"),
}


def test_every_sign_that_cannot_wait_stands_where_its_safety_question_puts_it() -> None:
    known = safety_content()
    pressing = {
        key: BEGINS[question.level]
        for key, question in known.questions.items()
        if question.level in BEGINS and not question.followed_by
    }
    short = {begins: [p.text for p in PAGE.short if p.text.startswith(begins)] for begins in BEGINS.values()}

    assert set(SIGNS) == set(pressing)
    for key, begins in pressing.items():
        in_short, in_full = SIGNS[key]
        assert in_short in short[begins][0], key
        assert any(in_full in passage.text for passage in section(begins).passages), key


def test_signs_are_points_of_a_list() -> None:
    html = public_page("/learn/when-to-see-someone/")

    for begins in BEGINS.values():
        part = html.split(f">{section(begins).heading}</h2>")[1].split("</section>")[0]
        assert part.count("<li>") == len(section(begins).passages)


def section(begins: str) -> Section:
    (found,) = (each for each in PAGE.sections if each.heading.startswith(begins))
    return found
