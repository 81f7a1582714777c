"""The running plan, and what happens next."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from accounts.requests import person_of
from assessments.models import Attempt
from exercises.rows import latest_plan
from exercises.rules import planning
from exercises.rules.catalogue import catalogue
from exercises.rules.choosing import RungPlace, rungs_on
from exercises.rules.drafts import Line, reasons_once
from exercises.rules.idiom import Idiom
from exercises.rules.improving import further_with
from exercises.rules.lookahead import Coming, Story
from exercises.rules.numbers import rule_numbers
from exercises.rules.prescribing import PrescribedLine
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.rules.targets import Target, offer_on
from exercises.rules.values import PlanLine
from exercises.rules.wording import Reason, Refused, because, counted, words
from exercises.training import Training, said_once, shown_line, shown_workout, training_of, whats_next
from exercises.views.access import with_training
from exercises.views.equipment import things_owned
from exercises.views.week import week_in_words, week_row


@login_not_required
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The running plan; without one, what a plan is and how to make it."""
    if not request.user.is_authenticated:
        return render(request, "exercises/invitation.html")
    person = person_of(request)
    training = training_of(person)
    if training is None:
        ended = latest_plan(person)
        may_go_on = ended is not None and ended.may_go_on(today_for(person))
        without = {"known": whats_next(person), "ended": ended, "may_go_on": may_go_on}
        return render(request, "exercises/invitation.html", without)
    lines = training.lines.on(training.changes_count_from)
    above, own = reasons_once(lines)
    so_far = training.without_begun
    coming = so_far.prescription(lighter_day=so_far.next_is_lighter)
    lighter = coming.lines if so_far.next_is_lighter else ()
    schedule = training.schedule
    slot = schedule.slot_for_workout(training.today)
    newer_check = _newer_check(training)
    for_all, shown = said_once(
        [_plan_line(line, reasons, training, lighter) for line, reasons in zip(lines, own, strict=True)]
    )
    context = {
        "training": training,
        "rules": rule_numbers(),
        "heading": week_in_words(training),
        "plan_week": schedule.plan_week(training.today),
        "days": week_row(training, today_at=reverse("home")),
        "is_on_today": slot is not None and slot.on <= training.today and not training.rests_today,
        "count": counted(len(lines), "exercise"),
        "why": [words(reason) for reason in above],
        "notes": [words(Reason.from_json(note)) for note in (training.plan.accepted or {}).get("notes", ())],
        "minutes": coming.minutes,
        "for_all": [*for_all, *_further(training)],
        "lines": shown,
        "addable": _addable(training, {line.exercise for line in lines}),
        "coming": training.coming(3),
        "weekdays": [WEEKDAY_NAMES[day] for day in schedule.weekdays_on(training.changes_count_from)],
        "weeks": schedule.block(training.today),
        "things": things_owned(training.owned, training.idiom),
        "paused": schedule.is_paused(training.changes_count_from),
        "newer_check": newer_check,
        "is_corrected": newer_check is not None and newer_check.corrects(training.plan.attempt_id),
    }
    return render(request, "exercises/plan.html", context)


def _plan_line(
    line: Line, reasons: Iterable[Reason], training: Training, lighter: Iterable[PrescribedLine]
) -> dict[str, Any]:
    """A line with its next target, why it is there, what keeps it low, and what opens its next step.

    reasons  what the line says itself
    lighter  the lines of the next workout, when that is a lighter day: they are shown as asked then
    """
    running = training.line(line.exercise)
    dropped = line.exercise in training.safety.dropped
    target = training.target(running or line.plan_line)
    asked = next((one.prescribed for one in lighter if one.exercise == line.exercise), None)
    dose, why_so_much = (asked.shown, asked.reasons) if asked else (target.standing, target.reasons)
    if not running:
        why_so_much = () if dropped else (_may_come_back(line.exercise, training),)
    shown = shown_line(line.exercise, dose, (), training.idiom)
    limits = planning.limits(shown["exercise"], shown["rung"], training.safety)
    begins = any(reason.key == "start" for reason in target.reasons)
    why = [reason for reason in reasons if begins or not reason.key.startswith("start_")]
    offer = _offer_in_words(target, training) if running else ""
    said = [
        words(reason, training.idiom)
        for reason in (*why_so_much, *limits, *why)
        if reason.key not in {"start", "opens_with", planning.STILL_HELD}
    ]
    state = _state(target, offer, is_running=running is not None, dropped=dropped)
    return {
        **shown,
        "dose": "" if state in {"dropped", "waiting", "on_hold"} else shown["dose"],
        "reasons": list(dict.fromkeys([*said, *([offer] if offer else [])])),
        "flags": FLAGS.get(state, ["A new step"] if any(r.key == "rung_up" for r in why_so_much) else []),
        "change": CHANGES.get(state, "Steps and changes"),
        "on_hold": state == "on_hold",
        "dropped": dropped,
        "next": _next_step(running, training) if running and not state else None,
    }


def _further(training: Training) -> list[str]:
    """What would let lines go on that can get no harder with what is owned."""
    lines = training.lines_on(training.changes_count_from)
    reasons = further_with((training.ladder(line.exercise), training.target(line)) for line in lines)
    return [words(reason) for reason in reasons]


FLAGS = {
    "dropped": ["Left out for now"],
    "waiting": ["Not in your workouts now"],
    "on_hold": ["On hold"],
    "offers": ["To try: a harder step"],
    "asks": ["One question"],
}
"""What is special about a line now, by its state; where nothing is, it has none."""
CHANGES = {"waiting": "Add it again", "offers": "Try it", "asks": "Answer"}
"""What the link to a line's own page is called, by its state."""


def _state(target: Target, offer: str, *, is_running: bool, dropped: bool) -> str:
    """What is special about a line now: the first of these that holds."""
    states = {
        "dropped": dropped,
        "waiting": not is_running,
        "on_hold": target.on_hold,
        "offers": bool(offer),
        "asks": bool(target.asks),
    }
    return next((state for state, holds in states.items() if holds), "")


def _may_come_back(exercise: str, training: Training) -> Reason:
    return because("may_come_back", on=training.may_come_back[exercise].isoformat())


def _next_step(line: PlanLine, training: Training) -> dict[str, Any] | None:
    """The next rung of a line and what opens it; None at the top."""
    states = rungs_on(training.ladder(line.exercise), line, training.today)
    higher = [state for state in states if state.place in {RungPlace.NEXT, RungPlace.OFFERED}]
    if not higher:
        return None
    opens = higher[0].reason
    return {"rung": higher[0].rung, "why": words(opens, training.idiom) if opens else ""}


def _offer_in_words(target: Target, training: Training) -> str:
    """What is offered to try, if anything."""
    offer = offer_on(target, training.today)
    if offer is None:
        return ""
    lifted = training.context.lifted.get(target.exercise)
    grams, rung = offer.load_grams, offer.rung
    if grams is not None:
        return words(because("offer_load", grams=grams), training.idiom)
    if lifted:
        return words(because("offer_lifted", on=lifted[1].isoformat(), exercise=target.exercise, rung=rung))
    return words(because("offer_rung", exercise=target.exercise, rung=rung))


def _addable(training: Training, planned: set[str]) -> list[dict[str, Any]]:
    """Every exercise that is not in the plan, with why, and whether it can be added."""
    out = training.lines.taken_out_on(training.changes_count_from)
    offered = {line.exercise: line for line in training.lines.offered}
    resting = {line.exercise for line in training.resting_on(training.changes_count_from)}
    rows = []
    for exercise in catalogue().exercises.values():
        if exercise.key in planned:
            continue
        try:
            place = planning.place_of(exercise.key, training.wishes)
            why, may_add = [], True
        except Refused as refusal:
            place, why, may_add = None, [refusal.reason], False
        if place and exercise.key in resting:
            why = [because(planning.RESTS)]
        elif exercise.key in out:
            why.insert(0, because("removed_on", on=out[exercise.key].isoformat()))
        elif place and exercise.key in offered:
            why = list(offered[exercise.key].reasons)
        pictures = catalogue().pictures_of(exercise.key, place.rung if place else exercise.lowest.key)
        rows.append(
            {
                "exercise": exercise,
                "picture": pictures.small,
                "may_add": may_add,
                "reasons": [words(reason) for reason in dict.fromkeys(why)],
            }
        )
    return rows


def _newer_check(training: Training) -> Attempt | None:
    """A mirror check that was finished after the plan was made, to make the next plan from."""
    checks = Attempt.objects.finished().filter(person=training.person).select_related("correction__first")
    return checks.filter(finished_at__gt=training.plan.made_at).first()


@require_safe
@with_training
def plan_ahead(request: HttpRequest, training: Training) -> HttpResponse:
    """What happens next, for each exercise: if the next workout goes well, is not clean, or hurts."""
    done = training.ahead(Story.DONE, most=12)
    told: dict[Story, list[Coming]] = {
        story: training.ahead(story, most=4) for story in Story if story is not Story.DONE
    }
    stories = {Story.DONE: done[:4], **told}
    lines = done[0].prescription.lines if done else ()
    context = {
        "next": done[0] if done else None,
        "lines": [_line_ahead(line, stories, training.idiom) for line in lines],
        "workouts": [shown_workout(coming, training.idiom) for coming in done],
        "back": reverse("plan"),
    }
    return render(request, "exercises/plan_ahead.html", context)


def _line_ahead(line: PrescribedLine, stories: dict[Story, list[Coming]], idiom: Idiom) -> dict[str, Any]:
    """One exercise: what is asked next, and for each story what follows, with its reason."""
    return {
        **shown_line(line.exercise, line.prescribed.shown, line.prescribed.reasons, idiom),
        "stories": [
            (story, _what_follows(line.exercise, coming[1:], idiom)) for story, coming in stories.items()
        ],
    }


def _what_follows(exercise: str, coming: list[Coming], idiom: Idiom) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for workout in coming:
        line = workout.line(exercise)
        shown = shown_line(exercise, line.prescribed.shown, line.prescribed.reasons, idiom) if line else None
        rows.append({"on": workout.on, "shown": shown, "on_hold": exercise in workout.prescription.on_hold})
    reasons = [row["shown"]["reasons"] for row in rows if row["shown"]]
    return {"rows": rows, "reasons": reasons[0] if reasons else []}
