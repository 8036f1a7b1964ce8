"""What an action raised becomes a page: back to the thing, with a sentence."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.errors import Conflict, StepNotOpen


class OutcomesMiddleware:
    """Turn StepNotOpen and Conflict into a redirect to the thing as it is now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what actions raise; leave the rest to Django."""
        if isinstance(exception, StepNotOpen):
            text = _("This has changed since you opened the page. Nothing you sent was saved.")
        elif isinstance(exception, Conflict):
            text = exception.message
        else:
            return None
        messages.warning(request, text)
        return redirect(exception.subject)  # type: ignore[call-overload,no-any-return] # it has a page
