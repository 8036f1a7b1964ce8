"""The two questions of signing in: an address, and the code sent to it."""

import re
from collections.abc import Callable
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.govuk import OneTimeCodeInput
from people.codes import AwaitedCode

CODE_LENGTH = 6


class SignInForm(forms.Form):
    """The address that proves where somebody works."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("Work email address"),
        help_text=_("We will send a code to this address. You do not need a password."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your work email address"),
            "invalid": _("Enter an email address in the correct format, like name@example.gov.uk"),
        },
    )

    def clean_email(self) -> str:
        """Give the address in lower case: it is one account however it is typed."""
        return str(self.cleaned_data["email"]).lower()


class CodeForm(forms.Form):
    """The code from the e-mail."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("6-digit code"),
        max_length=40,
        widget=OneTimeCodeInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Enter the 6-digit code"),
            "max_length": _("Code must be 6 numbers"),
        },
    )

    def __init__(self, data: object, *, awaited: AwaitedCode) -> None:
        """Keep what the code is compared with."""
        super().__init__(data)  # type: ignore[arg-type] # a QueryDict or nothing
        self.awaited = awaited

    @property
    def is_wrong(self) -> bool:
        """Tell whether a well-formed code was not the right one: a try that counts."""
        return self.has_error("code", "wrong")

    def clean_code(self) -> str:
        """Check the shape first, then the age, then the code itself."""
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not (code.isascii() and code.isdigit() and len(code) == CODE_LENGTH):
            raise ValidationError(_("Code must be 6 numbers"), "shape")
        if self.awaited.is_expired:
            raise ValidationError(_("Code has expired – request a new one"), "expired")
        if not self.awaited.is_right(code):
            raise ValidationError(_("Code is not correct – check the latest email"), "wrong")
        return code


def _second_factor_code(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=OneTimeCodeInput(),
        max_length=40,
        error_messages={"required": _("Enter the code")},
    )


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """The code from the app, or a recovery code, at sign-in."""

    use_required_attribute = False
    code = _second_factor_code(_("Code from your app, or a recovery code"))


class SecondFactorAgainForm(ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """The same, before something that matters is changed."""

    use_required_attribute = False
    code = _second_factor_code(_("Code from your app, or a recovery code"))


class AppForm(ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    """The first code of an app that was just set up."""

    use_required_attribute = False
    code = _second_factor_code(_("6-digit code from your app"))


class _Passkey:
    """Answers what no browser would send with an error instead of a failure."""

    def _checked(self, check: Callable[[], Any]) -> Any:
        try:
            return check()
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ValidationError(_("The passkey did not work. Try again.")) from error


class _CredentialField(forms.JSONField):
    """What a passkey said; lists within lists without end are as broken as any other."""

    def to_python(self, value: Any) -> Any:
        """Read the JSON."""
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class PasskeyForm(_Passkey, AddWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """A new passkey."""

    use_required_attribute = False
    credential = _CredentialField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it again, for example: work laptop."),
        max_length=100,
        required=False,
    )

    def clean(self) -> Any:
        """Check what the browser made."""
        return self._checked(super().clean)


class UsePasskeyForm(_Passkey, AuthenticateWebAuthnForm):  # type: ignore[misc] # as above
    """A passkey at sign-in."""

    credential = _CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        """Check what the browser signed."""
        return self._checked(super().clean_credential)


class UsePasskeyAgainForm(_Passkey, ReauthenticateWebAuthnForm):  # type: ignore[misc] # as above
    """A passkey before something that matters is changed."""

    credential = _CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        """Check what the browser signed."""
        return self._checked(super().clean_credential)
