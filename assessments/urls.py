"""Addresses of the check and of the safety questions. None holds an answer."""

from django.urls import include, path

from assessments.views import again, check, past, result, safety
from assessments.views.whose import check_whose

urlpatterns = [
    path("check/", check.check, name="check"),
    path("check/stop/", check.check_stop, name="check_stop"),
    path("check/answers/", check.check_answers, name="check_answers"),
    path("check/result/", result.check_result, name="check_result"),
    path("check/correct/", check.check_correct, name="check_correct"),
    path("check/advice/", check.check_advice, name="check_advice"),
    path("check/delete/", check.check_delete, name="check_delete"),
    path("check/whose/", check_whose, name="check_whose"),
    path("check/right-now/", check.check_right_now, name="check_right_now"),
    path(
        "check/right-now/explained/",
        check.check_right_now,
        {"explained": True},
        name="check_right_now_explained",
    ),
    path("check/again/", again.again, name="check_again"),
    path("check/again/stop/", again.again_stop, name="check_again_stop"),
    path("check/again/right-now/", again.again_right_now, name="check_again_right_now"),
    path(
        "check/again/right-now/explained/",
        again.again_right_now,
        {"explained": True},
        name="check_again_right_now_explained",
    ),
    path("check/again/<int:number>/", again.again_step, name="check_again_step"),
    path("check/<slug:step>/", check.check_step, name="check_step"),
    path("checks/", past.checks, name="checks"),
    path("", include("assessments.urls_counts")),
    path("checks/compare/", past.check_compare, name="check_compare"),
    path("checks/<uuid:pk>/", past.check_detail, name="check_detail"),
    path("checks/<uuid:pk>/delete/", past.check_remove, name="check_remove"),
    path("safety/", safety.safety, name="safety"),
    path("safety/seen/", safety.safety_seen, name="safety_seen"),
    path("safety/seen/saved/", safety.safety_seen_saved, name="safety_seen_saved"),
    path("safety/<slug:name>/", safety.safety_list, name="safety_list"),
    path(
        "safety/<slug:name>/explained/", safety.safety_list, {"explained": True}, name="safety_list_explained"
    ),
    path("safety/<slug:name>/advice/", safety.safety_advice, name="safety_advice"),
]
