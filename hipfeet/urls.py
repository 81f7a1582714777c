"""Every address, by app; the project's own last."""

from django.urls import include, path

from hipfeet import sitemap, views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("anatomy.urls")),
    path("", include("assessments.urls")),
    path("", include("exercises.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("account/", views.account, name="account"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("search/", views.search, name="search"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
]

handler400 = "hipfeet.views.bad_request"
handler403 = "hipfeet.views.permission_denied"
handler404 = "hipfeet.views.not_found"
handler500 = "hipfeet.views.server_error"
