"""Pages of a running plan: looking at it and changing it; and the plans that have ended."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models import Attempt
from exercises import actions, history, planning, progression, scheduling
from exercises.access import exercise_at, person_of, refused, with_training
from exercises.catalogue import Exercise, UnknownKey, catalogue
from exercises.forms import MinutesForm, SeenForm, SlotForm, WeekdaysForm
from exercises.log import PlanLine
from exercises.lookahead import Coming, Story
from exercises.models import Decision, Plan, PlanStatus, Workout
from exercises.prescribing import PrescribedLine
from exercises.training import Training, shown_line, shown_workout, training_of, training_with
from exercises.wording import Idiom, Reason, Refused, because, range_in_words, words

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# --- the plan --------------------------------------------------------------------------------------


@login_not_required
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The running plan; without one, what a plan is and how to make it."""
    if not request.user.is_authenticated:
        return render(request, "exercises/invitation.html")
    person = person_of(request)
    training = training_of(person)
    if training is None:
        without = {"draft": history.draft_of(person), "ended": history.latest_plan(person)}
        return render(request, "exercises/invitation.html", without)
    lines = history.lines_on(training.plan, training.decisions, training.changes_count_from)
    schedule = training.schedule
    context = {
        **_as_accepted(training.plan),
        "training": training,
        "lines": [_plan_line(line, training) for line in lines],
        "addable": _addable(training, {line.exercise for line in lines}),
        "coming": training.coming(3),
        "weekdays": [
            scheduling.WEEKDAY_NAMES[day] for day in schedule.weekdays_on(training.changes_count_from)
        ],
        "weeks": schedule.block(training.today),
        "this_week": schedule.week(training.today).first_day,
        "things": ", ".join(
            training.idiom.band(key) for key in catalogue().equipment if key in training.owned.things
        ),
        "paused": schedule.is_paused(training.changes_count_from),
        "newer_check": _newer_check(training),
    }
    return render(request, "exercises/plan.html", context)


def _as_accepted(plan: Plan) -> dict[str, Any]:
    """What was said about the whole plan when it was accepted."""
    accepted = plan.accepted or {"heading": None, "notes": []}
    return {
        "heading": words(Reason.from_json(accepted["heading"])) if accepted["heading"] else "",
        "notes": [words(Reason.from_json(note)) for note in accepted["notes"]],
    }


def _plan_line(line: planning.Line, training: Training) -> dict[str, Any]:
    """A line with its next target, why it is there, what keeps it low, and what opens its next step."""
    running = training.line(line.exercise)
    dropped = line.exercise in training.safety.dropped
    target = training.target(running or line.plan_line)
    shown = shown_line(line.exercise, target.standing, () if dropped else target.reasons, training.idiom)
    shown.update(
        why=[words(reason, training.idiom) for reason in line.reasons],
        limits=[words(reason) for reason in _limits(shown["exercise"], shown["rung"].key, training)],
        on_hold=target.on_hold,
        dropped=dropped,
        waiting="" if running or dropped else words(_may_come_back(line.exercise, training)),
        offer=_offer_in_words(target, training),
        asks=bool(target.asks),
        next=None if target.on_hold or not running else _next_step(running, training),
    )
    return shown


def _limits(exercise: Exercise, rung: str, training: Training) -> list[Reason]:
    """What the safety answers of now say about a line."""
    safety, found = training.safety, []
    cap = safety.caps.get(exercise.key)
    if cap is not None and (highest := exercise.rung_at(cap)):
        found.append(because("only_to", exercise=exercise.key, rung=highest.key))
    if safety.support and exercise.rung(rung).is_standing:
        found.append(because(safety.support))
    return found


def _may_come_back(exercise: str, training: Training) -> Reason:
    since = history.may_come_back(training.plan, training.decisions, training.past)
    return because("may_come_back", on=since[exercise].isoformat())


def _next_step(line: PlanLine, training: Training) -> dict[str, Any] | None:
    """The next rung of a line and what opens it; None at the top."""
    states = progression.ladder_of(line, training.log, training.context, training.today)
    higher = [state for state in states if state.place in {progression.Place.NEXT, progression.Place.OFFERED}]
    if not higher:
        return None
    opens = higher[0].reason
    return {"rung": higher[0].rung, "why": words(opens, training.idiom) if opens else ""}


def _offer_in_words(target: progression.Target, training: Training) -> str:
    """What is offered to try, if anything."""
    if target.offer is None:
        return ""
    lifted = training.context.lifted.get(target.exercise)
    grams, rung = target.offer.load_grams, target.offer.rung
    if grams is not None:
        return words(because("offer_load", grams=grams), training.idiom)
    if lifted:
        return words(because("offer_lifted", on=lifted[1].isoformat(), exercise=target.exercise, rung=rung))
    return words(because("offer_rung", exercise=target.exercise, rung=rung))


def _addable(training: Training, planned: set[str]) -> list[dict[str, Any]]:
    """Every exercise that is not in the plan, with why, and whether it can be added."""
    taken_out = history.taken_out(training.plan, training.decisions, training.changes_count_from)
    offered = {line.exercise: line for line in history.lines_of(training.plan, "offered")}
    rows = []
    for exercise in catalogue().exercises.values():
        if exercise.key in planned:
            continue
        try:
            place = planning.place_of(exercise.key, training.wishes)
            why, may_add = [], True
        except Refused as refusal:
            place, why, may_add = None, [refusal.reason], False
        if exercise.key in taken_out:
            why.insert(0, because("removed_on", on=taken_out[exercise.key].isoformat()))
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
    checks = Attempt.objects.finished().filter(person=training.person)
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


# --- one line --------------------------------------------------------------------------------------


@get_or_post
@with_training
def plan_line(request: HttpRequest, training: Training, *, exercise: str) -> HttpResponse:
    """One exercise of the plan: its ladder, what may be chosen, and what opens the rest; or how to add it."""
    known = exercise_at(exercise)
    line = training.line(known.key)
    if request.method == "POST":
        back = reverse("plan_line", kwargs={"exercise": exercise})
        try:
            said = _change_line(request, training, known, line)
        except Refused as why:
            return refused(request, why, back=back)
        messages.success(request, said)
        return redirect("plan")
    if line is None:
        return render(request, "exercises/plan_add.html", _to_add(known, training))
    target = training.target(line)
    states = progression.ladder_of(line, training.log, training.context, training.today)
    context = {
        **shown_line(known.key, target.standing, target.reasons, training.idiom),
        "target": target,
        "limits": [words(reason) for reason in _limits(known, target.standing.rung, training)],
        "by_tap": words(because("only_by_tap")) if training.safety.with_limits else "",
        "offer": _offer_in_words(target, training),
        "gate": known.rung(target.asks).gate if target.asks else None,
        "states": [
            {
                "state": state,
                "range": range_in_words(state.rung, known.counted_as, training.idiom),
                "why": words(state.reason, training.idiom) if state.reason else "",
                "pictures": catalogue().pictures_of(known.key, state.rung.key),
            }
            for state in states
        ],
        "is_last": len(training.lines_on(training.changes_count_from)) == 1,
        "counts_from": training.changes_count_from,
        "today": training.today,
    }
    return render(request, "exercises/plan_line.html", context)


def _to_add(exercise: Exercise, training: Training) -> dict[str, Any]:
    """What is said of an exercise that is not in the plan."""
    try:
        place = planning.place_of(exercise.key, training.wishes)
    except Refused as why:
        return {"exercise": exercise, "refusal": words(why.reason)}
    rung = exercise.rung(_rung_to_add(exercise, place, training)[0])
    pictures = catalogue().pictures_of(exercise.key, rung.key)
    return {"exercise": exercise, "rung": rung, "picture": pictures.small}


def _rung_to_add(exercise: Exercise, place: planning.Line, training: Training) -> tuple[str, bool]:
    """Where an added line starts: (rung key, whether it starts there whatever was logged).

    One step below where it stood, when safety answers left it out and do so no more; where it stood when it was
    taken out; else where a plan would start it.
    """
    came_back = history.may_come_back(training.plan, training.decisions, training.past)
    if not any(exercise.key in workout.lines for workout in training.log):
        return place.rung, False
    stood = training.target(place.plan_line).standing.rung
    if exercise.key not in came_back:
        return stood, False
    below = [rung for rung in exercise.below(exercise.rung(stood)) if training.owned.has(rung)]
    return (below[0].key if below else stood), True


def _change_line(request: HttpRequest, training: Training, exercise: Exercise, line: PlanLine | None) -> str:
    """Do what a button of the page asks for; returns what to say. Raises Refused in words."""

    def decide(kind: Decision, **details: Any) -> None:
        actions.decide(
            plan=training.plan,
            kind=kind,
            details={"exercise": exercise.key, **details},
            counts_from=training.changes_count_from,
            today=training.today,
        )

    name = exercise.name
    if line is None:
        if "add" not in request.POST:
            raise Refused("not_in_plan", exercise=exercise.key)
        place = planning.place_of(exercise.key, training.wishes)
        rung, fresh = _rung_to_add(exercise, place, training)
        decide(Decision.ADD, rung=rung, fresh=fresh)
        return f"{name} is in your plan now."
    if "add" in request.POST:  # a second tap, or another tab
        return f"{name} is in your plan now."
    if "remove" in request.POST:
        if len(training.lines_on(training.changes_count_from)) == 1:
            raise Refused("plan_empty")
        decide(Decision.REMOVE)
        return f"{name} is out of your plan. What you did with it stays, and you can add it again."
    target = training.target(line)
    if "offer" in request.POST:
        if target.offer is None:
            raise Refused("offer_gone")
        decide(Decision.RUNG, rung=target.offer.rung, load_grams=target.offer.load_grams)
        return f"{name}: you try it in your next workout."
    if request.POST.get("gate") in {"yes", "no"}:
        if target.asks is None:
            raise Refused("question_gone")
        decide(Decision.GATE, rung=target.asks, yes=request.POST["gate"] == "yes")
        if request.POST["gate"] == "no":
            return f"{name} stays on this step. We ask again later."
        return f"{name}: the next step is open."
    chosen = progression.check_choice(
        line, training.log, training.context, training.today, rung=request.POST.get("rung", "")
    )
    decide(Decision.RUNG, rung=chosen.rung.key, load_grams=None)
    return f"{name}: you chose “{chosen.rung.name}” for your next workout."


@get_or_post
@with_training
def plan_seen(request: HttpRequest, training: Training, *, exercise: str) -> HttpResponse:
    """ "I have been seen" for one exercise that is on hold."""
    known = exercise_at(exercise)
    line = training.line(known.key)
    if line is None or not training.target(line).on_hold:
        raise Http404
    form = SeenForm(request.POST if request.method == "POST" else None, today=training.today)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["verdict"] != "no":
            actions.decide(
                plan=training.plan,
                kind=Decision.SEEN,
                details={
                    "exercise": known.key,
                    "verdict": form.cleaned_data["verdict"],
                    "seen_on": form.cleaned_data["seen_on"].isoformat(),
                },
                counts_from=training.today,
                today=training.today,
            )
        return redirect("plan")
    context = {"form": form, "exercise": known}
    return render(request, "exercises/plan_seen.html", context, status=422 if form.is_bound else 200)


# --- days, minutes, pause, end ---------------------------------------------------------------------


@require_POST
@with_training
def plan_change(request: HttpRequest, training: Training, *, what: str) -> HttpResponse:
    """Pause, go on, or end the plan."""
    today, schedule = training.today, training.schedule
    try:
        match what:
            case "pause" if not schedule.is_paused(schedule.counts_from(today)):
                change = schedule.structural(scheduling.ChangeKind.PAUSE, today)
            case "resume" if schedule.is_paused(schedule.counts_from(today)):
                change = schedule.structural(scheduling.ChangeKind.RESUME, today)
            case "end":
                actions.end_plan(person=training.person, today=today)
                return redirect("plan")
            case "pause" | "resume":
                return redirect("plan")
            case _:
                raise Http404
    except Refused as why:
        return refused(request, why, back=reverse("plan"))
    actions.change_plan(plan=training.plan, change=change, today=today)
    return redirect("plan")


@get_or_post
@with_training
def plan_days(request: HttpRequest, training: Training) -> HttpResponse:
    """Other training days from now on; what is past stays as it was."""
    today, schedule = training.today, training.schedule
    counts_from = training.changes_count_from
    data = request.POST if request.method == "POST" else None
    form = WeekdaysForm(data, initial={"weekdays": schedule.weekdays_on(counts_from)})
    if form.is_bound and form.is_valid():
        days = form.cleaned_data["weekdays"]
        if tuple(days) != tuple(schedule.weekdays_on(counts_from)):
            change = schedule.structural(scheduling.ChangeKind.WEEKDAYS, today, days)
            actions.change_plan(plan=training.plan, change=change, today=today)
        return redirect("plan")
    context = {"form": form, "counts_from": counts_from, "today": today}
    return render(request, "exercises/plan_days.html", context, status=422 if form.is_bound else 200)


@get_or_post
@with_training
def plan_minutes(request: HttpRequest, training: Training) -> HttpResponse:
    """Another length of the workouts from now on."""
    data = request.POST if request.method == "POST" else None
    form = MinutesForm(data, initial={"minutes": training.minutes})
    if form.is_bound and form.is_valid():
        if form.cleaned_data["minutes"] != training.minutes:
            actions.decide(
                plan=training.plan,
                kind=Decision.MINUTES,
                details={"minutes": form.cleaned_data["minutes"]},
                counts_from=training.changes_count_from,
                today=training.today,
            )
        return redirect("plan")
    context = {"form": form, "counts_from": training.changes_count_from, "today": training.today}
    return render(request, "exercises/plan_minutes.html", context, status=422 if form.is_bound else 200)


@get_or_post
@with_training
def plan_slot(request: HttpRequest, training: Training, *, number: int) -> HttpResponse:
    """Move one coming workout within its week, or skip it with a reason."""
    today, schedule = training.today, training.schedule
    try:
        days = [
            (day, schedule.has_neighbour(day, but=number)) for day in schedule.days_to_move_to(number, today)
        ]
        form = SlotForm(request.POST if request.method == "POST" else None, days=days)
        if form.is_bound and form.is_valid():
            actions.change_plan(
                plan=training.plan, change=_slot_change(form, schedule, number, training), today=today
            )
            return redirect("plan")
    except Refused as why:
        return refused(request, why, back=reverse("plan"))
    context = {"form": form, "slot": schedule.slot(number)}
    return render(request, "exercises/plan_slot.html", context, status=422 if form.is_bound else 200)


def _slot_change(
    form: SlotForm, schedule: scheduling.Schedule, number: int, training: Training
) -> scheduling.Change:
    kind, what = form.chosen
    if kind == "move":
        return schedule.move(number, date.fromisoformat(what), training.today)
    return schedule.skip(number, what, training.today)


# --- plans that have ended -------------------------------------------------------------------------


@require_safe
def plans_past(request: HttpRequest) -> HttpResponse:
    """Every plan that has ended, the latest first."""
    plans = Plan.objects.filter(person=person_of(request), status=PlanStatus.ENDED).order_by("-made_at")
    return render(request, "exercises/plans_past.html", {"plans": plans[:60]})


@require_safe
def plan_past(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One plan that has ended: its lines as they were at the end, with their reasons, and its weeks."""
    person = person_of(request)
    ended = get_object_or_404(
        Plan.objects.select_related("person__belongings"), pk=pk, person=person, status=PlanStatus.ENDED
    )
    training = training_with(ended, ended.person)
    last_day = ended.ended_on or training.today
    lines = history.lines_on(ended, training.decisions, last_day)
    context = {
        **_as_accepted(ended),
        "plan": ended,
        "lines": [shown for line in lines if (shown := _ended_line(line, training.idiom))],
        "gone": _gone_exercises(ended),
        "weeks": [week for week in training.schedule.block(last_day) if week.week.first_day <= last_day],
        "weekdays": [scheduling.WEEKDAY_NAMES[day] for day in training.schedule.weekdays_on(last_day)],
        "workouts": Workout.objects.filter(plan=ended).order_by("local_date", "number"),
    }
    return render(request, "exercises/plan_past.html", context)


def _ended_line(line: planning.Line, idiom: Idiom) -> dict[str, Any]:
    exercise = catalogue().exercise(line.exercise)
    try:
        started = exercise.rung(line.rung).name
    except UnknownKey:
        started = "a step that is no longer offered"
    return {
        "exercise": exercise,
        "started": started,
        "why": [words(reason, idiom) for reason in line.reasons],
    }


def _gone_exercises(plan: Plan) -> int:
    """How many lines name an exercise that is no longer offered."""
    lines = (plan.accepted or {}).get("lines", ())
    return sum(1 for line in lines if line["exercise"] not in catalogue().exercises)
