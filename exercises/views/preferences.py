"""Rest, get ready and tempo: for all exercises in the settings, for one of them also from the player."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts.requests import get_or_post, local_address, person_of, wants_json
from exercises.actions.preferences import keep_preference
from exercises.forms.preferences import ExercisePaceForm, PaceForm
from exercises.rows import preferences_of
from exercises.views.access import exercise_at


@get_or_post
def settings_pace(request: HttpRequest) -> HttpResponse:
    """What counts for all exercises."""
    person = person_of(request)
    data = request.POST if request.method == "POST" else None
    form = PaceForm(data, pace=preferences_of(person).for_all)
    if form.is_bound and form.is_valid():
        keep_preference(person=person, values=form.cleaned_data)
        messages.success(request, "Saved: rest, get ready and tempo.")
        return redirect("settings")
    return render(request, "settings/pace.html", {"form": form}, status=422 if form.is_bound else 200)


@get_or_post
def exercise_pace(request: HttpRequest, exercise: str) -> HttpResponse:
    """What counts for one exercise, and its note. Goes on to `next`, or to the page of the exercise."""
    person, known = person_of(request), exercise_at(exercise)
    stored = preferences_of(person, known.key)
    data = request.POST if request.method == "POST" else None
    form = ExercisePaceForm(data, pace=stored.own, for_all=stored.for_all, note=stored.note)
    after = local_address(request, otherwise="settings")
    if form.is_bound and form.is_valid():
        keep_preference(person=person, exercise=known.key, values=form.cleaned_data)
        if wants_json(request):
            return JsonResponse({"stored": {}})
        messages.success(request, f"Saved: {known.name.lower()}.")
        return redirect(after)
    if form.is_bound and wants_json(request):
        return JsonResponse(
            {"errors": [error for all_ in form.errors.values() for error in all_]}, status=422
        )
    context = {"form": form, "exercise": known, "back": after}
    return render(request, "settings/exercise_pace.html", context, status=422 if form.is_bound else 200)
