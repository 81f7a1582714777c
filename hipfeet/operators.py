"""Django's admin for who runs the server, at an address from the environment: accounts, mail delivery, limits.

Off where `ADMIN_PATH` is empty. It opens only to an operator (`is_staff`) who signed in with a second factor or a passkey in
this session. It knows no model that holds answers, and every page of it that is asked for is a line in the log.
"""

from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import RedirectView

from accounts.clock import now
from accounts.events import note
from accounts.models import CountedTries, EventKind, User
from hipfeet.mail.models import MailState, OutboxMail


def is_operator(request: HttpRequest) -> bool:
    """Whether an operator signed in with more than a password or a code by e-mail."""
    person = request.user
    if not isinstance(person, User) or not (person.is_active and person.is_staff):
        return False
    return any(record["method"] == "mfa" for record in get_authentication_records(request, person))


class OperatorsSite(admin.AdminSite):
    """The admin; signing in and out, and passwords, are the site's own pages."""

    site_header = site_title = "hipfeet, operators"
    index_title = "No answers of people are shown here. What you open is logged."
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """See `is_operator`."""
        return is_operator(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002  (Django's signature)
        """Write down each page that is asked for, by whom, and the number of the row."""

        @wraps(view)
        def written_down(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if is_operator(request):
                note(EventKind.OPERATED, request, request.user)  # type: ignore[arg-type]  # it asked
            return view(request, *args, **kwargs)

        return super().admin_view(written_down, cacheable)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """No form of its own: a visitor signs in as everywhere; anybody else has no business here."""
        if isinstance(request.user, User):
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())

    def get_urls(self) -> list[Any]:
        """Signing out, and a new password, are the site's own pages; none tells whether some row of some table is there."""
        elsewhere = {"logout": "account_logout", "password_change": "account_change_password"}
        own = [
            path(f"{name}/", RedirectView.as_view(pattern_name=page), name=name)
            for name, page in elsewhere.items()
        ]
        return [*own, *(one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site")]


class _Rows(admin.ModelAdmin):  # type: ignore[type-arg]  # it is generic in its stubs only
    """Rows that an operator may read; nothing is made or deleted here unless a subclass says so."""

    actions: Any = None
    show_full_result_count = False  # counting everybody takes long, and helps nobody

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:  # noqa: ARG002
        """All fields but those that may be changed."""
        return tuple(name for name in self.fields or () if name not in self.may_change)  # type: ignore[misc]

    may_change: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:  # noqa: ARG002
        """By the filters of the page only: `?text__contains=` would read an e-mail, and its code, letter by letter."""
        return lookup.partition("__")[0] in self.list_filter

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever is let in sees everything there is."""
        return is_operator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """As above."""
        return is_operator(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Where there is something to change."""
        return is_operator(request) and bool(self.may_change or self.actions)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """No: people erase what is theirs."""
        return False


class AccountsAdmin(_Rows):
    """Find an account by its address, and close it or open it again."""

    list_display = ("pk", "email", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email",)  # `get_search_results` says how
    search_help_text = "The whole e-mail address, or the number"
    fields = ("email", "date_joined", "last_login", "is_staff", "is_active")
    may_change = ("is_active",)
    ordering = ("-pk",)

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: QuerySet[User],
        search_term: str,
    ) -> tuple[QuerySet[User], bool]:
        """Whoever has this number or this address, found by an index: addresses are stored in lower case."""
        asked = search_term.strip().lower()
        if not asked:
            return queryset, False
        return queryset.filter(pk=int(asked)) if asked.isdecimal() else queryset.filter(email=asked), False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        """Store whether it is open; one that is closed is signed out everywhere."""
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            for session in UserSession.objects.filter(user=obj):
                session.end()


class MailsAdmin(_Rows):
    """What becomes of e-mails; never what they say, as that may be a code."""

    list_display = ("written_at", "state", "tries", "next_try_at", "address")
    list_filter = ("state",)
    fields = ("address", "state", "tries", "written_at", "next_try_at", "send_by")
    ordering = ("-written_at",)
    actions = ("try_now",)

    @admin.action(description="Try those that wait again now")
    def try_now(self, request: HttpRequest, mails: QuerySet[OutboxMail]) -> None:  # noqa: ARG002
        """Let a worker send what waits without waiting longer."""
        mails.filter(state=MailState.WAITING).update(next_try_at=now())


class LimitsAdmin(_Rows):
    """What is counted, under keyed hashes; deleting a row lifts its limit."""

    list_display = ("key", "number", "ends_at")
    fields = ("key", "number", "ends_at")
    ordering = ("-number",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nobody loses anything but a limit."""
        return is_operator(request)

    actions = ("delete_selected",)


operators = OperatorsSite(name="admin")
operators.register(User, AccountsAdmin)
operators.register(OutboxMail, MailsAdmin)
operators.register(CountedTries, LimitsAdmin)
