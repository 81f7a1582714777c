"""Made-up values for the page /design/: what its real pages, partials and forms are filled with."""

import re
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from allauth.account.forms import LoginForm
from django.template.loader import render_to_string

from accounts.forms import PageForm
from accounts.models import User
from anatomy.catalogue import Grade
from anatomy.catalogue import catalogue as reference
from assessments.counting import HEEL_RAISE, Counted, by_day, counting, differences, seen_in
from assessments.counting_chart import chart_of as count_chart_of
from assessments.forms import ListForm, QuestionForm, SeenForm, radios
from assessments.forms_counts import CountForm
from assessments.questionnaire import questionnaire
from assessments.safety import safety_content
from exercises import progress
from exercises.actions import Place
from exercises.catalogue import catalogue
from exercises.forms import HowForm, SetForm, WeekdaysForm, unit_of
from exercises.forms_entry import NoteForm, ToType, TypedForm
from exercises.log import Dose
from exercises.models import SetLog, Workout
from exercises.progress import Course, PlanDates, Point
from exercises.progress_chart import Mark, chart_of
from exercises.progression import Place as Standing
from exercises.progression import RungState
from exercises.rules import rules
from exercises.scheduling import DAY, WEEKDAY_NAMES, Change, ChangeKind, Done, Schedule
from exercises.training import shown_line
from exercises.wording import KILOGRAMS, Reason, because, range_in_words, words
from hipfeet.colours import CSS
from hipfeet.search import search

TODAY = date(2026, 11, 18)
"""A Wednesday, in the seventh week of the plan."""
MONDAY = TODAY - 2 * DAY
WEEK = timedelta(weeks=1)
SIDES = ("left", "right")
LEG_LIFT = "side_lying_abduction"
SAM = User(email="sam@example.org", name="Sam")

Example = dict[str, Any]


def values() -> Example:
    """What the parts of the page share."""
    knees = questionnaire().questions["knees"]
    return {
        "person": SAM,
        "spaces": re.findall(r"--(s\d): ([\d.]+rem);", CSS),
        "sizes": re.findall(r"--t-(\w+): ([^;]+);", CSS),
        "knees": QuestionForm(question=knees, answers={}),
        "one_side_missing": QuestionForm({"left": "in"}, question=knees, answers={}),
        "no_side": _pictures_of_no_side(),
        "ticks": ListForm(safety_list=safety_content().lists["right_now"], standing=frozenset()),
        "weekdays": WeekdaysForm(initial={"weekdays": [0, 2]}),
        "login": LoginForm(),
        "note": NoteForm(),
        "in_the_future": SeenForm({"seen_on": "2026-12-24", "verdict": "with_limits"}, today=TODAY),
        "grades": list(Grade),
        "claims": list({claim.grade: claim for claim in reference().claims.values()}.values()),
        "muscle": reference().muscles["gluteus_medius"],
        "terms": list(reference().glossary.values())[:3],
        "many_weeks": _course(range(60)),
        "pictured": [_line("banded_walk", 5), _line("hip_circle", 2), _line("short_foot", 1)],
        "faults": catalogue().exercise("bridge").pictured_faults,
        "ahead": [
            {"on": TODAY + 2 * DAY, "minutes": 25, "lines": [_line(LEG_LIFT, 1), _line("bridge", 1)]},
            {"on": TODAY + 5 * DAY, "minutes": 15, "lines": [_line("bridge", 1)], "lighter": True},
        ],
        "weeks": _schedule().block(TODAY)[3:9],
        "this_week": MONDAY,
    }


def pages() -> dict[str, tuple[str, Example]]:
    """Real pages by name: their template, and what it is filled with."""
    typed = TypedForm(lines=_to_type(), idiom=KILOGRAMS)
    return {
        "advice_now": ("assessments/advice.html", _advice("now")),
        "advice_today": ("assessments/advice.html", _advice("today")),
        "do": ("assessments/do.html", _do()),
        "home": ("home.html", {"claims": list(reference().claims.values())[:3]}),
        "today": ("exercises/today.html", {"main": _main("_today", **_today())}),
        "ladder": ("exercises/plan_line.html", _ladder()),
        "player": ("exercises/set.html", _set()),
        "how": ("exercises/how.html", {**_line(LEG_LIFT, 1), "form": HowForm(sides=SIDES, stopped=set())}),
        "typed": ("exercises/workout_typed.html", {"form": typed, "workout": _workout()}),
        "sheet": ("exercises/sheet.html", {"lines": _to_type(), "on": TODAY}),
        "progress": ("exercises/progress.html", {"main": _main("_progress", **_progress())}),
        "count_do": ("assessments/count_do.html", _count()),
        "count": ("assessments/count_sides.html", _count()),
        "counted": ("assessments/count_result.html", _counted()),
        "found": ("search.html", _found("knecap")),
        "not_found": ("search.html", _found("zzzz")),
        "no_progress": (
            "exercises/progress.html",
            {"main": _main("_progress_empty", found=SimpleNamespace(running=True))},
        ),
        "no_checks": ("assessments/checks.html", {}),
        "no_workouts": ("exercises/workouts.html", {}),
        "refused": ("exercises/refused.html", {"why": words(because("move_out_of_week")), "back": "#"}),
        "conflict": ("exercises/set_conflict.html", _conflict()),
        "no_database": ("503.html", {"can_load_again": True}),
    }


def _main(name: str, **filled: Any) -> str:
    return render_to_string(f"exercises/{name}.html", filled)


def _pictures_of_no_side() -> PageForm:
    form = PageForm()
    shown = {value: f"figures/toes-left-{value}.svg" for value in ("in", "straight")}
    choices = [*((value, value.capitalize()) for value in shown), ("unsure", "I’m not sure")]
    form.fields["toes"] = radios("Where do the toes point?", choices, error="Choose one", pictures=shown)
    return form


# --- a plan ----------------------------------------------------------------------------------------


def _schedule() -> Schedule:
    """Mondays, Wednesdays and Fridays: one skipped, one missed, one moved, one extra, the others done."""
    planned = Schedule(start=date(2026, 10, 5), weekdays=(0, 2, 4))
    skipped, missed, moved = 14, 17, 21
    done = [slot for slot in planned.slots if slot.on < TODAY and slot.number not in {skipped, missed}]
    return replace(
        planned,
        changes=(
            Change(ChangeKind.SKIP, on=TODAY - 3 * WEEK, slot=skipped, why="away"),
            Change(ChangeKind.MOVE, on=TODAY, slot=moved, to=TODAY + 3 * DAY),
        ),
        workouts=(*(Done(slot.on, slot.number) for slot in done), Done(TODAY - 4 * WEEK + DAY, None)),
    )


def _dose(exercise: str, step: int) -> Dose:
    rung = catalogue().exercise(exercise).rungs[step]
    return Dose(rung.key, rung.sets, rung.reps_from, rung.hold_seconds or 0)


def _line(exercise: str, step: int, *reasons: Reason, **more: Any) -> Example:
    return {**shown_line(exercise, _dose(exercise, step), reasons, KILOGRAMS), **more}


def _workout() -> Workout:
    return Workout(local_date=TODAY, number=1)


def _today() -> Example:
    schedule = _schedule()
    strip = zip(WEEKDAY_NAMES, ("done", "rest", "plan", "missed", "rest", "plan", "rest"), strict=True)
    walk = catalogue().exercise("banded_walk").rungs[2]
    return {
        "person": SAM,
        "today": TODAY,
        "plan_week": schedule.plan_week(TODAY),
        "slot": schedule.slot(20),
        "on_today": True,
        "away": "no",
        "for_all": [words(because("lighter_week"))],
        "lines": [
            _line(LEG_LIFT, 1, because("because_knee_in", side="left", on="2026-10-04")),
            _line("banded_walk", 2, because("rung_up", exercise="banded_walk", rung=walk.key)),
            _line("bridge", 2, because("pain_set_fewer", pain=4, on=MONDAY.isoformat())),
            _line("deadlift", 1, because("success", count=1, on=MONDAY.isoformat()), has_offer=True),
        ],
        "minutes": 25,
        "rules": rules(),
        "left_out": ["Heel raise"],
        "on_hold": [
            {
                "exercise": catalogue().exercise("hip_circle"),
                "why": words(because("hold_third_pain", on=MONDAY.isoformat())),
            }
        ],
        "week": schedule.week(TODAY),
        "days": [
            {"name": name, "state": state, "is_today": state == "plan" and name == "Wednesday"}
            for name, state in strip
        ],
        "morning": Workout(local_date=MONDAY, number=1),
        "next_look": schedule.look_again_due()[1],
    }


def _ladder() -> Example:
    exercise = catalogue().exercise(LEG_LIFT)
    lower, here, following, *higher = exercise.rungs
    states = (
        RungState(lower, Standing.LOWER, may_choose=True),
        RungState(here, Standing.HERE, may_choose=False),
        RungState(
            following, Standing.NEXT, may_choose=True, reason=because("opens_after", count=2, repetitions=10)
        ),
        *(RungState(rung, Standing.HIGHER, may_choose=False, reason=because("above_cap")) for rung in higher),
    )
    return {
        **_line(LEG_LIFT, 1, because("success", count=1, on=MONDAY.isoformat())),
        "target": SimpleNamespace(on_hold=False),
        "offer": words(because("offer_rung", exercise=LEG_LIFT, rung=following.key)),
        "counts_from": TODAY,
        "today": TODAY,
        "states": [
            {
                "state": state,
                "range": range_in_words(state.rung, exercise.counted_as),
                "why": words(state.reason) if state.reason else "",
                "pictures": catalogue().pictures_of(LEG_LIFT, state.rung.key),
            }
            for state in states
        ],
    }


# --- a workout -------------------------------------------------------------------------------------


def _set() -> Example:
    line = _line(LEG_LIFT, 2)
    unit = unit_of(line["exercise"])
    return {
        **line,
        "line": line,
        "place": Place(LEG_LIFT, "left", 2),
        "sides": SIDES,
        "shown": _dose(LEG_LIFT, 2),
        "unit": unit,
        "form": SetForm(initial={"repetitions": 8}, unit=unit, loads=[4_000, 6_000], idiom=KILOGRAMS),
        "done": [SetLog(side="left", set_number=1, repetitions=8)],
        "how": "#",
        "stop": "#",
    }


def _to_type() -> list[ToType]:
    return [
        ToType(line["exercise"], line["rung"], _dose(key, 1), line["dose"], line["rung"].laterality.sides)
        for key in (LEG_LIFT, "bridge")
        for line in [_line(key, 1)]
    ]


def _conflict() -> Example:
    return {
        **_line(LEG_LIFT, 1),
        "place": Place(LEG_LIFT, "left", 1),
        "stored_words": "8 repetitions, 4 kg",
        "sent_words": "10 repetitions, 6 kg",
        "keep": "#",
        "address": "#",
    }


# --- progress --------------------------------------------------------------------------------------


def _progress() -> Example:
    dates = PlanDates(_schedule())
    weeks = progress.weeks_of([dates], [TODAY - 8 * DAY], first_day=date(2026, 10, 5), today=TODAY)
    return {
        "found": SimpleNamespace(today=TODAY, weeks=weeks, plan_week=7, running=True, is_whole=True),
        "headline": progress.headline(weeks),
        "remarks": progress.about_weeks(weeks),
        "ranges": {"4": "4 weeks", "12": "12 weeks", "all": "All"},
        "chosen": "12",
        "by_week": True,
        "has_to_come": True,
        "has_extra": True,
        "exercises": [_course(range(7))],
        "milestones": [("9 November", ["The first week with every workout done"])],
        "page": SimpleNamespace(numbers=progress.progress_page().numbers, course=()),
    }


def _course(weeks: range) -> Example:
    """An exercise over some weeks: a few are drawn as arches, many as lines."""
    easy, hard = catalogue().exercise(LEG_LIFT).rungs[1:3]
    points, marks = [], []
    for week in weeks:
        is_hard, lighter = week * 3 >= len(weeks) * 2, week == 3
        rung = hard if is_hard else easy
        most, kilograms = rung.reps_from + week % 5, 6 if is_hard else 4
        point = Point(
            on=TODAY - (len(weeks) - 1 - week) * WEEK,
            number=1,
            rung=rung.key,
            done={} if lighter else {"left": most - 1, "right": most},
            sets=2,
            asked=Dose(rung.key, 2, most),
            lighter=lighter,
        )
        points.append(point)
        load = (kilograms * 1000, f"{kilograms} kg")
        marks.append(Mark(week, point.done, point.target, point.rung, load, lighter))
    course = Course(LEG_LIFT, tuple(points))
    ticks = [(week, f"{point.on.day} {point.on:%b}") for week, point in zip(weeks, points, strict=True)]
    return {
        "course": course,
        "finding": progress.finding(course, TODAY),
        "between_sides": progress.between_sides(course),
        "pain": progress.pain_in_words(progress.Pain(7, 1, 3, 0, MONDAY), TODAY),
        "chart": chart_of(marks, places=len(weeks), ticks=ticks),
        "is_pair": True,
        "rows": [
            {
                "on": point.on,
                "lighter": point.lighter,
                "step": course.step(point.rung),
                "asked": progress.dose_words(point.asked) if point.asked else "",
                **point.done,
            }
            for point in points[-7:]
        ],
    }


# --- at the mirror, counting, advice, search -------------------------------------------------------


def _do() -> Example:
    do = questionnaire().do_pages["turn_out"]
    return {"do": do, "figure": f"figures/{do.picture}.svg", "next": "#", "back": "#"}


def _count() -> Example:
    check = counting().checks[HEEL_RAISE]
    figure = f"figures/{check.picture}.svg"
    return {"check": check, "figure": figure, "form": CountForm(check=check, today={})}


def _counted() -> Example:
    check = counting().checks[HEEL_RAISE]
    counts = [(8, 11, 16), (4, 14, 18), (0, 19, 20)]
    days = by_day(
        Counted(TODAY - weeks * WEEK, side, value)
        for weeks, *numbers in counts
        for side, value in zip(SIDES, numbers, strict=True)
    )
    latest = days[-1]
    return {
        "check": check,
        "latest": latest,
        "sides": [(side, one, check.in_words(one.value) if one else "") for side, one in latest.sides],
        "remarks": [(key, check.remarks[key]) for key in seen_in(check.key, latest.counted)],
        "may_count": True,
        "days": days,
        "chart": count_chart_of(days, most=10),
        "differences": differences(check.key, days),
    }


def _advice(style: str) -> Example:
    """The advice of the first question whose level has this look."""
    content = safety_content()
    question = next(q for q in content.questions.values() if content.level_of(q.key).style == style)
    level = content.level_of(question.key)
    return {"advised": [(question, level, False)], "style": style, "stops": level.check_stops}


def _found(asked: str) -> Example:
    results = search(asked)
    groups = [(group, [(hit, "#") for hit in group.hits[:2]]) for group in results.groups[:2]]
    return {"results": results, "groups": groups}
