"""Guards at the door: text that no page can hold, a database that is away, what may be kept."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from core.views import errors

NextStep = Callable[[HttpRequest], HttpResponseBase]
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


class Middleware:
    """What every guard here has in common: the rest of the chain."""

    def __init__(self, get_response: NextStep) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)


class TextHygieneMiddleware(Middleware):
    """Answers 400 to a request with NUL or half a surrogate pair in its address or form."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let only text through that PostgreSQL can hold."""
        if any(UNSTORABLE.search(text) for text in _texts(request)):
            return errors.bad_request(request)
        return self.get_response(request)


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path_info
    query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
    # Django would replace half a pair silently; decoded this way it shows itself.
    with suppress(UnicodeDecodeError):
        yield query.decode("utf-8", "surrogatepass")
    sent = [request.GET]
    if request.method == "POST" and request.content_type in FORM_TYPES:
        sent.append(request.POST)
        for _key, files in request.FILES.lists():
            yield from (upload.name or "" for upload in files)
    for values in sent:
        for key, items in values.lists():
            yield key
            yield from (str(item) for item in items)


class DatabaseErrorsMiddleware(Middleware):
    """Says honestly what a refusal by the database means, instead of a general failure."""

    def process_exception(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django passes it
        exception: Exception,
    ) -> HttpResponseBase | None:
        """Answer 503, 409 or 400 for a database's error; leave the rest to Django."""
        return errors.database_response(exception)


class NoStoreMiddleware(Middleware):
    """Keeps the pages of a signed-in person out of every cache, also after they sign out."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the page as not to be stored when a session is, or has just been, open."""
        response = self.get_response(request)
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            patch_cache_control(response, no_store=True, private=True)
        return response


class SecurityHeadersMiddleware(Middleware):
    """Adds the headers that neither Django nor django-csp gives."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Switch off what no page needs."""
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
