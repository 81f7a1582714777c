"""One exercise of a running plan: its ladder, adding it, taking it out, and a visit about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format

from accounts.requests import get_or_post
from exercises.actions.plan import decide
from exercises.forms.plan import ExerciseSeenForm
from exercises.models import PlanDecision
from exercises.rules import planning
from exercises.rules.catalogue import Exercise, Rung, catalogue
from exercises.rules.choosing import check_choice, rungs_on
from exercises.rules.drafts import Line
from exercises.rules.lines import is_last_line, rung_to_add
from exercises.rules.targets import offer_on
from exercises.rules.values import PlanLine
from exercises.rules.wording import Refused, because, range_in_words, words
from exercises.training import Training, shown_line
from exercises.views.access import exercise_at, refused, with_training
from exercises.views.plan import _offer_in_words


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
    states = rungs_on(training.ladder(known.key), line, training.today)
    limits = planning.limits(known, known.rung(target.standing.rung), training.safety)
    context = {
        **shown_line(known.key, target.standing, target.reasons, training.idiom),
        "target": target,
        "limits": [words(reason) for reason in limits],
        "besides": words(because("any_day")) if known.any_day else "",
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
        "is_last": is_last_line(training.lines_on(training.changes_count_from)),
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
    rung, _ = _rung_to_add(exercise, place, training)
    pictures = catalogue().pictures_of(exercise.key, rung.key)
    return {"exercise": exercise, "rung": rung, "picture": pictures.small}


def _rung_to_add(exercise: Exercise, place: Line, training: Training) -> tuple[Rung, bool]:
    """Where an added line starts, and whether it starts there whatever was logged."""
    came_back = exercise.key in training.may_come_back
    return rung_to_add(place, training.log, training.context, came_back=came_back)


def _change_line(request: HttpRequest, training: Training, exercise: Exercise, line: PlanLine | None) -> str:
    """Do what a button of the page asks for; returns what to say. Raises Refused in words."""

    def note(kind: PlanDecision, **details: Any) -> None:
        decide(
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
        note(PlanDecision.ADD, rung=rung.key, fresh=fresh)
        return f"{name} is in your plan now."
    if "add" in request.POST:  # a second tap, or another tab
        return f"{name} is in your plan now."
    if "remove" in request.POST:
        if is_last_line(training.lines_on(training.changes_count_from)):
            raise Refused("plan_empty")
        note(PlanDecision.REMOVE)
        return f"{name} is out of your plan. What you did with it stays, and you can add it again."
    target = training.target(line)
    if "offer" in request.POST:
        offer = offer_on(target, training.today)
        if offer is None:
            raise Refused("offer_gone")
        note(PlanDecision.RUNG, rung=offer.rung, load_grams=offer.load_grams)
        return f"{name}: you try it in your next workout."
    if request.POST.get("gate") in {"yes", "no"}:
        if target.asks is None:
            raise Refused("question_gone")
        note(PlanDecision.GATE, rung=target.asks, yes=request.POST["gate"] == "yes")
        if request.POST["gate"] == "no":
            return f"{name} stays on this step. We ask again later."
        return f"{name}: the next step is open."
    ladder = training.ladder(exercise.key)
    chosen = check_choice(ladder, line, training.today, rung=request.POST.get("rung", ""))
    note(PlanDecision.RUNG, rung=chosen.rung.key, load_grams=None)
    return f"{name}: you chose “{chosen.rung.name}” for your next workout."


@get_or_post
@with_training
def plan_seen(request: HttpRequest, training: Training, *, exercise: str) -> HttpResponse:
    """ "I have been seen" for one exercise that is on hold."""
    known = exercise_at(exercise)
    line = training.line(known.key)
    if line is None or not training.target(line).on_hold:
        if request.method == "POST":  # a second tap, or another tab
            return redirect("plan")
        raise Http404
    form = ExerciseSeenForm(request.POST if request.method == "POST" else None, today=training.today)
    if form.is_bound and form.is_valid():
        seen_on = f"you were seen on {date_format(form.cleaned_data['seen_on'], 'j F Y')}"
        if form.cleaned_data["verdict"] == "no":
            messages.success(request, f"{known.name}: {seen_on}. It stays on hold.")
        else:
            decide(
                plan=training.plan,
                kind=PlanDecision.SEEN,
                details={
                    "exercise": known.key,
                    "verdict": form.cleaned_data["verdict"],
                    "seen_on": form.cleaned_data["seen_on"].isoformat(),
                },
                counts_from=training.today,
                today=training.today,
            )
            messages.success(request, f"{known.name}: {seen_on}. It goes on, easier than before.")
        return redirect("plan")
    context = {"form": form, "exercise": known}
    return render(request, "exercises/plan_seen.html", context, status=422 if form.is_bound else 200)
