"""What every page knows about the service itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

# Fixed addresses, not names: an error page must come out even when the URLs do not load.
DEFAULTS: dict[str, str] = {
    "SERVICE_NAME": "STEM Futures",
    "SERVICE_BRANDING": "generic",
    "SERVICE_PHASE": "Beta",
    "SERVICE_THEME_COLOUR": "#0b4144",
    "CONTACT_EMAIL": "help@stemfutures.example",
    "CONTACT_HOURS": "Monday to Friday, 9am to 5pm, except bank holidays",
    "CONTACT_PHONE": "",
    "FEEDBACK_URL": "/contact",
    "HELP_URL": "/how-it-works",
    "SIGN_IN_URL": "/sign-in",
    "SIGN_OUT_URL": "/sign-out",
    "HOME_URL": "/",
    "ACCOUNT_URL": "/account",
}


class Service:
    """The service's own facts, read from the settings each time they are shown."""

    def __getattr__(self, name: str) -> str:
        key = next(
            (key for key in (name.upper(), f"SERVICE_{name.upper()}") if key in DEFAULTS), None
        )
        if key is None:
            raise AttributeError(name)
        return str(getattr(settings, key, DEFAULTS[key]))


SERVICE = Service()


def service(request: HttpRequest) -> dict[str, Any]:
    """Give each page the service, its own address and whether it is to be printed."""
    return {
        "service": SERVICE,
        "current_path": request.path,
        "print_view": request.GET.get("print") == "1",
    }
