"""Addresses of the public pages about exercises."""

from django.urls import path

from exercises.views import reference

urlpatterns = [
    path("exercises/", reference.exercises, name="exercises"),
    path("exercises/<slug:slug>/", reference.exercise, name="exercise"),
    path("exercises/<slug:slug>/<slug:step>/", reference.exercise_step, name="exercise_step"),
    path("how-progress-works/", reference.how_progress_works, name="how_progress_works"),
]
