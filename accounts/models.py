"""The person who uses hipfeet."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.clock import is_zone, now


def validate_time_zone(name: str) -> None:
    """Refuse what is not the name of a time zone."""
    if not is_zone(name):
        raise ValidationError("This is not a time zone we know, such as Europe/London.")


class WeightUnit(models.TextChoices):
    """The unit in which a person reads weights; rows store grams."""

    KILOGRAMS = "kg", "Kilograms (kg)"
    POUNDS = "lb", "Pounds (lb)"


class WeekStart(models.IntegerChoices):
    """The first day of a person's week, Monday being 0."""

    MONDAY = 0, "Monday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class UserManager(BaseUserManager["User"]):
    """Makes people; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new person with this address. Without a password nobody can sign in as them.

        Raises ValueError without an address.
        """
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with every permission, for `manage.py createsuperuser`."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this address, however it is written."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by their e-mail address."""

    email = models.EmailField(
        "e-mail address",
        unique=True,
        error_messages={"unique": "There is already an account with this e-mail address."},
    )
    name = models.CharField("name to be called by", max_length=80, blank=True)
    # Every local date of this person is taken in this zone; first guessed from the browser, then theirs to change.
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    weight_unit = models.CharField(max_length=2, choices=WeightUnit.choices, default=WeightUnit.KILOGRAMS)
    week_start = models.PositiveSmallIntegerField(choices=WeekStart.choices, default=WeekStart.MONDAY)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            # unique=True alone lets Ann@example.org and ann@example.org be two people.
            models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case"),
            models.CheckConstraint(condition=Q(weight_unit__in=["kg", "lb"]), name="weight_unit_is_known"),
            models.CheckConstraint(condition=Q(week_start__in=[0, 5, 6]), name="week_start_is_known"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


UNDONE_WITHIN = timedelta(days=7)
"""How long the old address can undo a change of the e-mail address."""


class EmailChange(models.Model):
    """That a person's e-mail address was another one until then; the old one can undo it for seven days.

    token_hash  of the address in the e-mail to the old address at which it is undone
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="email_changes")
    old_address = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index("changed_at", name="email_changes_by_day")]

    def __str__(self) -> str:
        return f"change of person {self.person_id}"


class CountedTries(models.Model):
    """How often something was tried, or a note that ends by itself; `accounts/limits.py` reads and writes it.

    key     keyed hash of what is counted and of whom: no address and no e-mail address stands here
    number  tries since this count began
    note    of the cache that allauth keeps its limits in
    """

    key = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True, default="")
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("ends_at", name="counted_by_end")]

    def __str__(self) -> str:
        return f"{self.number} until {self.ends_at}"
