"""Workouts from a table: what would come in and what cannot, line by line; then yes or no."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from accounts.events import note
from accounts.models import EventKind, User, WeightUnit
from accounts.requests import get_or_post, person_of
from exercises.actions.past import bring_past_workouts, past_arrivals
from exercises.rules.catalogue import catalogue
from exercises.rules.past import Arrivals
from hipfeet.owndata.forms import WorkoutsForm
from hipfeet.owndata.importing import BadFile, require_readable
from hipfeet.owndata.models import FileKind, count_reading, keep_file, waiting_file
from hipfeet.owndata.workouts_csv import BadTable, WorkoutTable, read_workouts, template, without

MOST_PROBLEMS = 200
"""So many lines are named with what is the matter; the others are counted."""
HERE_ALREADY = "Another set stands in this place already. Change it on the page of its workout."


@require_safe
def workouts_template(request: HttpRequest) -> HttpResponse:
    """A table to fill in."""
    table = template(today_for(person_of(request)))
    # With a mark in front, without which Excel takes it for another encoding.
    response = HttpResponse(f"\N{ZERO WIDTH NO-BREAK SPACE}{table}", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="hipfeet-workouts.csv"'
    return response


@get_or_post
def bring_workouts(request: HttpRequest) -> HttpResponse:
    """A table to send; then what of it comes in, and yes or no."""
    person = person_of(request)
    count_reading(person, FileKind.WORKOUTS, is_sent=request.method == "POST")
    if request.method == "POST" and "action" in request.POST:
        return _decided(request, person)
    form = WorkoutsForm(request.POST, request.FILES) if request.method == "POST" else WorkoutsForm()
    if form.is_bound:
        return _sent(request, person, form)
    pending = waiting_file(person, FileKind.WORKOUTS)
    return _page(request, form, _looked_into(bytes(pending.file), person) if pending else None)


def _sent(request: HttpRequest, person: User, form: WorkoutsForm) -> HttpResponse:
    """Keep the file where something of it can come in, or is here already; else say why not."""
    if not form.is_valid():
        return _page(request, form, None)
    file = form.cleaned_data["file"]
    try:
        table, found = _looked_into(file, person)
    except BadTable as problem:
        form.add_error("file", str(problem))
        return _page(request, form, None)
    if not found.sets and table.problems:
        form.add_error("file", "No line of this file can come in")
        return _page(request, form, (table, found))
    keep_file(person, file, FileKind.WORKOUTS)
    return redirect("import_workouts")


def _looked_into(file: bytes, person: User) -> tuple[WorkoutTable, Arrivals]:
    """What stands in a table, and what of it is not here yet. Raises BadTable."""
    pounds = person.weight_unit == WeightUnit.POUNDS
    table = read_workouts(file, today=today_for(person), pounds=pounds)
    found = past_arrivals(person, table.workouts)
    return without(table, {one.line: HERE_ALREADY for one in found.differing}), found


def _page(
    request: HttpRequest, form: WorkoutsForm, looked_into: tuple[WorkoutTable, Arrivals] | None
) -> HttpResponse:
    table, found = looked_into or (None, None)
    problems = table.problems if table else ()
    context = {
        "form": form,
        "found": found,
        "problems": problems[:MOST_PROBLEMS],
        "count": len(problems),
        "more": max(0, len(problems) - MOST_PROBLEMS),
        "not_read": table.not_read if table else (),
        "exercises": catalogue().exercises.values(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "settings/import_workouts.html", context, status=status)


def _decided(request: HttpRequest, person: User) -> HttpResponse:
    """Bring in what can come in, or forget the file; without one, as after a second tap, there is nothing to do."""
    pending = waiting_file(person, FileKind.WORKOUTS)
    if pending is None:
        return redirect("workouts")
    file = bytes(pending.file)
    pending.delete()
    if request.POST["action"] != "bring":
        return redirect("import_workouts")
    try:
        table, _ = _looked_into(file, person)
        with transaction.atomic():
            found = bring_past_workouts(person=person, told=table.workouts)
            require_readable(person)
    except (BadTable, BadFile) as problem:
        messages.error(request, str(problem))
        return redirect("import_workouts")
    note(EventKind.IMPORTED, request, person)
    sets = found.sets
    messages.success(request, f"{sets} set{'' if sets == 1 else 's'} came in.")
    return redirect("workouts")
