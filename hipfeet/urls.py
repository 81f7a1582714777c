"""Every address, by app; the project's own last."""

from django.conf import settings
from django.urls import include, path

from exercises.views.equipment import settings_equipment
from hipfeet import home, sitemap, views, views_account, views_settings
from hipfeet.mail import views as mail
from hipfeet.owndata import views as own_data
from hipfeet.owndata import views_calendar, views_workouts
from hipfeet.second_factors import AddPasskeyView, SecondStepView

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("anatomy.urls")),
    path("", include("assessments.urls")),
    path("", include("exercises.urls")),
    path("accounts/logout/", views_account.sign_out, name="account_logout"),
    path("accounts/password/set/", views_account.set_password, name="account_set_password"),
    path("accounts/sessions/", views_account.DevicesView.as_view(), name="usersessions_list"),
    path("accounts/sessions/<int:pk>/sign-out/", views_account.sign_out_one, name="sign_out_one"),
    path("accounts/email/undo/<str:token>/", views_account.email_undo, name="email_undo"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/authenticate/", SecondStepView.as_view(), name="mfa_authenticate"),
    path("accounts/2fa/webauthn/add/", AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("account/", views_settings.account, name="account"),
    path("settings/", views_settings.settings_page, name="settings"),
    path("settings/you/", views_settings.settings_person, name="settings_person"),
    path("settings/equipment/", settings_equipment, name="settings_equipment"),
    path("settings/events/", views_settings.account_events, name="account_events"),
    path("settings/reminders/", mail.settings_reminders, name="settings_reminders"),
    path("reminders/off/<str:token>/", mail.reminders_off, name="reminders_off"),
    path("settings/calendar/", views_calendar.settings_calendar, name="settings_calendar"),
    path("calendar/<str:token>.ics", views_calendar.calendar, name="calendar"),
    path("settings/export/", own_data.export, name="export"),
    path("settings/import/", own_data.bring, name="import"),
    path("settings/import/workouts/", views_workouts.bring_workouts, name="import_workouts"),
    path(
        "settings/import/workouts/table.csv",
        views_workouts.workouts_template,
        name="import_workouts_template",
    ),
    path("settings/clinician/", own_data.clinician, name="clinician"),
    path("settings/erase/", own_data.erase, name="erase"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("search/", views.search, name="search"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path(".well-known/security.txt", sitemap.security, name="security"),
]

if settings.ADMIN_PATH:
    from hipfeet.operators import operators

    urlpatterns.append(path(f"{settings.ADMIN_PATH}/", operators.urls))

handler400 = "hipfeet.views.bad_request"
handler403 = "hipfeet.views.permission_denied"
handler404 = "hipfeet.views.not_found"
handler429 = "hipfeet.views.too_many"  # allauth's limits
handler500 = "hipfeet.views.server_error"
