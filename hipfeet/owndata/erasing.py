"""Erasing what is stored of a person: all of it, or what they told about their body and their training."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import transaction

from accounts.models import User
from hipfeet.mail.models import OutboxMail

ABOUT_THE_BODY = ("exercises", "assessments")
"""Apps all of whose rows about a person go with the health data; the higher first, as it points to the lower."""


@transaction.atomic
def erase_person(*, person: User) -> None:
    """Erase the account and everything of it, the sessions on all devices and e-mails that wait among them."""
    confirmed_or_not = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    earlier = person.email_changes.values_list("old_address", flat=True)
    addresses = [person.email, *confirmed_or_not, *earlier]
    OutboxMail.objects.filter(address__in=addresses).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    person.delete()


@transaction.atomic
def erase_health_data(*, person: User) -> None:
    """Erase checks, safety answers, counts, plans, workouts and equipment. The account stays as it is."""
    for app in ABOUT_THE_BODY:
        for model in apps.get_app_config(app).get_models():
            if any(field.name == "person" for field in model._meta.fields):
                model._default_manager.filter(person=person).delete()
