"""The gate that people with rights pass only with a second factor."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from core.middleware import Middleware
from people.permissions import needs_second_factor

OPEN = frozenset(
    {
        "second-factor-required",
        "sign-out",
        "health",
        "health-deep",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


class SecondFactorMiddleware(Middleware):
    """Leads people with rights to setting up a second factor before anything else."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let a request through, or lead to the page that explains."""
        if settings.REQUIRE_SECOND_FACTOR and self._is_stopped(request):
            return redirect("second-factor-required")
        return self.get_response(request)

    def _is_stopped(self, request: HttpRequest) -> bool:
        if not request.user.is_authenticated:
            return False
        try:
            name = resolve(request.path_info).url_name
        except Resolver404:
            return False
        return name not in OPEN and needs_second_factor(request.user)
