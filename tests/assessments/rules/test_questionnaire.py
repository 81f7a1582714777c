"""The questionnaire: what is asked next, of whom, and what bad content does."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anatomy.blocks import ContentError
from anatomy.catalogue import catalogue
from assessments.rules.questionnaire import (
    CONTENT,
    PAIN,
    SIDES,
    Questionnaire,
    load_questionnaire,
    questionnaire,
)
from assessments.rules.safety_content import load_safety
from assessments.rules.scoring import load_decision_table
from tests.builders_check import LONGEST, ORDINARY, Answered, both_sides, every_state_of_one_side
from tests.trials import examples

# After each answer on both sides: the page that comes next. Before it, everything up to it is answered.
USUAL = {"toes": "straight", "knees_usual": "not_in"}
LOW = USUAL | {"knees": "forward", "arch": "flat"}
UP_TO = {
    "toes": {},
    "knees_usual": {"toes": "straight"},
    "knees": USUAL,
    "arch": USUAL | {"knees": "in"},
    "can_turn": USUAL | {"knees": "in", "arch": "flat"},
    "arch_turned": USUAL | {"knees": "in", "arch": "flat", "can_turn": "yes"},
    "flatter": LOW,
    "tiptoe_arch": LOW | {"flatter": "no"},
    "sitting_arch": LOW | {"flatter": "no", "tiptoe_arch": "absent"},
}
NEXT = [
    *(("toes", value, "notice") for value in ("in", "straight", "out", "unsure")),  # half a page
    *(("knees_usual", value, "set_up") for value in ("in", "not_in", "unsure")),
    *(("knees", value, "arch") for value in ("in", "forward", "out", "unsure")),
    *(("arch", value, "turn_out") for value in ("flat", "low", "normal", "high", "unsure")),
    ("can_turn", "yes", "turn_out"),  # half a page
    ("can_turn", "no", "flatter"),
    ("can_turn", "unsure", "flatter"),
    *(("arch_turned", value, "flatter") for value in ("higher", "same", "lower", "unsure")),
    *(("flatter", value, "tiptoe") for value in ("yes", "no", "unsure")),
    ("tiptoe_arch", "present", "pain"),
    ("tiptoe_arch", "cannot", "pain"),
    ("tiptoe_arch", "absent", "sit"),
    ("tiptoe_arch", "unsure", "sit"),
    *(("sitting_arch", value, "pain") for value in ("present", "absent", "unsure")),
]


def stored(seen: dict[str, str]) -> dict[str, dict[str, str]]:
    return {key: {"left": value, "right": value} for key, value in seen.items()}


@pytest.mark.parametrize(("question", "value", "page"), NEXT)
def test_answer_leads_to_its_next_page(question: str, value: str, page: str) -> None:
    answers = stored(UP_TO[question] | {question: value})

    assert questionnaire().next_page(answers) == page


def test_every_answer_of_every_sided_question_has_its_next_page_tested() -> None:
    tested = {(question, value) for question, value, _ in NEXT}

    assert tested == {
        (one.key, value) for one in questionnaire().in_order if one.sided for value in one.values
    }


@pytest.mark.parametrize(
    ("arch", "page"),
    [("flat", "flatter"), ("low", "flatter"), ("normal", "pain"), ("high", "pain"), ("unsure", "pain")],
)
@pytest.mark.parametrize("knees", ["forward", "out", "unsure"])
def test_arch_without_a_kneecap_that_looks_in_goes_past_the_turning(knees: str, arch: str, page: str) -> None:
    answers = stored(USUAL | {"knees": knees, "arch": arch})

    assert questionnaire().next_page(answers) == page


@pytest.mark.parametrize("value", ["none", "mild"])
def test_pain_without_a_place_ends_the_questions(value: str) -> None:
    answers = both_sides(**ORDINARY | {"pain": value})

    assert questionnaire().next_page(answers) == "answers"


def test_strong_pain_is_answered_only_with_its_place() -> None:
    answers = both_sides(**ORDINARY | {"pain": "stop"})

    assert questionnaire().next_page(answers) == "pain"

    answers["pain"]["where"] = "left"

    assert questionnaire().next_page(answers) == "answers"


def test_first_page_after_the_safety_list_is_the_first_do_page() -> None:
    assert questionnaire().next_page({}) == "notice"


def test_ordinary_foot_has_10_pages() -> None:
    assert len(questionnaire().path(both_sides(**ORDINARY))) == 10


def test_longest_way_has_17_pages_and_passes_every_page() -> None:
    path = questionnaire().path(both_sides(**LONGEST))

    assert len(path) == 17
    assert path == list(questionnaire().order)


def test_every_way_through_has_10_to_17_pages() -> None:
    pages = {len(questionnaire().path(state)) for state in every_state_of_one_side()}

    assert pages == {10, 12, 13, 15, 17}


def test_every_way_through_ends_with_the_answers_and_back_leads_all_the_way_to_the_start() -> None:
    check = questionnaire()
    ways = {tuple(check.path(state)): state for state in every_state_of_one_side()}
    for path, state in ways.items():
        back = [path[-1]]
        while back[-1] != "start":
            back.append(check.page_before(back[-1], state))

        assert path[-3:] == ("pain", "answers", "result")
        assert back == list(path[::-1])

    assert len(ways) > 5


def answered_at_random(check: Questionnaire, data: st.DataObject, answers: Answered) -> Answered:
    """The answers with every open question answered, one after the other."""
    while (question := check.first_unanswered(answers)) is not None:
        sides = check.asked_sides(question, answers)
        answers = {
            **answers,
            question.key: {side: data.draw(st.sampled_from(question.values)) for side in sides},
        }
        if question.key == PAIN and answers[PAIN]["value"] == "stop":
            answers[PAIN]["where"] = data.draw(st.sampled_from(["left", "right", "both", "elsewhere"]))
    return answers


@settings(max_examples=examples(300))
@given(data=st.data())
def test_change_keeps_what_is_still_asked_drops_the_rest_and_asks_only_what_is_new(
    data: st.DataObject,
) -> None:
    check = questionnaire()
    before = answered_at_random(check, data, {})
    key = data.draw(st.sampled_from([key for key in before if key != PAIN]))
    side = data.draw(st.sampled_from(sorted(before[key])))
    value = data.draw(st.sampled_from(check.questions[key].values))

    after = check.kept({**before, key: {**before[key], side: value}})
    asked = {
        (question.key, one)
        for question in check.in_order
        for one in check.asked_sides(question, after)
        if one not in after.get(question.key, {})
    }

    assert check.kept(after) == after
    assert check.kept(before) == before
    for question, sides in after.items():
        assert sides.items() <= {**before[question], **({side: value} if question == key else {})}.items()
    # Whatever is asked now belongs to the changed side, and was not asked before.
    assert all(one == side and one not in before.get(question, {}) for question, one in asked)
    assert value != before[key][side] or (after == before and not asked)
    other = "right" if side == "left" else "left"
    assert all(
        other not in sides or after[question].get(other) == sides[other] for question, sides in before.items()
    )

    whole = answered_at_random(check, data, after)
    assert check.next_page(whole) == "answers"
    assert 10 <= len(check.path(whole)) <= 17


def test_back_leads_along_the_path_of_these_answers() -> None:
    answers = both_sides(**ORDINARY)

    assert questionnaire().page_before("pain", answers) == "arch"
    assert questionnaire().page_before("toes", answers) == "notice"
    assert questionnaire().page_before("notice", answers) == "right_now"


def test_changing_the_kneecap_drops_the_answers_of_the_branch_it_closes() -> None:
    answers = both_sides(**LONGEST)

    kept = questionnaire().kept({**answers, "knees": {"left": "forward", "right": "in"}})

    assert kept["can_turn"] == {"right": "yes"}
    assert kept["knees_usual"] == answers["knees_usual"]
    assert kept["arch_turned"] == {"right": "higher"}
    assert kept["tiptoe_arch"] == answers["tiptoe_arch"]


def test_changing_an_early_answer_drops_what_hangs_on_it_at_every_depth() -> None:
    answers = both_sides(**LONGEST)

    kept = questionnaire().kept({**answers, "arch": {"left": "normal", "right": "high"}})

    assert not {"flatter", "tiptoe_arch", "sitting_arch"} & set(kept)
    assert kept["arch_turned"] == answers["arch_turned"]


def test_place_of_a_pain_goes_with_the_pain() -> None:
    kept = questionnaire().kept({"pain": {"value": "mild", "where": "left"}})

    assert kept == {"pain": {"value": "mild"}}


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("can_turn", {"knees": {"left": "in", "right": "unsure"}}),
        ("arch_turned", {"can_turn": {"left": "yes", "right": "no"}}),
        ("flatter", {"arch": {"left": "low", "right": "high"}}),
        ("tiptoe_arch", {"arch": {"left": "flat", "right": "unsure"}}),
        ("sitting_arch", {"tiptoe_arch": {"left": "unsure", "right": "cannot"}}),
    ],
)
def test_branch_asks_only_the_side_whose_answer_opens_it(
    question: str, earlier: dict[str, dict[str, str]]
) -> None:
    check = questionnaire()

    assert check.asked_sides(check.questions[question], earlier) == ("left",)


def test_side_whose_branch_opens_later_makes_its_question_open_again() -> None:
    answers = both_sides(**ORDINARY) | {"knees": {"left": "in", "right": "in"}, "can_turn": {"left": "no"}}

    assert questionnaire().next_page(answers) == "turn_out"


def test_one_stance_serves_toes_and_kneecaps_on_one_page() -> None:
    check = questionnaire()

    assert [(one.key, sides) for one, sides in check.sides_on("toes", {})] == [
        *(("toes", SIDES), ("knees_usual", SIDES)),
    ]


def test_what_the_arch_did_stands_beside_could_you_for_every_side_that_may_open_it() -> None:
    check = questionnaire()
    opened = {"knees": {"left": "forward", "right": "in"}, "can_turn": {"right": "no"}}

    assert [(one.key, sides) for one, sides in check.sides_on("can_turn", opened)] == [
        *(("can_turn", ("right",)), ("arch_turned", ("right",))),
    ]


def test_check_begun_before_kneecaps_came_to_the_toes_goes_on_with_what_it_lacks_and_loses_nothing() -> None:
    check = questionnaire()
    begun = stored({"toes": "out", "knees": "forward", "arch": "low", "flatter": "no"})

    assert check.kept(begun) == begun
    assert check.next_page(begun) == "notice"
    assert check.next_page(begun | stored({"knees_usual": "in"})) == "tiptoe"


def test_check_begun_with_kneecaps_in_loses_nothing_that_the_old_order_asked() -> None:
    asked_before = {key: value for key, value in LONGEST.items() if key not in ("pain", "arch_turned")}
    begun = stored(asked_before)

    assert questionnaire().kept(begun) == begun
    assert questionnaire().next_page(begun) == "turn_out"


def test_older_check_says_of_what_everybody_is_asked_by_now_that_it_was_not_asked_then() -> None:
    check = questionnaire()
    older = {key: given for key, given in both_sides(**ORDINARY).items() if key != "knees_usual"}

    lacking = [one for one in check.asked_or_missed(older) if one.key not in older]

    assert [(one.key, one.label_of(None)) for one in lacking] == [("knees_usual", "Not asked then")]
    assert check.questions["flatter"].label_of(None) == "Not asked"


def test_check_that_ended_because_it_hurt_shows_only_what_it_came_to() -> None:
    ended = {"toes": {"left": "in", "right": "in"}, "pain": {"value": "stop", "where": "left"}}

    assert [one.key for one in questionnaire().asked_or_missed(ended)] == ["toes", "pain"]


@pytest.mark.parametrize(
    ("file", "old", "new", "names"),
    [
        ("questions/can_turn.toml", 'field = "knees"', 'field = "elbows"', "elbows"),
        ("questions/can_turn.toml", 'values = ["in"]', 'values = ["sideways"]', "sideways"),
        (
            "questions/pain.toml",
            'asked_if = { field = "pain", values = ["stop"] }',
            'asked_if = { field = "pain", values = ["awful"] }',
            "awful",
        ),
        ("questions/toes.toml", 'basis = "design_choice"', 'sources = ["nobody_1900"]', "nobody_1900"),
        ("do/sit.toml", 'basis = "design_choice"', 'sources = ["nobody_1900"]', "nobody_1900"),
        ("questions/toes.toml", 'value = "straight"', 'value = "in"', "stands twice"),
        ("questions/toes.toml", 'key = "toes"', 'key = "toes"\ncolour = "red"', "colour"),
        ("questions/toes.toml", 'key = "toes"', 'key = "fingers"', "fingers"),
        ("questions/knees_usual.toml", 'page = "toes"', 'page = "elbows"', "elbows"),
        ("questions/knees.toml", 'title = "Where do your kneecaps point?"\n', "", "title"),
        ("questions/arch_turned.toml", 'page = "can_turn"', 'page = "toes"', "can_turn is asked later"),
        ("questionnaire.toml", '"flatter", ', "", "flatter"),
        ("questionnaire.toml", '"flatter", ', '"flatter", "flatter", ', "twice"),
        ("questionnaire.toml", '"flatter", ', '"flatter", "ears", ', "ears"),
        ("rules/M1.toml", 'field = "arch_turned"', 'field = "elbows"', "elbows"),
        ("rules/M1.toml", 'values = ["higher"]', 'values = ["sideways"]', "sideways"),
        ("rules/M1.toml", 'basis = "design_choice"', 'sources = ["nobody_1900"]', "nobody_1900"),
        ("modifiers/T3.toml", 'values = ["mild"]', 'values = ["awful"]', "awful"),
        ("decision_table.toml", '"X1", ', "", "rules"),
        ("safety/questions/RF1.toml", 'level = "emergency"', 'level = "loud"', "loud"),
        ("safety/questions/RF1.toml", 'basis = "safety"', 'sources = ["nobody_1900"]', "nobody_1900"),
        ("safety/lists/right_now.toml", '"RF1"', '"RF99"', "RF99"),
        ("safety/clearance.toml", '"RF7"]', '"RF99"]', "RF99"),
    ],
)
def test_bad_content_stops_and_names_its_file(
    tmp_path: Path, file: str, old: str, new: str, names: str
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    if new.startswith("sources"):
        text = "\n".join(line for line in text.splitlines() if not line.startswith("sources"))
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        load_all(folder)

    assert Path(file).name in str(caught.value)
    assert names in str(caught.value)


def test_good_content_loads(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)

    load_all(folder)


def load_all(folder: Path) -> None:
    sources, claims = list(catalogue().sources), list(catalogue().claims)
    check = load_questionnaire(folder, sources=sources, claims=claims)
    load_decision_table(folder, check.questions, sources=sources, claims=claims)
    load_safety(folder / "safety", sources=sources)


def test_page_comes_too_early_while_a_question_before_it_is_open() -> None:
    check = questionnaire()
    first, second = "toes", "knees"

    early = {page: check.comes_too_early(page, {}) for page in (first, second)}

    assert early == {first: False, second: True}


def test_arches_can_be_seen_from_the_front_and_nothing_else_can() -> None:
    fronts = {key: question.fronts for key, question in questionnaire().questions.items() if question.fronts}

    assert list(fronts) == ["arch"]
    assert [words for words, _ in fronts["arch"]] == ["Flat on the floor", "Low", "Usual", "High"]


def test_do_page_shows_how_to_stand_and_what_to_look_at() -> None:
    assert questionnaire().do_pages["set_up"].figures == (
        "figures/do-set-up.svg",
        "figures/do-set-up-near.svg",
    )
