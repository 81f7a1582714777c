"""Addresses of the public pages about exercises."""

from django.urls import path

from exercises import views_reference as views

urlpatterns = [
    path("exercises/", views.exercises, name="exercises"),
    path("exercises/<slug:slug>/", views.exercise, name="exercise"),
    path("exercises/<slug:slug>/<slug:step>/", views.exercise_step, name="exercise_step"),
    path("how-progress-works/", views.how_progress_works, name="how_progress_works"),
]
