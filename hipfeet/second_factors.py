"""Passkeys and code apps as we use them: a passkey signs in by itself, a code app is a second step."""

import struct
from collections import Counter
from typing import Any

from allauth.account.stages import LoginStageController
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.views import AddWebAuthnView
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString, mark_safe

from accounts.browsers import browser_in_words
from accounts.events import note
from accounts.models import EventKind, User
from accounts.requests import person_of

SAME_CODE_FOR = 120
"""Seconds in which a code is taken once: longer than the clocks of an app and of the server may differ."""
BROKEN = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError, struct.error)
"""What reading a credential may raise that no browser made."""
Kind = Authenticator.Type


def factors_of(person: User) -> dict[str, int]:
    """How many passkeys a person has, and whether a code app: one query."""
    own = Counter(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return {"passkeys": own[Kind.WEBAUTHN], "code_app": own[Kind.TOTP]}


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """What allauth asks about second factors."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This did not work. Try again, or choose another way.",
        "unverified_email": "Confirm your e-mail address first.",
        "cannot_generate_recovery_codes": "Recovery codes need a code app. Set one up first.",
    }

    def is_mfa_enabled(self, user: User, types: list[Authenticator.Type] | None = None) -> bool:
        """Whether a person has any of these; only a code app asks for a second step, as a passkey is both in one."""
        if types is not None and set(types) == {Kind.TOTP, Kind.WEBAUTHN}:
            types = [Kind.TOTP]
        enabled: bool = super().is_mfa_enabled(user, types)
        return enabled

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as it stands in a page, dark on white in a dark theme too."""
        drawn: str = super().build_totp_svg(url)
        on_white = drawn[drawn.index("<svg") :].replace(
            "<path", '<rect width="100%" height="100%" fill="#fff"/><path', 1
        )
        return mark_safe(on_white)  # noqa: S308  (drawn by qrcode from an address of ours)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002, ARG002  (allauth's signature)
        """What a new passkey is called until it is renamed."""
        return browser_in_words(self.request.META.get("HTTP_USER_AGENT", ""))

    def _get_site_name(self) -> str:
        return "hipfeet"


class _CodeOnce(forms.Form):
    """A code is taken once. Allauth remembers it for half a minute, but takes it for longer where clocks may differ.

    A wrong one stands on the owner's list: whoever comes this far has the password, or the phone.
    """

    user: User

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the forms below
            typed = "".join(filter(str.isalnum, code))  # "123 456" is the same code
            if not cache.add(f"code-once:{self.user.pk}:{typed}", 1, timeout=SAME_CODE_FOR):
                raise MFAAdapter().validation_error("incorrect_code")
        except forms.ValidationError as refused:
            if refused.code == "incorrect_code":  # past the limit nothing is looked at
                note(EventKind.SIGN_IN_FAILED, context.request, self.user)
            raise
        return code


class SecondStepForm(_CodeOnce, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class SecondStepAgainForm(_CodeOnce, ReauthenticateForm):  # type: ignore[misc]
    """The code of the app, as who you are is asked once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code from your app, or a recovery code"


class SetUpCodeAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code from the app"


class _Credential(forms.Form):
    """What a browser says of a passkey; what is made up is refused in words, where allauth would stumble over it."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the forms below
        except BROKEN as problem:
            raise MFAAdapter().validation_error("incorrect_code") from problem


class PasskeySignInForm(_Credential, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey alone."""


class PasskeySecondStepForm(_Credential, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class PasskeyAgainForm(_Credential, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, as who you are is asked once more."""


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A key that signs in by itself, and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"].label = "What shall it be called?"

    def clean(self) -> dict[str, Any]:
        """Only a key that has asked for a finger, face or PIN signs in by itself."""
        self.cleaned_data["passwordless"] = True
        try:
            return dict(super().clean())
        except BROKEN as problem:
            raise MFAAdapter().validation_error("incorrect_code") from problem


@method_decorator(login_not_required, name="dispatch")
class SecondStepView(AuthenticateView):  # type: ignore[misc]
    """The second step; where the code app was turned off meanwhile, signing in begins anew."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Allauth leads such a one to signing in, which leads back here."""
        stage = LoginStageController.enter(request, AuthenticateStage.key)
        if stage and not factors_of(stage.login.user)["code_app"]:
            begun_anew: HttpResponse = stage.abort()
            return begun_anew
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class AddPasskeyView(AddWebAuthnView):  # type: ignore[misc]
    """Adds a passkey; recovery codes are for code apps."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Store it, and lead to the list."""
        response: HttpResponse = super().form_valid(form)
        own = Authenticator.objects.filter(user=person_of(self.request))
        if not own.filter(type=Kind.TOTP).exists():
            own.filter(type=Kind.RECOVERY_CODES).delete()
        return response

    def get_success_url(self) -> str:
        """The list, with the new one in it."""
        return reverse("mfa_list_webauthn")
