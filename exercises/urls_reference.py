"""Addresses of the public pages about exercises."""

from django.urls import path

from exercises.views import reference as views

urlpatterns = [
    path("exercises/", views.exercises, name="exercises"),
    path("exercises/<slug:slug>/", views.exercise, name="exercise"),
    path("how-progress-works/", views.how_progress_works, name="how_progress_works"),
]
