"""The pages for when something went wrong; each can be drawn with nothing but itself."""

import logging
import sys
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string

from core.errors import constraint_of

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = "30"
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
# the server ended a connection that sat in a transaction: no operational error for psycopg
ENDED = psycopg.errors.IdleInTransactionSessionTimeout


def error_page(
    status: int,
    request: HttpRequest | None = None,
    *,
    template: str | None = None,
    **context: Any,
) -> HttpResponse:
    """Draw the page of a status; without a request it needs neither session nor database."""
    page = render_to_string(template or f"{status}.html", context, request=request)
    response = HttpResponse(page, status=status)
    patch_cache_control(response, no_store=True)
    return response


def bad_request(
    request: HttpRequest,
    exception: Exception | None = None,
) -> HttpResponse:
    """Say that the request could not be read: 400."""
    return error_page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say who can see the page and how to ask: 403."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return error_page(403, request, reason=reason)


def page_not_found(
    request: HttpRequest,
    exception: Exception | None = None,
) -> HttpResponse:
    """Say that nothing is at this address, or nothing for this person: 404."""
    return error_page(404, request)


def gone(request: HttpRequest, **context: Any) -> HttpResponse:
    """Say that something is no longer available, with what is like it: 410."""
    return error_page(410, request, **context)


def too_many_requests(request: HttpRequest, *, minutes: int = 5) -> HttpResponse:
    """Say when to try again: 429."""
    response = error_page(429, request, minutes=minutes)
    response["Retry-After"] = str(minutes * 60)
    return response


def unavailable() -> HttpResponse:
    """Say that the service is away for a moment: 503."""
    response = error_page(503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def server_error(
    request: HttpRequest,
) -> HttpResponse:
    """Say that the service failed: 500, or what a database's error really means."""
    # Errors in a middleware come past here only, and Django hands over no exception.
    raised = sys.exc_info()[1]
    known = database_response(raised) if isinstance(raised, Exception) else None
    return known or error_page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the session has ended and lead back to the page: 403."""
    logger.info("csrf_failure", extra={"reason": reason})
    return error_page(403, template="csrf.html", path=request.path)


def _sentence_about(error: IntegrityError) -> str:
    """Say what the constraint that refused a write means to whoever ran into it."""
    return str(import_string(settings.CONSTRAINT_SENTENCES).get(constraint_of(error), ""))


def database_response(exception: Exception) -> HttpResponse | None:
    """Return the page that a database's error stands for, or nothing for other errors."""
    if isinstance(exception, (*AWAY, ENDED)) or isinstance(exception.__cause__, ENDED):
        logger.error("database_away", exc_info=exception)
        return unavailable()
    if isinstance(exception, IntegrityError):
        logger.error("database_conflict", exc_info=exception)
        return error_page(409, reason=_sentence_about(exception))
    if isinstance(exception, DataError):
        logger.warning("database_refused_value", exc_info=exception)
        return error_page(400)
    return None
