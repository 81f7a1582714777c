"""The visitor's home page, with a sample of a result and of a plan by the rules that make everyone's."""

from datetime import date
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anatomy.access import public_page
from anatomy.catalogue import catalogue as reference
from assessments.rules.drawn import stages
from assessments.rules.heading import finding_of
from assessments.rules.questionnaire import Answers, questionnaire
from assessments.rules.scoring import evaluate
from exercises.rules import planning
from exercises.rules.catalogue import catalogue
from exercises.rules.doses import dose_at
from exercises.rules.drafts import CheckSeen, SideSeen, Wishes
from exercises.rules.idiom import KILOGRAMS
from exercises.rules.owned import Owned
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.training import shown_line
from exercises.views.today import today

CLAIMS = {
    "Known": "hip_exercise_makes_hips_stronger",
    "Maybe": "hip_work_adds_to_foot_work",
    "Not shown": "weak_hips_cause_flat_feet",
}
SAMPLE: Answers = {
    question: {"left": value, "right": value}
    for question, value in {"knees": "in", "arch": "low", "can_turn": "yes", "arch_turned": "higher"}.items()
}
"""Both kneecaps looked in, and both arches rose when the thighs were turned out."""
SAMPLE_LINES = 3
SAMPLE_WEEK = {"Monday": "done", "Wednesday": "done", "Friday": "plan"}


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Home for a visitor; Today for who is signed in."""
    if request.user.is_authenticated:
        return today(request)
    context = {
        "claims": [(label, reference().claims[key]) for label, key in CLAIMS.items()],
        "days": [(name[:3], SAMPLE_WEEK.get(name, "rest")) for name in WEEKDAY_NAMES],
        "lines": sample_lines(),
        "see_someone": questionnaire().when_to_see.text,
        "finding": finding_of(evaluate(SAMPLE), [SAMPLE], says_flatter=False),
        "stages": stages(SAMPLE, ()),
    }
    return render(request, "home.html", context)


@cache
def sample_lines() -> list[dict[str, Any]]:
    """The first exercises of a plan made from the sample, with a chair and a stick, as they are shown in plans."""
    side = SideSeen(rule=evaluate(SAMPLE).left.rule, arch="low")
    owned = Owned(things=frozenset({"wall_or_chair", "stick"}))
    check = CheckSeen(on=date.min, left=side, right=side)
    lines = planning.draft(Wishes(owned=owned, minutes=20, check=check)).lines[:SAMPLE_LINES]
    return [
        shown_line(line.exercise, dose_at(catalogue().rung(line.exercise, line.rung), owned), (), KILOGRAMS)
        for line in lines
    ]
