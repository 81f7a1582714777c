"""The heading of a result is true of the answers, whatever they are, and says the weightiest thing."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

import pytest

from assessments.rules.heading import finding_of
from assessments.rules.questionnaire import SIDES, UNSURE, Answers, questionnaire
from assessments.rules.scoring import Result, SideResult, decision_table, evaluate, seen_on
from assessments.rules.second_look import Looks, settled
from tests.builders_check import Answered, answers, both_sides, every_state_of_one_side
from tests.outcomes import in_words
from tests.world import CHECK

Seen = Mapping[str, str]
LOW = ("flat", "low")
WHERE = ("left", "right", "both", "elsewhere")
USUAL = {"toes": "straight", "knees": "forward", "arch": "normal"}
HEIGHTS = {"flat": ("flat",), "low": LOW, "usual": ("normal",), "high": ("high",)}

# What a heading may say, read from its words and not from the content: a phrase, and when it is true of a side.
PHRASES: list[tuple[str, Callable[[Seen, re.Match[str]], bool]]] = [
    (r"\bnot sure where\b.*\bpoints?\b", lambda seen, _: seen.get("knees") == UNSURE),
    (r"\bnot sure how high\b.*\b(?:is|are)\b", lambda seen, _: seen.get("arch") == UNSURE),
    (r"\bnot sure whether you could turn\b.*\bforward\b", lambda seen, _: seen.get("can_turn") == UNSURE),
    (
        r"\bnot sure what\b.*\bdid when you turned (?:your|the) thighs? out\b",
        lambda seen, _: (seen.get("can_turn"), seen.get("arch_turned")) == ("yes", UNSURE),
    ),
    (r"\bThe check ended before\b.*\blooked at to the end\b", lambda seen, _: is_cut_short(seen)),
    (r"\bkneecaps? looked (in|forward|out)\b", lambda seen, found: seen.get("knees") == found[1]),
    (r"\bcould not turn (?:it|them) forward\b", lambda seen, _: seen.get("can_turn") == "no"),
    (r"\brose\b", lambda seen, _: seen.get("arch_turned") == "higher"),
    (r"\blooked lower\b", lambda seen, _: seen.get("arch_turned") == "lower"),
    (r"\bwhen you turned (?:your|the) thighs? out\b", lambda seen, _: seen.get("can_turn") == "yes"),
    (
        r"\blooked low standing, sitting and on tiptoe\b",
        lambda seen, _: (
            seen.get("arch") in LOW
            and (seen.get("tiptoe_arch"), seen.get("sitting_arch")) == ("absent", "absent")
        ),
    ),
    (
        r"\bstayed (flat|low)\b",
        lambda seen, found: seen.get("arch") in HEIGHTS[found[1]] and seen.get("arch_turned") == "same",
    ),
    (
        r"\blooked (flat|low|usual|high)\b(?: as you stood\b)?",
        lambda seen, found: seen.get("arch") in HEIGHTS[found[1]],
    ),
    (r"\bshowed on tiptoe\b", lambda seen, _: seen.get("tiptoe_arch") == "present"),
    (r"\bshowed while you sat\b", lambda seen, _: seen.get("sitting_arch") == "present"),
    (
        r"\bit was not clear whether (?:it moves|they move)\b",
        lambda seen, _: "present" not in {seen.get("tiptoe_arch"), seen.get("sitting_arch")},
    ),
    (r"\bbecame flatter when you were an adult\b", lambda seen, _: seen.get("flatter") == "yes"),
    (
        r"\bcould not rise on (?:your (?:left |right )?toes|the toes of that foot)\b",
        lambda seen, _: seen.get("tiptoe_arch") == "cannot",
    ),
    (r"\bhurt\b.*\bat the mirror\b", lambda seen, _: seen.get("pain") == "stop"),
]
# What is left once the phrases are taken out may only be who it is about, and what ties words together.
TIES = re.compile(
    r"\b(?:both|your|you|the|left|right|kneecaps?|arch(?:es)?|sides?|were|it|on|and|but)\b", re.I
)
FLATTER = re.compile(r"^Your (left|right) foot looked clearly flatter than the other\.?$")


def is_cut_short(seen: Seen) -> bool:
    """Whether something is still to ask on a side of which this was answered."""
    sided = {key: dict.fromkeys(SIDES, value) for key, value in seen.items() if key != "pain"}
    return questionnaire().first_unanswered({**sided, "pain": {"value": "none"}}) is not None


def clauses_of(heading: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each clause of a heading with the sides it is about; one that names none is about those of the clause before."""
    for sentence in re.split(r"(?<=\.)\s", heading):
        if FLATTER.match(sentence):
            yield sentence, ()
            continue
        about: tuple[str, ...] = SIDES
        protected = sentence.replace("standing, sitting", "standing; sitting")
        for clause in protected.split(", "):
            if named := re.search(r"\b(left|right)\b", clause):
                about = (named[1],)
            elif re.search(r"\b(?:both|(?:your|both) (?:kneecaps|arches|toes|thighs))\b", clause, re.I):
                about = SIDES
            yield clause.replace(";", ","), about


def untrue(heading: str, answered: Answers) -> list[str]:
    """The clauses of a heading that the answers do not bear out, or that no reader above understands."""
    wrong = []
    for clause, about in clauses_of(heading):
        if flatter := FLATTER.match(clause):
            heights = {side: answered["arch"][side] for side in SIDES}
            order = decision_table().arch_heights
            other = "right" if flatter[1] == "left" else "left"
            if order.index(heights[other]) - order.index(heights[flatter[1]]) < 2:
                wrong.append(clause)
            continue
        left_over, read = clause, 0
        for phrase, is_true in PHRASES:
            if found := re.search(phrase, left_over):
                read += 1
                left_over = left_over.replace(found[0], " ")
                wrong += [clause for side in about if not is_true(seen_on(side, answered), found)]
        if not read or TIES.sub(" ", left_over).strip(" ."):
            wrong.append(f"{clause} ({left_over})")
    return wrong


def every_state() -> Iterator[Answered]:
    """Every way to answer for the left side, and every way to stop on the way because it hurts."""
    stopped = set()
    for state in every_state_of_one_side():
        yield state
        keys = [key for key in state if key != "pain"]
        for end in range(len(keys)):
            so_far = tuple((key, state[key]["left"]) for key in keys[:end])
            if so_far not in stopped:
                stopped.add(so_far)
                yield {key: {"left": value} for key, value in so_far} | {"pain": {"value": "stop"}}


def of_both(left: Answered, right: Answered, *, where: str = "") -> Answered:
    """A check of two sides, each answered like the left of a state; the pain of the left unless it has a place."""
    sides = [{key: one[key]["left"] for key in one if key != "pain"} for one in (left, right)]
    pain = "stop" if where else left["pain"]["value"]
    return answers(
        left=sides[0], right=sides[1], pain=pain, where=where or ("both" if pain == "stop" else "")
    )


class Kinds(NamedTuple):
    """One state for whatever a heading reads on one side: what it is found to be, and the words that fit it.

    stopped  sides of a check that ended on the way, because it hurt on the other
    """

    whole: list[Answered]
    stopped: list[Answered]


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    found: dict[bool, dict[tuple[object, ...], Answered]] = {False: {}, True: {}}
    for state in every_state():
        without = {**state, "pain": {"value": "none"}}
        side, seen = evaluate(without).left, seen_on("left", without)
        rules = [decision_table().rule(key) for key in dict.fromkeys([*side.locks, side.rule])]
        words = tuple(rule.heading(seen) for rule in rules if rule)
        kind = (side.rule, side.locks, seen.get("arch"), words)
        found[is_cut_short(seen)].setdefault(kind, without)
    return Kinds(*(list(states.values()) for states in found.values()))


def test_every_rule_has_its_kinds(kinds: Kinds) -> None:
    reached = {evaluate(state).left.rule for state in kinds.whole}

    assert reached == {rule.key for rule in decision_table().rules} - {"X1"}
    assert (len(kinds.whole), len(kinds.stopped)) == (50, 25)


def test_heading_is_true_of_two_sides_alike_however_they_are_answered() -> None:
    count, wrong = 0, []
    for state in every_state():
        both = of_both(state, state)
        finding = in_words(both)
        wrong += untrue(finding.heading, both)
        count += 1

    assert wrong == []
    assert count > 16_524


def test_heading_and_parts_are_true_of_every_pair_of_kinds_wherever_it_hurts(kinds: Kinds) -> None:
    headings = set()
    pairs = [(pair, where) for pair in product(kinds.whole, repeat=2) for where in ("", *WHERE)]
    pairs += [(pair, where) for pair in product(kinds.stopped, repeat=2) for where in WHERE]
    for (left, right), where in pairs:
        both = of_both(left, right, where=where)
        finding = in_words(both)

        assert finding.heading
        assert untrue(finding.heading, both) == []
        for part in finding.parts:
            assert not part.lead or untrue(part.lead, both) == [], part
        headings.add(finding.heading)

    assert len(headings) > 600
    assert max(map(len, headings)) <= 200, max(headings, key=len)


def test_heading_or_lead_says_something_of_each_side(kinds: Kinds) -> None:
    for left, right in product(kinds.whole, repeat=2):
        finding = in_words(of_both(left, right))
        result = evaluate(of_both(left, right))
        said = [finding.heading, *(part.lead for part in finding.parts)]

        assert {side for one in said for _, sides in clauses_of(one) for side in sides} == set(SIDES), said
        assert {(part.rule.key, side) for part in finding.parts for side in part.sides} == {
            (key, side) for side in SIDES for key in {*result.side(side).locks, result.side(side).rule}
        }


def test_two_sides_alike_are_said_once(kinds: Kinds) -> None:
    for state in kinds.whole:
        finding = in_words(of_both(state, state))

        assert [part.sides for part in finding.parts] == [SIDES] * len(finding.parts)
        assert "left" not in finding.heading
        assert [part.lead for part in finding.parts] == [""] * len(finding.parts)


def test_what_asks_to_be_seen_is_the_heading_and_the_rest_leads_its_own_part() -> None:
    low = USUAL | {"arch": "low", "flatter": "yes", "tiptoe_arch": "present"}

    finding = in_words(answers(left=USUAL, right=low))

    assert finding.heading == "Your right arch became flatter when you were an adult"
    assert [(part.rule.key, part.sides, part.lead) for part in finding.parts] == [
        ("X2", ("right",), ""),
        ("M7", ("left",), "Your left kneecap looked forward, and the arch looked usual."),
    ]
    assert finding.slip == ("The arch of my right foot has become flatter since I was grown up.",)


@pytest.mark.parametrize(
    ("left", "right", "where", "heading"),
    [
        (
            {"arch": "flat", "flatter": "yes", "tiptoe_arch": "cannot"},
            {},
            "",
            "Your left arch became flatter when you were an adult, and you could not rise on your left toes",
        ),
        (
            {"arch": "low", "flatter": "yes", "tiptoe_arch": "present"},
            {"arch": "low", "flatter": "yes", "tiptoe_arch": "cannot"},
            "",
            "Your arches became flatter when you were an adult, and you could not rise on your right toes",
        ),
        (
            {"arch": "low", "flatter": "yes", "tiptoe_arch": "absent", "sitting_arch": "absent"},
            {},
            "right",
            "It hurt on the right at the mirror, your left arch became flatter when you were an adult, "
            "and your left arch looked low standing, sitting and on tiptoe",
        ),
        (
            {"arch": "flat", "flatter": "no", "tiptoe_arch": "cannot"},
            {"arch": "low", "flatter": "no", "tiptoe_arch": "cannot"},
            "",
            "Both arches looked low, and you could not rise on your toes",
        ),
        ({}, {}, "elsewhere", "It hurt at the mirror"),
    ],
)
def test_several_reasons_to_be_seen_are_one_sentence(
    left: dict[str, str], right: dict[str, str], where: str, heading: str
) -> None:
    both = answers(left=USUAL | left, right=USUAL | right, pain="stop" if where else "none", where=where)

    assert in_words(both).heading == heading
    assert untrue(heading, both) == []


def test_clearly_flatter_foot_comes_first_and_the_finding_of_two_sides_alike_follows() -> None:
    knees_in = {
        "toes": "straight",
        "knees": "in",
        "knees_usual": "in",
        "can_turn": "yes",
        "arch_turned": "higher",
    }
    flat = knees_in | {"arch": "flat", "flatter": "no", "tiptoe_arch": "present"}

    alike = in_words(answers(left=knees_in | {"arch": "normal"}, right=flat))
    different = in_words(answers(left=USUAL, right=flat))

    assert alike.heading == (
        "Your right foot looked clearly flatter than the other. "
        "Both kneecaps looked in, and your arches rose when you turned your thighs out."
    )
    assert different.heading == "Your right foot looked clearly flatter than the other"
    assert [part.lead for part in different.parts] == [
        "Your left kneecap looked forward, and the arch looked usual.",
        "Your right kneecap looked in, and the arch rose when you turned the thigh out.",
    ]


def test_flatter_foot_beside_pain_on_the_other_leads_its_advice() -> None:
    low = USUAL | {"arch": "flat", "flatter": "no", "tiptoe_arch": "present"}

    finding = in_words(answers(left=low, right=USUAL, pain="stop", where="right"))

    assert finding.heading == "It hurt on the right at the mirror"
    assert finding.flatter == "Your left foot looked clearly flatter than the other."


def test_rule_kept_from_the_first_look_speaks_in_the_words_of_that_look() -> None:
    first = {**CHECK, "arch": {"left": "low", "right": "low"}, "flatter": {"left": "no", "right": "yes"}}
    first["tiptoe_arch"] = {"left": "present", "right": "cannot"}
    second = {
        "knees": CHECK["knees"],
        "arch": {"left": "low", "right": "normal"},
        "arch_turned": {"left": "higher"},
    }
    looks = Looks(first=first, second=second, third={"arch": {"right": "normal"}})
    stand, result = settled(looks, evaluate(first))

    finding = finding_of(result, [stand, first], says_flatter=False)

    assert finding.heading == (
        "Your right arch became flatter when you were an adult, and you could not rise on your right toes"
    )
    assert untrue(finding.heading, first) == []
    assert [(part.rule.key, part.lead) for part in finding.parts][2:] == [
        ("M1", "Your left kneecap looked in, and the arch rose when you turned the thigh out."),
        ("M7", "Your right kneecap looked forward, and the arch looked usual."),
    ]


def test_rules_that_left_the_content_are_passed_over() -> None:
    gone = Result(SideResult("Z9", ("Z8",)), SideResult("M7"), ("B1", "B4"))
    answered = both_sides(**USUAL)

    finding = finding_of(gone, [answered], says_flatter=False)
    nothing = finding_of(Result(SideResult("Z9"), SideResult("Z9"), ("B3",)), [answered], says_flatter=False)

    assert finding.heading == "Your right kneecap looked forward, and the arch looked usual"
    assert (nothing.heading, nothing.parts, nothing.slip) == ("", (), ())


@pytest.mark.parametrize(
    "heading",
    [
        "Both kneecaps looked in, and your arches rose when you turned your thighs out",
        "Your left arch looked high",
        "It hurt at the mirror",
        "Your hips looked strong",
        "Your left foot looked clearly flatter than the other",
    ],
)
def test_heading_that_is_not_true_would_be_noticed(heading: str) -> None:
    assert untrue(heading, both_sides(**USUAL))
