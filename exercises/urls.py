"""Addresses of training, and of the public pages about exercises."""

from datetime import date

from django.urls import include, path, register_converter

from exercises import views


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
    path("plan/", views.plan, name="plan"),
    path("plan/new/", views.plan_new, name="plan_new"),
    path("plan/new/preview/", views.plan_preview, name="plan_preview"),
    path("plan/new/drop/", views.plan_drop, name="plan_drop"),
    path("plan/new/lines/<slug:exercise>/", views.plan_line, name="plan_line"),
    path("plan/new/<slug:step>/", views.plan_step, name="plan_step"),
    path("plan/change/<slug:what>/", views.plan_change, name="plan_change"),
    path("plan/seen/<slug:exercise>/", views.plan_seen, name="plan_seen"),
    path("today/", views.today, name="today"),
    path("workouts/", views.workouts, name="workouts"),
    path("workouts/start/", views.workout_start, name="workout_start"),
    path("workouts/start/unwell/", views.workout_unwell, name="workout_unwell"),
    path(
        "workouts/start/unwell/explained/",
        views.workout_unwell,
        {"explained": True},
        name="workout_unwell_explained",
    ),
    path("workouts/<isodate:day>/", views.workout, name="workout"),
    path("workouts/<isodate:day>/<int:number>/", views.workout, name="workout_number"),
    path("workouts/<isodate:day>/<int:number>/finish/", views.workout_finish, name="workout_finish"),
    path("workouts/<isodate:day>/<int:number>/morning/", views.workout_morning, name="workout_morning"),
    path("workouts/<isodate:day>/<int:number>/<slug:exercise>/", views.exercise_sets, name="exercise_sets"),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/stop/", views.exercise_stop, name="exercise_stop"
    ),
    path("workouts/<isodate:day>/<int:number>/<slug:exercise>/how/", views.exercise_how, name="exercise_how"),
    path(
        "workouts/<isodate:day>/<int:number>/<slug:exercise>/<slug:side>/<int:set_number>/",
        views.set_change,
        name="set_change",
    ),
]
