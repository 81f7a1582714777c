"""Addresses of the check and of the safety questions. None holds an answer."""

from django.urls import include, path

from assessments import views, views_again

urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/stop/", views.check_stop, name="check_stop"),
    path("check/answers/", views.check_answers, name="check_answers"),
    path("check/result/", views.check_result, name="check_result"),
    path("check/advice/", views.check_advice, name="check_advice"),
    path("check/delete/", views.check_delete, name="check_delete"),
    path("check/right-now/", views.check_right_now, name="check_right_now"),
    path(
        "check/right-now/explained/",
        views.check_right_now,
        {"explained": True},
        name="check_right_now_explained",
    ),
    path("check/again/", views_again.again, name="check_again"),
    path("check/again/stop/", views_again.again_stop, name="check_again_stop"),
    path("check/again/right-now/", views_again.again_right_now, name="check_again_right_now"),
    path(
        "check/again/right-now/explained/",
        views_again.again_right_now,
        {"explained": True},
        name="check_again_right_now_explained",
    ),
    path("check/again/<int:number>/", views_again.again_step, name="check_again_step"),
    path("check/<slug:step>/", views.check_step, name="check_step"),
    path("checks/", views.checks, name="checks"),
    path("", include("assessments.urls_counts")),
    path("checks/compare/", views.check_compare, name="check_compare"),
    path("checks/<uuid:pk>/", views.check_detail, name="check_detail"),
    path("checks/<uuid:pk>/delete/", views.check_remove, name="check_remove"),
    path("safety/", views.safety, name="safety"),
    path("safety/seen/", views.safety_seen, name="safety_seen"),
    path("safety/seen/saved/", views.safety_seen_saved, name="safety_seen_saved"),
    path("safety/<slug:name>/", views.safety_list, name="safety_list"),
    path(
        "safety/<slug:name>/explained/", views.safety_list, {"explained": True}, name="safety_list_explained"
    ),
    path("safety/<slug:name>/advice/", views.safety_advice, name="safety_advice"),
]
