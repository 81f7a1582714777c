"""Addresses of training, and of the public pages about exercises."""

from datetime import date

from django.urls import include, path, register_converter

from exercises.views import (
    log,
    moves,
    plan,
    plan_change,
    plan_line,
    plan_new,
    plans_past,
    preferences,
    progress,
    sets,
    today,
    typed,
    unwell,
    workout,
    workouts_past,
)


class IsoDate:
    """A local date in an address: 2026-11-24."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The date; ValueError (so a 404) for one that does not exist."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """As in an address."""
        return value.isoformat()


register_converter(IsoDate, "isodate")

urlpatterns = [
    path("", include("exercises.urls_reference")),
    path("plan/", plan.plan, name="plan"),
    path("plan/new/", plan_new.plan_new, name="plan_new"),
    path("plan/new/preview/", plan_new.plan_preview, name="plan_preview"),
    path("plan/new/ahead/", plan_new.plan_preview_ahead, name="plan_preview_ahead"),
    path("plan/new/drop/", plan_new.plan_drop, name="plan_drop"),
    path("plan/new/lines/<slug:exercise>/", plan_new.plan_draft_line, name="plan_draft_line"),
    path("plan/new/<slug:step>/", plan_new.plan_step, name="plan_step"),
    path("plan/ahead/", plan.plan_ahead, name="plan_ahead"),
    path("plan/end/", plan_change.plan_end, name="plan_end"),
    path("plan/end/undo/", plan_change.plan_end_undo, name="plan_end_undo"),
    path("plan/days/", plan_change.plan_days, name="plan_days"),
    path("plan/minutes/", plan_change.plan_minutes, name="plan_minutes"),
    path("plan/lines/<slug:exercise>/", plan_line.plan_line, name="plan_line"),
    path("plan/seen/<slug:exercise>/", plan_line.plan_seen, name="plan_seen"),
    path("plan/workouts/<int:number>/", plan_change.plan_slot, name="plan_slot"),
    path("plan/change/<slug:what>/", plan_change.plan_change, name="plan_change"),
    path("plan/past/", plans_past.plans_past, name="plans_past"),
    path("plan/past/<uuid:pk>/", plans_past.plan_past, name="plan_past"),
    path("progress/", progress.progress_page, name="progress"),
    path("progress/<slug:exercise>/", progress.progress_exercise, name="progress_exercise"),
    path("settings/pace/", preferences.settings_pace, name="settings_pace"),
    path("settings/pace/<slug:exercise>/", preferences.exercise_pace, name="exercise_pace"),
    path("today/", today.today, name="today"),
    path("workouts/", workouts_past.workouts, name="workouts"),
    path("workouts/add/", typed.workout_add, name="workout_add"),
    path("workouts/sheet/", typed.workout_sheet, name="workout_sheet"),
    path("workouts/start/", workout.workout_start, name="workout_start"),
    path("workouts/start/unwell/", workout.workout_unwell, name="workout_unwell"),
    path(
        "workouts/start/unwell/explained/",
        workout.workout_unwell,
        {"explained": True},
        name="workout_unwell_explained",
    ),
    path("workouts/<isodate:day>/", workout.workout, name="workout"),
    path("workouts/<isodate:day>/<int:number>/", workout.workout, name="workout_number"),
    path("workouts/<isodate:day>/<int:number>/typed/", typed.workout_typed, name="workout_typed"),
    path("workouts/<isodate:day>/<int:number>/remove/", typed.workout_remove, name="workout_remove"),
    path("workouts/<isodate:day>/<int:number>/note/", typed.workout_note, name="workout_note"),
    path("workouts/<isodate:day>/<int:number>/finish/", workout.workout_finish, name="workout_finish"),
    path("workouts/<isodate:day>/<int:number>/morning/", workout.workout_morning, name="workout_morning"),
    path("workouts/<isodate:day>/<int:number>/warm-up/", moves.workout_warm_up, name="workout_warm_up"),
    path("workouts/<isodate:day>/<int:number>/stretches/", moves.workout_stretches, name="workout_stretches"),
    path(
        "workouts/<isodate:day>/<int:number>/unwell/",
        unwell.workout_feels_unwell,
        name="workout_feels_unwell",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/unwell/explained/",
        unwell.workout_feels_unwell,
        {"explained": True},
        name="workout_feels_unwell_explained",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/",
        sets.exercise_sets,
        name="exercise_sets",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/stop/",
        log.exercise_stop,
        name="exercise_stop",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/leave/",
        log.exercise_leave,
        name="exercise_leave",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/how/",
        log.exercise_how,
        name="exercise_how",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/<slug:side>/<int:set_number>/",
        sets.set_change,
        name="set_change",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/<slug:side>/<int:set_number>/remove/",
        sets.set_remove,
        name="set_remove",
    ),
]
