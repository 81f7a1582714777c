"""A check as it is drawn from its answers: the mirror, and under it the feet from their inner sides. Pure.

A kneecap or an arch of which the answer is not sure is left out of its picture, never guessed.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from assessments.rules.questionnaire import SIDES, UNSURE, Answers, Question, questionnaire
from assessments.rules.scoring import Rule, decision_table

KNEECAPS = {"in", "forward", "out"}
# A turned thigh shows the kneecap forward, or where it was.
WHEN_TURNED = {"yes": "forward", "no": "in", UNSURE: UNSURE}
# An arch that rose or sank is drawn one height further.
STEPS = {"higher": 1, "same": 0, "lower": -1}


@dataclass(frozen=True)
class Drawn:
    """A foot or a kneecap of a stage.

    picture  a template of `figures/`, of a foot; empty where nothing sure was seen
    words    the answer
    moved    it is not as it was before
    """

    picture: str
    words: str
    moved: bool = False


@dataclass(frozen=True)
class Stage:
    """One moment at the mirror.

    name   "stood", "turned", or the question about it
    feet   left and right, as in the mirror
    legs   the picture of the mirror; empty for feet alone
    knees  where each kneecap looked
    """

    name: str
    feet: list[Drawn]
    legs: str = ""
    knees: list[Drawn] = field(default_factory=list)

    @property
    def is_alike(self) -> bool:
        """Whether both feet were answered alike, so that it is said once."""
        return len({foot.words for foot in self.feet}) == 1

    @property
    def has_pictures(self) -> bool:
        """Whether any foot is drawn."""
        return any(foot.picture for foot in self.feet)


def stood(answers: Answers) -> Stage | None:
    """The person with their feet lined up; None when neither kneecaps nor arches were looked at."""
    if not {"knees", "arch"} & set(answers):
        return None
    arch = questionnaire().questions["arch"]
    legs = _legs(_kneecap(answers, side) for side in SIDES)
    return Stage("stood", [_foot(arch, side, answers) for side in SIDES], legs, _knees(answers))


def stages(answers: Answers, rules: Iterable[Rule]) -> list[Stage]:
    """The moments to draw: as the person stood, with the thighs turned out, and what these rules go by besides."""
    found = [stood(answers), _turned(answers)]
    pictured = {key for rule in rules for key in rule.pictured}
    for question in questionnaire().in_order:
        if question.key in pictured and question.key in answers:
            found.append(Stage(question.key, [_foot(question, side, answers) for side in SIDES]))
    return [stage for stage in found if stage]


def side_by_side(then: Answers, now: Answers, differing: Collection[tuple[str, str]]) -> list[Stage | None]:
    """Two checks as the person stood, with what differs marked; turned out, where only that differs.

    differing  (question, side) of what differs
    """
    turned = [_turned(answers) for answers in (then, now)]
    if all(turned) and {question for question, _ in differing} == {"arch_turned"}:
        return [_marked(stage, "arch_turned", differing) for stage in turned]
    return [_marked(stood(answers), "arch", differing) for answers in (then, now)]


def _marked(stage: Stage | None, foot: str, differing: Collection[tuple[str, str]]) -> Stage | None:
    if stage is None:
        return None

    def marked(things: list[Drawn], question: str) -> list[Drawn]:
        return [
            replace(thing, moved=(question, side) in differing)
            for thing, side in zip(things, SIDES, strict=bool(things))
        ]

    return replace(stage, feet=marked(stage.feet, foot), knees=marked(stage.knees, "knees"))


def _turned(answers: Answers) -> Stage | None:
    turned = answers.get("can_turn", {})
    if "yes" not in turned.values():
        return None
    question, heights = questionnaire().questions["arch_turned"], decision_table().arch_heights
    feet = []
    for side in SIDES:
        before, after = answers.get("arch", {}).get(side), answers.get("arch_turned", {}).get(side)
        step = STEPS.get(after or "")
        foot = Drawn("", question.label_of(after))
        if before in heights and step is not None:
            place = min(max(heights.index(before) + step, 0), len(heights) - 1)
            foot = Drawn(_arch_picture(heights[place], side), question.label_of(after), moved=step != 0)
        feet.append(foot)
    legs = _legs(WHEN_TURNED.get(turned.get(side, ""), _kneecap(answers, side)) for side in SIDES)
    return Stage("turned", feet, legs)


def _foot(question: Question, side: str, answers: Answers) -> Drawn:
    value = answers.get(question.key, {}).get(side)
    picture = next((one.picture_of(side) for one in question.choices if one.value == value), None)
    return Drawn(picture or "", question.label_of(value))


def _arch_picture(height: str, side: str) -> str:
    arch = questionnaire().questions["arch"]
    return next((one.picture_of(side) or "" for one in arch.choices if one.value == height), "")


def _kneecap(answers: Answers, side: str) -> str:
    value = answers.get("knees", {}).get(side, UNSURE)
    return value if value in KNEECAPS else UNSURE


def _legs(kneecaps: Iterable[str]) -> str:
    return f"figures/legs-{'-'.join(kneecaps)}.svg"


def _knees(answers: Answers) -> list[Drawn]:
    question = questionnaire().questions["knees"]
    return [Drawn("", question.label_of(answers.get("knees", {}).get(side))) for side in SIDES]
