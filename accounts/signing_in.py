"""Allauth's forms in our words, so that a password manager knows what each field is."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from accounts.passwords import HELP

EMAIL = "E-mail address"
LABELS = {"email": EMAIL, "login": EMAIL, "oldpassword": "The password you have now"}
NEW_PASSWORDS = {"password1": "Password", "password2": "The same password once more"}


class _InOurWords(forms.Form):
    """Labels, and one sentence about a new password."""

    new_password = "New password"  # noqa: S105  (a label)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in {**LABELS, **NEW_PASSWORDS, "password1": self.new_password}.items():
            if name in self.fields:
                self.fields[name].label = label
        if "password1" in self.fields:
            self.fields["password1"].help_text = HELP


class SignInForm(_InOurWords, allauth_forms.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignUpForm(_InOurWords, allauth_forms.SignupForm):  # type: ignore[misc]
    """A new account."""

    new_password = "Password"  # noqa: S105

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new person, or else the answer. The second of two taps finds the account made and its code on the way."""
        try:
            made: tuple[User | None, HttpResponse | None] = super().try_save(request)
        except IntegrityError:
            return None, redirect("account_email_verification_sent")
        return made


class ChangePasswordForm(_InOurWords, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """Another password, by who has one."""

    def clean_oldpassword(self) -> str:
        """A wrong one counts as at signing in: who holds a phone that is signed in could guess it here for ever."""
        typed: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed


class SetPasswordForm(_InOurWords, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """A password, by who has none."""


class AskForNewPasswordForm(_InOurWords, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Where the code for a new password goes."""


class NewPasswordForm(_InOurWords, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, after the code."""


class AskForCodeForm(_InOurWords, allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]
    """Where the code that signs in goes."""


class AddEmailForm(_InOurWords, allauth_forms.AddEmailForm):  # type: ignore[misc]
    """Another e-mail address."""


class CorrectEmailForm(_InOurWords, allauth_forms.ChangeEmailForm):  # type: ignore[misc]
    """Another address, while the first one of a new account waits for its code."""
