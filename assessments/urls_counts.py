"""Addresses of the countable checks. None holds an answer."""

from django.urls import path

from assessments import views_counts

urlpatterns = [
    path("checks/counts/", views_counts.counts, name="counts"),
    path("checks/counts/right-now/", views_counts.count_right_now, name="count_right_now"),
    path(
        "checks/counts/right-now/explained/",
        views_counts.count_right_now,
        {"explained": True},
        name="count_right_now_explained",
    ),
    path("checks/counts/<slug:name>/", views_counts.count_do, name="count_do"),
    path("checks/counts/<slug:name>/count/", views_counts.count_sides, name="count_sides"),
    path("checks/counts/<slug:name>/stop/", views_counts.count_stop, name="count_stop"),
    path("checks/counts/<slug:name>/result/", views_counts.count_result, name="count_result"),
]
