"""Setting up a second factor: what was just proved is not asked for again at once."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import add_webauthn
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase


def set_up_app(request: HttpRequest) -> HttpResponse:
    """Set up an app that makes codes."""
    return _proved(request, activate_totp(request))


def set_up_passkey(request: HttpRequest) -> HttpResponse:
    """Set up a passkey."""
    return _proved(request, add_webauthn(request))


def _proved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Note that the person has just used their new factor, so the recovery codes come next."""
    if request.method == "POST" and isinstance(response, HttpResponseRedirectBase):
        record_authentication(request, request.user, method="mfa", reauthenticated=True)
    return response
