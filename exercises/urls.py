"""Addresses of training, and of the public pages about exercises."""

from datetime import date

from django.urls import include, path, register_converter

from exercises import (
    views_entry,
    views_plan,
    views_plan_new,
    views_progress,
    views_stop,
    views_today,
    views_workout,
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
    path("plan/", views_plan.plan, name="plan"),
    path("plan/new/", views_plan_new.plan_new, name="plan_new"),
    path("plan/new/preview/", views_plan_new.plan_preview, name="plan_preview"),
    path("plan/new/ahead/", views_plan_new.plan_preview_ahead, name="plan_preview_ahead"),
    path("plan/new/drop/", views_plan_new.plan_drop, name="plan_drop"),
    path("plan/new/lines/<slug:exercise>/", views_plan_new.plan_draft_line, name="plan_draft_line"),
    path("plan/new/<slug:step>/", views_plan_new.plan_step, name="plan_step"),
    path("plan/ahead/", views_plan.plan_ahead, name="plan_ahead"),
    path("plan/days/", views_plan.plan_days, name="plan_days"),
    path("plan/minutes/", views_plan.plan_minutes, name="plan_minutes"),
    path("plan/lines/<slug:exercise>/", views_plan.plan_line, name="plan_line"),
    path("plan/seen/<slug:exercise>/", views_plan.plan_seen, name="plan_seen"),
    path("plan/workouts/<int:number>/", views_plan.plan_slot, name="plan_slot"),
    path("plan/change/<slug:what>/", views_plan.plan_change, name="plan_change"),
    path("plan/past/", views_plan.plans_past, name="plans_past"),
    path("plan/past/<uuid:pk>/", views_plan.plan_past, name="plan_past"),
    path("progress/", views_progress.progress_page, name="progress"),
    path("today/", views_today.today, name="today"),
    path("workouts/", views_workout.workouts, name="workouts"),
    path("workouts/add/", views_entry.workout_add, name="workout_add"),
    path("workouts/sheet/", views_entry.workout_sheet, name="workout_sheet"),
    path("workouts/start/", views_workout.workout_start, name="workout_start"),
    path("workouts/start/unwell/", views_workout.workout_unwell, name="workout_unwell"),
    path(
        "workouts/start/unwell/explained/",
        views_workout.workout_unwell,
        {"explained": True},
        name="workout_unwell_explained",
    ),
    path("workouts/<isodate:day>/", views_workout.workout, name="workout"),
    path("workouts/<isodate:day>/<int:number>/", views_workout.workout, name="workout_number"),
    path("workouts/<isodate:day>/<int:number>/typed/", views_entry.workout_typed, name="workout_typed"),
    path("workouts/<isodate:day>/<int:number>/remove/", views_entry.workout_remove, name="workout_remove"),
    path("workouts/<isodate:day>/<int:number>/note/", views_entry.workout_note, name="workout_note"),
    path("workouts/<isodate:day>/<int:number>/finish/", views_workout.workout_finish, name="workout_finish"),
    path(
        "workouts/<isodate:day>/<int:number>/morning/", views_workout.workout_morning, name="workout_morning"
    ),
    path(
        "workouts/<isodate:day>/<int:number>/unwell/",
        views_stop.workout_feels_unwell,
        name="workout_feels_unwell",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/unwell/explained/",
        views_stop.workout_feels_unwell,
        {"explained": True},
        name="workout_feels_unwell_explained",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/",
        views_workout.exercise_sets,
        name="exercise_sets",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/stop/",
        views_workout.exercise_stop,
        name="exercise_stop",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/leave/",
        views_workout.exercise_leave,
        name="exercise_leave",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/how/",
        views_workout.exercise_how,
        name="exercise_how",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/<slug:side>/<int:set_number>/",
        views_workout.set_change,
        name="set_change",
    ),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/<slug:side>/<int:set_number>/remove/",
        views_workout.set_remove,
        name="set_remove",
    ),
]
