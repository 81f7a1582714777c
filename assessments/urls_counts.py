"""Addresses of the countable checks. None holds an answer."""

from django.urls import path

from assessments.views import counts

urlpatterns = [
    path("checks/counts/", counts.counts, name="counts"),
    path("checks/counts/right-now/", counts.count_right_now, name="count_right_now"),
    path(
        "checks/counts/right-now/explained/",
        counts.count_right_now,
        {"explained": True},
        name="count_right_now_explained",
    ),
    path("checks/counts/<slug:name>/", counts.count_do, name="count_do"),
    path("checks/counts/<slug:name>/count/", counts.count_sides, name="count_sides"),
    path("checks/counts/<slug:name>/stop/", counts.count_stop, name="count_stop"),
    path("checks/counts/<slug:name>/result/", counts.count_result, name="count_result"),
]
