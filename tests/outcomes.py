"""A check for every class of outcome: each rule on both sides and on one, with and without advice, cut short by pain."""

from assessments.actions.check import answer, finish, pass_right_now, start, stop_for_pain
from assessments.models import Attempt
from assessments.rows import Owner
from assessments.rules.heading import ResultInWords, finding_of
from assessments.rules.questionnaire import questionnaire
from assessments.rules.safety import SafetyState, Said
from assessments.rules.safety_content import RIGHT_NOW, safety_content
from assessments.rules.scoring import evaluate
from assessments.rules.urgency import spoken_on_result
from tests.builders_check import Answered, answers

Foot = dict[str, str]

FORWARD: Foot = {"toes": "straight", "knees_usual": "not_in", "knees": "forward"}
IN: Foot = {"toes": "straight", "knees_usual": "in", "knees": "in", "can_turn": "yes"}
LOW: Foot = {"arch": "low", "flatter": "no", "tiptoe_arch": "present"}
FEET: dict[str, Foot] = {
    "X2": FORWARD | LOW | {"flatter": "yes"},
    "X3": FORWARD | LOW | {"tiptoe_arch": "cannot"},
    "X4": FORWARD | LOW | {"arch": "flat", "tiptoe_arch": "absent", "sitting_arch": "absent"},
    "X5": IN | {"arch": "normal", "arch_turned": "lower"},
    "X6": IN | {"arch": "normal", "can_turn": "no"},
    "M1": IN | LOW | {"arch_turned": "higher"},
    "M2": IN | LOW | {"arch_turned": "same", "tiptoe_arch": "unsure", "sitting_arch": "absent"},
    "M2b": IN | LOW | {"arch_turned": "same", "tiptoe_arch": "absent", "sitting_arch": "present"},
    "M3": IN | {"knees_usual": "not_in", "arch": "high", "arch_turned": "higher"},
    "M4": FORWARD | LOW,
    "M5": FORWARD | LOW | {"tiptoe_arch": "unsure", "sitting_arch": "unsure"},
    "M6": {"toes": "out", "knees_usual": "not_in", "knees": "out", "arch": "normal"},
    "M7": FORWARD | {"arch": "normal"},
    "M8": dict.fromkeys(("toes", "knees_usual", "knees", "arch"), "unsure"),
}
"""One foot for each rule; X1 is any foot that hurts."""

FLAT = FEET["M4"] | {"arch": "flat"}
X2_AND_X3 = FEET["X3"] | {"flatter": "yes"}
X2_AND_X4 = FEET["X4"] | {"flatter": "yes"}

OUTCOMES: dict[str, Answered] = {
    **{f"{rule}, both": answers(left=foot, right=foot) for rule, foot in FEET.items()},
    **{f"{rule}, left": answers(left=foot, right=FEET["M7"]) for rule, foot in FEET.items() if rule != "M7"},
    "M1 and M4": answers(left=FEET["M1"], right=FEET["M4"]),
    "M2b and M5": answers(left=FEET["M2b"], right=FEET["M5"]),
    "one foot flatter": answers(left=FLAT, right=FEET["M7"]),
    "one foot flatter, alike": answers(
        left=FEET["M1"] | {"arch": "flat"}, right=FEET["M1"] | {"arch": "normal"}
    ),
    "X1, elsewhere": answers(left=FEET["M7"], right=FEET["M7"], pain="stop", where="elsewhere"),
    "X1, at once": answers(left={}, right={}, pain="stop", where="left"),
    "X1, after the toes": answers(
        left={"toes": "in", "knees_usual": "in"},
        right={"toes": "out", "knees_usual": "unsure"},
        pain="stop",
        where="right",
    ),
    "X1, X2, X3": answers(left=X2_AND_X3, right=X2_AND_X3, pain="stop", where="both"),
    "X1, X2, X4 and X3": answers(left=X2_AND_X4, right=FEET["X3"], pain="stop", where="left"),
    "a little pain": answers(left=FEET["M1"], right=FEET["M1"], pain="mild"),
}


def in_words(answered: Answered) -> ResultInWords:
    """The result of a check as its page says it when nothing else is known."""
    result = evaluate(questionnaire().kept(answered))
    says_flatter = "B2" in spoken_on_result(result, SafetyState()).comparisons
    return finding_of(result, [answered], says_flatter=says_flatter)


def came_to(owner: Owner, answered: Answered) -> Attempt:
    """A finished check with these answers, however far it went before it hurt."""
    attempt = start(owner=owner)
    nothing = dict.fromkeys(safety_content().lists[RIGHT_NOW].questions, Said.NO)
    attempt = pass_right_now(attempt=attempt, owner=owner, answers=nothing)
    for question, given in answered.items():
        if question != "pain":
            attempt = answer(attempt=attempt, given={question: given})
    if answered["pain"]["value"] == "stop":
        return stop_for_pain(attempt=attempt, where=answered["pain"]["where"])
    return finish(attempt=answer(attempt=attempt, given={"pain": answered["pain"]}))
