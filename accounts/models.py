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
        indexes = [
            models.Index("date_joined", condition=Q(last_login=None), name="accounts_never_signed_in_to")
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
        verbose_name, verbose_name_plural = "limit", "limits"
        indexes = [models.Index("ends_at", name="counted_by_end")]

    def __str__(self) -> str:
        return f"{self.number} until {self.ends_at}"


class EventKind(models.TextChoices):
    """What can happen with an account, in the words of its owner's list."""

    SIGNED_UP = "signed_up", "The account was made"
    SIGN_UP_TRIED = "sign_up_tried", "Somebody tried to make an account with this e-mail address"
    SIGNED_IN = "signed_in", "Signed in"
    SIGN_IN_FAILED = "sign_in_failed", "Somebody tried to sign in and was not let in"
    LOCKED = "locked", "Too many wrong passwords: none is taken for a quarter of an hour"
    MAIL_SENT = "mail_sent", "We sent an e-mail about the account"
    CODE_SENT = "code_sent", "We sent a code by e-mail"
    CODE_REFUSED = "code_refused", "A wrong code was typed"
    EMAIL_CHANGED = "email_changed", "The e-mail address was changed"
    EMAIL_UNDONE = "email_undone", "The change of the e-mail address was undone, and everybody was signed out"
    PASSKEY_ADDED = "passkey_added", "A passkey was added"
    PASSKEY_REMOVED = "passkey_removed", "A passkey was removed"
    FACTOR_ADDED = "factor_added", "A code app was added"
    FACTOR_REMOVED = "factor_removed", "The code app was removed"
    RECOVERY_CODES = "recovery_codes", "New recovery codes were made"
    SIGNED_OUT_ELSEWHERE = "signed_out_elsewhere", "Other devices were signed out"
    PASSWORD_CHANGED = "password_changed", "The password was changed"
    PASSWORD_RESET = "password_reset", "A new password was set after a code by e-mail"
    EXPORTED = "exported", "The data was taken along"
    IMPORTED = "imported", "Data was brought in"
    HEALTH_ERASED = "health_erased", "What was told about body and training was erased"
    ERASED = "erased", "The account was erased"
    CALENDAR_ADDRESS = "calendar_address", "A calendar address was made"
    CALENDAR_OFF = "calendar_off", "The calendar address was turned off"
    REFUSED = "refused", "A page was refused"
    OPERATED = "operated", "An operator opened or changed something in the admin"


class AccountEvent(models.Model):
    """Something that happened with an account, for its owner to read. No answer, e-mail address or token.

    person   whose account; None where nobody has the address that was tried: such a row is written all the same, so
             that a try takes as long whether there is an account or not, and is deleted within a day
    network  the address it came from, cut to its network (/24, /48)
    """

    person = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, db_index=False, related_name="account_events"
    )
    kind = models.CharField(max_length=24, choices=EventKind.choices)
    network = models.CharField(max_length=49, blank=True)
    happened_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-happened_at"], name="events_of_a_person"),
            models.Index(fields=["happened_at"], name="events_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, person {self.person_id}"
